// Finds web addresses in a text, so that they can be drawn as links.
// Must stay true: the parts joined give exactly the text; only http and https; text stays text.
// Absent: every other formatting.

export type Part = { text: string; href: string | null };

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;
/** Ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}»”’]+$/;

export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(TRAILING, "");
    if (!URL.canParse(address)) continue;
    if (found.index > end) parts.push({ text: text.slice(end, found.index), href: null });
    parts.push({ text: address, href: address });
    end = found.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}
