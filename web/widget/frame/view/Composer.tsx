// Where the visitor writes: text, emoji, files by button, paste or drop.
// Must stay true: nothing typed is lost (the draft is kept at once); what the server would refuse is said
// before sending and stays in the box.

import { Component, createRef, h } from "preact";
import { DRAFT, type Chat } from "../chat";
import { extras } from "../extras";
import { t } from "../i18n";
import type { OutgoingFile } from "../outbox";
import { characters } from "../text";
import { Icon } from "./Icon";
import { Later } from "./Later";
import { Tool } from "./Tool";

const COUNT_FROM = 400;

interface Props {
  chat: Chat;
  disabled: boolean;
  /** Preact 11 hands `ref` on as a property. */
  mounted(composer: Composer): void;
}

interface State {
  text: string;
  files: OutgoingFile[];
  problem: string;
  emoji: boolean;
}

export class Composer extends Component<Props, State> {
  override state: State = {
    text: (!this.props.chat.state.held && this.props.chat.storage.get<string>(DRAFT)) || "",
    files: [],
    problem: "",
    emoji: false,
  };
  #box = createRef<HTMLTextAreaElement>();
  #picker = createRef<HTMLInputElement>();
  #choosing: Promise<void> | undefined;

  override componentDidMount() {
    this.props.mounted(this);
    this.#fit();
  }

  override componentDidUpdate(_: Props, before: State) {
    if (before.text !== this.state.text) this.#fit();
  }

  focus() {
    this.#box.current?.focus();
  }

  attach(added: File[]): void {
    // Without a network nothing is chosen, and the words go on their way.
    this.#choosing = this.#choose(added).catch(() => {});
  }

  async #choose(added: File[]) {
    if (this.props.disabled) return;
    const { chooseAloud } = await extras();
    const { limits } = this.props.chat;
    const { files, problem } = await chooseAloud(added, this.state.files.length, limits);
    this.setState({ files: [...this.state.files, ...files], problem });
    this.focus();
  }

  /** Characters that still fit. */
  #left(): number {
    return (this.props.chat.limits?.message_characters ?? Infinity) - characters(this.state.text);
  }

  #sendable(): boolean {
    const { text, files } = this.state;
    return !this.props.disabled && this.#left() >= 0 && (text.trim() !== "" || files.length > 0);
  }

  #write = (text: string) => {
    const { chat } = this.props;
    this.setState({ text, problem: "" });
    chat.storage.set(DRAFT, text);
    chat.keystroke(text === "");
  };

  async #send() {
    // What was chosen belongs to it, even if it is not shown yet.
    await this.#choosing;
    if (!this.#sendable()) return;
    void this.props.chat.send(this.state.text.trim(), this.state.files);
    this.#write("");
    this.setState({ files: [], emoji: false });
    this.focus();
  }

  #closeEmoji = () => {
    this.setState({ emoji: false });
    this.focus();
  };

  /** Grows with its text; `field-sizing` is too young for the browsers that visitors bring. */
  #fit() {
    const box = this.#box.current!;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }

  #onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void this.#send();
  };

  #onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData!.files];
    if (pasted.length === 0) return;
    event.preventDefault();
    this.attach(pasted);
  };

  #onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void this.#send();
  };

  override render({ chat, disabled }: Props, { text, files, problem, emoji }: State) {
    const left = this.#left();
    const { quote } = chat.state;
    return (
      <form class="composer" onSubmit={this.#onSubmit}>
        {emoji && (
          <Later
            part={({ Emoji }) => Emoji}
            props={{ box: this.#box.current!, change: this.#write, close: this.#closeEmoji }}
          />
        )}
        {quote && !disabled && <Later part={({ Chosen }) => Chosen} props={{ chat, quote }} />}
        {files.length > 0 && (
          <Later
            part={({ Tray }) => Tray}
            props={{
              files,
              remove: (file: OutgoingFile) =>
                this.setState({ files: files.filter((other) => other !== file) }),
            }}
          />
        )}
        <p class="hint" role="alert">
          {problem}
        </p>
        <div class="field">
          <Tool
            icon="clip"
            label={t("attach")}
            disabled={disabled}
            act={() => this.#picker.current?.click()}
          />
          <textarea
            ref={this.#box}
            rows={1}
            dir="auto"
            value={text}
            disabled={disabled}
            aria-label={t("message")}
            aria-invalid={left < 0}
            placeholder={t("write")}
            onInput={(event) => this.#write(event.currentTarget.value)}
            onKeyDown={this.#onKeyDown}
            onPaste={this.#onPaste}
          />
          <Tool
            icon="smile"
            label={t("emoji")}
            disabled={disabled}
            act={() => this.setState({ emoji: !emoji })}
            aria-expanded={emoji}
          />
          <button
            type="submit"
            class="send"
            aria-label={t("send")}
            title={t("send")}
            disabled={!this.#sendable()}
          >
            <Icon name="send" />
          </button>
        </div>
        {left <= COUNT_FROM && <Later part={({ Count }) => Count} props={{ left }} />}
        <input
          type="file"
          multiple
          hidden
          ref={this.#picker}
          onChange={({ currentTarget }) => {
            this.attach([...currentTarget.files!]);
            currentTarget.value = "";
          }}
        />
      </form>
    );
  }
}
