// The emoji people use most, in one grid. Loaded when first opened.
// Must stay true: arrow keys move, Enter takes, Esc closes; screen readers name emoji themselves.

import { Component, createRef, h } from "preact";
import { t } from "../i18n";

const COLUMNS = 8;
const EMOJI = [
  ..."😀😄😂🤣😊🙂😉😍🥰😘😎🤩🤗🤔😅😇😌😴😢😭😡😱😳🥺",
  ..."👍👎👌🙏👏💪👋🤝🙌🤞👀💯🎉🥳🎁🔥✨⭐💡✅❌❓❗⏰",
  ..."💙💚💛🧡💜🖤🤍💔📦🚚🛒💳💰🧾📷📎📞📧🏠🌍☕🍕🌸🌞",
];
const STEPS: Record<string, number> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: COLUMNS,
  ArrowUp: -COLUMNS,
};

interface Props {
  box: HTMLTextAreaElement;
  change(text: string): void;
  close(): void;
}

export class Emoji extends Component<Props> {
  #grid = createRef<HTMLDivElement>();

  override componentDidMount() {
    (this.#grid.current?.firstElementChild as HTMLElement | null)?.focus();
  }

  #onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      return this.props.close();
    }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.#grid.current!.children] as HTMLElement[];
    buttons[buttons.indexOf(document.activeElement as HTMLElement) + step]?.focus();
  };

  #take(emoji: string) {
    const { box, change } = this.props;
    const { selectionStart, selectionEnd, value } = box;
    change(value.slice(0, selectionStart) + emoji + value.slice(selectionEnd));
    const caret = selectionStart + emoji.length;
    requestAnimationFrame(() => box.setSelectionRange(caret, caret));
  }

  override render() {
    return (
      <div
        class="emoji"
        role="group"
        aria-label={t("emoji")}
        ref={this.#grid}
        onKeyDown={this.#onKeyDown}
      >
        {EMOJI.map((emoji, index) => (
          <button type="button" tabIndex={index === 0 ? 0 : -1} onClick={() => this.#take(emoji)}>
            {emoji}
          </button>
        ))}
      </div>
    );
  }
}
