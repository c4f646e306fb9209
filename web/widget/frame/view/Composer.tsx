// Where the visitor writes: text, emoji, files by button, paste or drop.
// Must stay true: nothing typed is lost (the draft is kept at once); what the server would refuse is said
// before sending and stays in the box.

import type { RefObject } from "preact";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { refuse } from "../files";
import { loadProblems, problemText, t, tn } from "../i18n";
import type { OutgoingFile } from "../outbox";
import { characters } from "../text";
import { Icon } from "./Icon";
import { Lazy } from "./Lazy";

const COUNT_FROM = 400;
const DRAFT = "draft";

const loadEmoji = () => import("./Emoji").then((loaded) => loaded.Emoji);
const loadTray = () => import("./Tray").then((loaded) => loaded.Tray);

export interface ComposerHandle {
  focus(): void;
  attach(files: File[]): void;
}

interface Props {
  chat: Chat;
  disabled: boolean;
  handle: RefObject<ComposerHandle | null>;
}

export function Composer({ chat, disabled, handle }: Props) {
  const [text, setText] = useState(() => chat.storage.get<string>(DRAFT) ?? "");
  const [files, setFiles] = useState<OutgoingFile[]>([]);
  const [problem, setProblem] = useState("");
  const [emoji, setEmoji] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  const left = chat.limits.message_characters - characters(text);
  const sendable = !disabled && left >= 0 && (text.trim() !== "" || files.length > 0);

  const write = (value: string) => {
    setText(value);
    setProblem("");
    chat.storage.set(DRAFT, value);
    chat.keystroke(value === "");
  };

  const attach = (added: File[]) => {
    if (disabled || added.length === 0) return;
    const refusal = refuse(added, files.length, chat.limits);
    if (refusal) return void loadProblems().then(() => setProblem(problemText(refusal)));
    setProblem("");
    setFiles([
      ...files,
      ...added.map((file) => ({ name: file.name, content: file, stored: null })),
    ]);
    box.current?.focus();
  };

  const send = () => {
    if (!sendable) return;
    void chat.send(text.trim(), files);
    write("");
    setFiles([]);
    setEmoji(false);
    box.current?.focus();
  };

  const insert = (emoji: string) => {
    const { selectionStart, selectionEnd } = box.current!;
    write(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    requestAnimationFrame(() => {
      const caret = selectionStart + emoji.length;
      box.current?.setSelectionRange(caret, caret);
    });
  };

  useImperativeHandle(handle, () => ({ focus: () => box.current?.focus(), attach }));

  useLayoutEffect(() => {
    // Grows with its text; `field-sizing` is too young for the browsers that visitors bring.
    const { style, scrollHeight } = box.current!;
    style.height = "auto";
    style.height = `${box.current!.scrollHeight || scrollHeight}px`;
  }, [text]);

  useEffect(() => () => chat.keystroke(true), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    attach(pasted);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {emoji && (
        <Lazy
          load={loadEmoji}
          props={{
            take: insert,
            close: () => {
              setEmoji(false);
              box.current?.focus();
            },
          }}
        />
      )}
      {files.length > 0 && (
        <Lazy
          load={loadTray}
          props={{ files, remove: (file) => setFiles(files.filter((other) => other !== file)) }}
        />
      )}
      <p class="hint" role="alert">
        {problem}
      </p>
      <div class="field">
        <button
          type="button"
          class="round"
          aria-label={t("attach")}
          title={t("attach")}
          disabled={disabled}
          onClick={() => picker.current?.click()}
        >
          <Icon name="clip" />
        </button>
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          value={text}
          disabled={disabled}
          aria-label={t("message")}
          aria-invalid={left < 0}
          placeholder={t("write")}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button
          type="button"
          class="round"
          aria-label={t("emoji")}
          title={t("emoji")}
          aria-expanded={emoji}
          disabled={disabled}
          onClick={() => setEmoji(!emoji)}
        >
          <Icon name="smile" />
        </button>
        <button
          type="submit"
          class="send"
          aria-label={t("send")}
          title={t("send")}
          disabled={!sendable}
        >
          <Icon name="send" />
        </button>
      </div>
      {left <= COUNT_FROM && (
        <p class={left < 0 ? "count over" : "count"} role="status">
          {left < 0 ? tn("over", -left) : tn("left", left)}
        </p>
      )}
      <input
        type="file"
        multiple
        hidden
        ref={picker}
        onChange={({ currentTarget }) => {
          attach([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
    </form>
  );
}
