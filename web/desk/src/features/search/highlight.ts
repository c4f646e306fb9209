// Marks words in what is drawn, without touching it: the browser's highlights lie over the text nodes.
// Must stay true: case and accents are ignored, as the server ignores them; one letter stays one letter.
// Absent: browsers without highlights show none; the message itself is still shown.

import type { Mark, Snippet } from "@sapa/protocol";
import { plainOf } from "@sapa/protocol/links";

const NAME = "found";

/** Without the marks of the text, and with what was found where it stands then. */
export function plainSnippet({ text, ranges }: Snippet, marks: readonly Mark[]): Snippet {
  const plain = plainOf(text, marks);
  if (plain === text) return { text, ranges };
  // How much of the plain text stands before each place: all but marks is kept, in its order.
  const before: number[] = [];
  let kept = 0;
  for (let at = 0; at < text.length; at++) {
    before.push(kept);
    if (text[at] === plain[kept]) kept += 1;
  }
  const placed = (at: number) => before[at] ?? plain.length;
  return { text: plain, ranges: ranges.map((range) => range.map(placed)) };
}

/** The words of a query without its filters. */
export function wordsOf(query: string): string[] {
  const plain = query.replace(/\b(from|in|before|after|has):\S*/gu, " ");
  return fold(plain).match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function fold(text: string): string {
  let folded = "";
  for (const letter of text.split("")) {
    const plain = letter.normalize("NFD")[0]!.toLowerCase();
    folded += plain.length === 1 ? plain : letter;
  }
  return folded;
}

export function placesIn(text: string, words: readonly string[]): { from: number; to: number }[] {
  const folded = fold(text);
  return words.flatMap((word) => {
    const places: { from: number; to: number }[] = [];
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length)) {
      places.push({ from: at, to: at + word.length });
    }
    return places;
  });
}

export function highlight(root: HTMLElement | null, words: readonly string[]): void {
  if (!("highlights" in CSS)) return;
  const ranges: Range[] = [];
  for (const text of root && words.length > 0 ? root.querySelectorAll("article .text") : []) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { from, to } of placesIn(node.nodeValue ?? "", words)) {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        ranges.push(range);
      }
    }
  }
  if (ranges.length > 0) CSS.highlights.set(NAME, new Highlight(...ranges));
  else CSS.highlights.delete(NAME);
}
