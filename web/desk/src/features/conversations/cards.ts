// What a card must have before it is sent, and how it is spoken of. Pure.
// Must stay true: not stricter than the server, which has the last word.

import type { Card } from "@sapa/protocol";

export const CARD_LIMITS = { url: 2_000, title: 120, text: 500, price: 40 } as const;

export type CardFault = "url" | "title";

/** What was typed as an address: `https://` is what people leave out. */
export function addressOf(typed: string): string {
  const text = typed.trim();
  return text === "" || /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
}

export function faultsOf({ url, title }: Pick<Card, "url" | "title">): CardFault[] {
  const faults: CardFault[] = [];
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const web = parsed?.protocol === "https:" || parsed?.protocol === "http:";
  if (!web || parsed.username !== "" || /\s/.test(url)) faults.push("url");
  if (title.trim() === "") faults.push("title");
  return faults;
}
