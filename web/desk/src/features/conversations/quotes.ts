// What is quoted: the short form of a message, and stepping through those that can be answered.
// Must stay true: pure; cut like the server cuts it, so that nothing changes when its own arrives.

import type { Author, Card, Entry, EntryId, Quote } from "@sapa/protocol";

const QUOTE_CHARACTERS = 200;

interface Quotable {
  id: EntryId;
  position: number;
  author: Author;
  text: string | null;
  card: Card | null;
  files: readonly unknown[];
}

export function quoteOf({ id, position, author, text, card, files }: Quotable): Quote {
  const said = text || card?.title;
  const short = said ? [...said].slice(0, QUOTE_CHARACTERS).join("") : null;
  return { id, position, author, text: short, files: files.length };
}

/** From the newest of the customer's messages upwards, and back down to no quote. */
export function stepQuote(
  entries: readonly Entry[],
  from: Quote | null,
  to: "older" | "newer",
): Quote | null {
  const theirs = entries.filter(
    ({ kind, author }) => kind === "message" && author.kind === "contact",
  );
  const at = from ? theirs.findIndex(({ position }) => position >= from.position) : theirs.length;
  const next = theirs[(at === -1 ? theirs.length : at) + (to === "older" ? -1 : 1)];
  if (next) return quoteOf(next);
  return to === "older" ? from : null;
}
