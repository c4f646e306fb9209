// What a message looks like in the answer to it.
// Must stay true: the same that the server keeps of it.

import type { VisitorQuote } from "@sapa/protocol";
import type { Chat } from "./chat";
import type { BubbleRow } from "./timeline";

const QUOTE_CHARACTERS = 200;

export function quoteOf({ key, own, name, text, card, files }: BubbleRow): VisitorQuote {
  const words = text ?? card?.title;
  return {
    id: key,
    author: own ? { kind: "visitor", name: null } : { kind: "agent", name },
    text: words ? [...words].slice(0, QUOTE_CHARACTERS).join("") : null,
    files: files.length,
  };
}

/** As far as it is loaded. */
export function bubbleOf(chat: Chat, id: string): BubbleRow | undefined {
  return chat.state.rows.find((row): row is BubbleRow => row.row === "bubble" && row.key === id);
}
