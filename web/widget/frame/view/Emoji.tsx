// The emoji people use most, in one grid. Loaded when first opened.
// Must stay true: arrow keys move, Enter takes, Esc closes; screen readers name emoji themselves.

import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n";

const COLUMNS = 8;
const EMOJI = [
  ..."😀😄😂🤣😊🙂😉😍🥰😘😎🤩🤗🤔😅😇😌😴😢😭😡😱😳🥺",
  ..."👍👎👌🙏👏💪👋🤝🙌🤞👀💯🎉🥳🎁🔥✨⭐💡✅❌❓❗⏰",
  ..."💙💚💛🧡💜🖤🤍💔📦🚚🛒💳💰🧾📷📎📞📧🏠🌍☕🍕🌸🌞",
];

interface Props {
  take(emoji: string): void;
  close(): void;
}

export function Emoji({ take, close }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => (grid.current?.firstElementChild as HTMLElement | null)?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      return close();
    }
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...grid.current!.children] as HTMLElement[];
    buttons[buttons.indexOf(document.activeElement as HTMLElement) + step]?.focus();
  };

  return (
    <div class="emoji" role="group" aria-label={t("emoji")} ref={grid} onKeyDown={onKeyDown}>
      {EMOJI.map((emoji, index) => (
        <button type="button" tabIndex={index === 0 ? 0 : -1} onClick={() => take(emoji)}>
          {emoji}
        </button>
      ))}
    </div>
  );
}
