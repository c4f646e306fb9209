// The whole frame: header, connection strip, thread, composer; drop target for files.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Chat, ChatState } from "../chat";
import { t } from "../i18n";
import { Composer, type ComposerHandle } from "./Composer";
import { Header } from "./Header";
import { Icon } from "./Icon";
import { Thread } from "./Thread";

interface Props {
  chat: Chat;
  state: ChatState;
  close: (() => void) | null;
}

export function App({ chat, state, close }: Props) {
  const composer = useRef<ComposerHandle>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [dropping, setDropping] = useState(false);

  useEffect(() => {
    if (!state.opened) return;
    // On a phone the keyboard would cover the conversation before it was read.
    if (matchMedia("(pointer: coarse)").matches) heading.current?.focus();
    else composer.current?.focus();
  }, [state.opened]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) close?.();
    };
    const onDrag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setDropping(event.type === "dragover");
      if (event.type === "drop") composer.current?.attach([...event.dataTransfer.files]);
    };
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setDropping(false);
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener("keydown", onKey, { signal });
    addEventListener("dragover", onDrag, { signal });
    addEventListener("drop", onDrag, { signal });
    addEventListener("dragleave", onLeave, { signal });
    return () => ending.abort();
  }, [close]);

  return (
    <main class={state.rows.length === 0 ? "chat new" : "chat"} aria-label={t("conversation")}>
      <Header chat={chat} state={state} close={close} heading={heading} />
      <Strip state={state} />
      <Thread chat={chat} state={state} />
      <Composer handle={composer} chat={chat} disabled={state.away} />
      {dropping && (
        <div class="drop">
          <Icon name="clip" />
          {t("drop")}
        </div>
      )}
    </main>
  );
}

function Strip({ state: { away, connection } }: { state: ChatState }) {
  const kind = away ? "away" : connection;
  return (
    <div role="status" class={`strip ${kind}`}>
      {kind !== "quiet" && <span>{t(kind)}</span>}
    </div>
  );
}
