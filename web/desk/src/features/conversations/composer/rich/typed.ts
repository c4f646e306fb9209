// What is typed as a mark becomes one: `- ` at the beginning of a line, `*so*` around words.
// Must stay true: what is drawn while it is written is what is read in the text later; the browser's undo, which is ours
// here, takes it back in one step.

import type { Node } from "prosemirror-model";
import { TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { lineOf, lineText } from "./doc";
import { schema, type Kind } from "./schema";

const SIGNS = new Set(["*", "_", "~", "`", ")"]);

/** Null when it is letters and nothing else. */
export function typed(
  state: EditorState,
  from: number,
  to: number,
  text: string,
): Transaction | null {
  const place = state.doc.resolve(from);
  if (place.parent.type !== schema.nodes.line || state.doc.resolve(to).parent !== place.parent) {
    return null;
  }
  const before = place.parent.textContent.slice(0, place.parentOffset);
  if (text === " ") return begun(state, before, place.parent, place.start());
  if (!SIGNS.has(text)) return null;
  const tr = state.tr.insertText(text, from, to);
  const line = tr.doc.resolve(from).parent;
  const read = lineOf(lineText(line).text);
  const size = read.size;
  // Nothing was a sign.
  if (size >= line.content.size) return null;
  const start = place.start();
  tr.replaceWith(start, start + line.content.size, read);
  const caret = Math.max(start, from + text.length - (line.content.size - size));
  tr.setSelection(TextSelection.create(tr.doc, Math.min(caret, start + size)));
  return tr.setStoredMarks([]);
}

function begun(state: EditorState, before: string, line: Node, start: number): Transaction | null {
  const number = /^([1-9]\d{0,2})\.$/.exec(before)?.[1];
  const kind: Kind | null =
    before === "-" || before === "*" ? "dash" : before === ">" ? "quote" : number ? "number" : null;
  if (!kind || line.attrs["kind"] !== "text") return null;
  const tr = state.tr.delete(start, start + before.length);
  return tr.setNodeMarkup(start - 1, null, { kind, number: Number(number ?? 1) });
}
