// The keys for marks where somebody writes. What they do to the text is loaded with the first box (marking.ts).

import type { Mark } from "@sapa/protocol";

/** With Ctrl or ⌘; in capitals with Shift too. */
const KEYS: Readonly<Record<string, Mark>> = { b: "bold", i: "italic", X: "strike", e: "code" };

export const MARK_KEYS: Partial<Record<Mark, string>> = {
  bold: "mod+b",
  italic: "mod+i",
  strike: "mod+Shift+x",
  code: "mod+e",
};

type Marking = typeof import("./marking");

/** Once it is here, a mark is put at once: the next key may send. */
let here: Marking | null = null;

function marking(): Promise<Marking> {
  return import("./marking").then((parts) => (here = parts));
}

/** So that it is here when it is wanted, also without a network by then. */
export function prepareMarks(): void {
  if (!here) marking().catch(() => undefined);
}

/** True when the keys were for a mark that is known here. */
export function pressMark(
  event: KeyboardEvent,
  box: HTMLTextAreaElement,
  known: readonly Mark[],
): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const mark = KEYS[event.shiftKey ? event.key.toUpperCase() : event.key];
  if (!mark || !known.includes(mark)) return false;
  event.preventDefault();
  putMark(box, mark);
  return true;
}

export function putMark(box: HTMLTextAreaElement, mark: Mark): void {
  if (here) here.putMark(box, mark);
  else void marking().then((parts) => parts.putMark(box, mark));
}
