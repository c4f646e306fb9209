// What is asked about a visitor's text before anything is drawn.

/** It may hold a mark, an address or a phone number: what draws them comes with the extras. */
export function isMarked(text: string): boolean {
  return /[*_~`+]|:\/\/|^(>|- |\d+\. )/m.test(text);
}

/** Characters as the server counts them: code points, not UTF-16 units. */
export function characters(text: string): number {
  return [...text].length;
}
