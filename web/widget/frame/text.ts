// Plain text as a visitor's message needs it: links found, characters counted the server's way.
// Must stay true: the result is strings for text nodes; nothing here makes markup.

const LINK = /https?:\/\/[^\s<>"]+/gi;
/** Punctuation that ends a sentence, not an address. */
const TRAILING = /[.,;:!?)\]}'"]+$/;

export interface Piece {
  text: string;
  href: string | null;
}

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, "");
    if (!URL.canParse(address)) continue;
    if (match.index > end) found.push({ text: text.slice(end, match.index), href: null });
    found.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) found.push({ text: text.slice(end), href: null });
  return found;
}

/** Characters as the server counts them: code points, not UTF-16 units. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
