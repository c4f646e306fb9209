// The message that another one answers: who wrote it and a line of it. Pressed, it shows the message.
// Must stay true: words from outside are text nodes with their own direction, whatever they contain.

import type { VisitorQuote } from "@sapa/protocol";
import { h } from "preact";
import type { Chat } from "../chat";
import { t } from "../i18n";
import { tn } from "../plural";
import { loadOlder } from "../older";
import { Words } from "./Words";

const FLASH_MS = 1_200;
/** So far back a message is looked for. */
const PAGES = 20;

interface Props {
  chat: Chat;
  quote: VisitorQuote;
}

export function Quote({ chat, quote }: Props) {
  return (
    <button type="button" class="quote" onClick={() => void jump(chat, quote.id)}>
      <b dir="auto">{nameIn(quote)}</b>
      <span dir="auto">{said(chat, quote)}</span>
    </button>
  );
}

export function nameIn({ author }: VisitorQuote): string {
  return author.kind === "visitor" ? t("you") : (author.name ?? t("team"));
}

function said(chat: Chat, { id, text, files }: VisitorQuote) {
  if (text) return <Words text={text} flat />;
  if (files !== 1) return files > 0 ? tn("files", files) : t("removed");
  const file = chat.state.known.entries.find((entry) => entry.id === id)?.files[0];
  if (!file) return tn("files", 1);
  return file.kind === "image" ? t("picture", { name: file.name }) : file.name;
}

async function jump(chat: Chat, id: string): Promise<void> {
  for (let page = 0; page < PAGES && !document.getElementById(id); page += 1) {
    if (!chat.state.has_more || chat.state.older === "loading") break;
    chat.update({ older: "loading" });
    await loadOlder(chat);
    // Drawn in the turn after.
    await new Promise(requestAnimationFrame);
  }
  const message = document.getElementById(id);
  if (!message) return;
  message.scrollIntoView({ block: "center" });
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  message.classList.add("flash");
  setTimeout(() => message.classList.remove("flash"), FLASH_MS);
}
