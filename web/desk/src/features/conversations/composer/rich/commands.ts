// What keys and buttons do while a mail is written.
// Must stay true: a mark is put on whole words, since on parts of them it does not travel; each command says by its
// return whether it was for it, so that the next one is asked.

import type { MarkType } from "prosemirror-model";
import { TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { FENCE, WORD } from "@sapa/protocol/marks";
import { schema, type Kind } from "./schema";

export type Style = "bold" | "italic" | "strike" | "code";
/** What is on at the caret, or on all that is selected. */
export type Active = Style | Kind | "code_block" | "link";

const STYLES: readonly Style[] = ["bold", "italic", "strike", "code"];

/** The words that are selected, or in which the caret stands; at the end of one it goes on without them. */
export function words({ doc, selection }: EditorState): { from: number; to: number } {
  let { from, to } = selection;
  const letter = (at: number): boolean => {
    const place = doc.resolve(at);
    const text = place.parent.textContent;
    return place.parent.isTextblock && WORD.test(text[place.parentOffset] ?? "");
  };
  const inside = (at: number) => at > doc.resolve(at).start() && letter(at - 1);
  if (selection.empty && !(inside(from) && letter(from))) return { from, to };
  while (inside(from)) from -= 1;
  while (to < doc.resolve(to).end() && letter(to)) to += 1;
  return { from, to };
}

export function toggle(style: Style): Command {
  const type = schema.marks[style]!;
  return (state, dispatch) => {
    if (state.selection.$from.parent.type !== schema.nodes.line) return false;
    const { from, to } = words(state);
    if (from === to) {
      const has = type.isInSet(state.storedMarks ?? state.selection.$from.marks());
      dispatch?.(has ? state.tr.removeStoredMark(type) : state.tr.addStoredMark(type.create()));
      return true;
    }
    const { tr } = state;
    if (hasAll(state, from, to, type)) tr.removeMark(from, to, type);
    else tr.addMark(from, to, type.create());
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

function hasAll({ doc }: EditorState, from: number, to: number, type: MarkType): boolean {
  let [all, some] = [true, false];
  doc.nodesBetween(from, to, (node) => {
    if (!node.isText || node.textContent.trim() === "") return;
    some = true;
    all &&= type.isInSet(node.marks) !== undefined;
  });
  return all && some;
}

/** Of all selected lines; the same again makes plain ones of them. */
export function begin(kind: Kind): Command {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    const { tr } = state;
    const lines: number[] = [];
    let all = true;
    state.doc.nodesBetween(from, to, (node, pos) => {
      if (node.type === schema.nodes.line) {
        lines.push(pos);
        all &&= node.attrs["kind"] === kind;
      } else if (node.type === schema.nodes.code_block) all = false;
      return false;
    });
    if (lines.length === 0) return false;
    lines.forEach((pos, index) => {
      tr.setNodeMarkup(pos, null, { kind: all ? "text" : kind, number: index + 1 });
    });
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** The selected lines as one block, or a block as lines. */
export const toggleCodeBlock: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const [start, end] = [$from.before(1), $to.after(1)];
  const text = state.doc.textBetween(start, end, "\n");
  const { tr } = state;
  if ($from.parent.type === schema.nodes.code_block) {
    const lines = text.split("\n").map((one) => schema.node("line", null, letters(one)));
    tr.replaceWith(start, end, lines);
  } else tr.replaceWith(start, end, schema.node("code_block", null, letters(text)));
  const last = Math.min(start + 1 + text.length, tr.doc.content.size - 1);
  tr.setSelection(TextSelection.near(tr.doc.resolve(last)));
  dispatch?.(tr.scrollIntoView());
  return true;
};

function letters(text: string) {
  return text ? schema.text(text) : undefined;
}

/** A new line goes on as the one before it; in an empty one the list, the quote or the code ends. */
export const enter: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  const { tr } = state;
  if (parent.type === schema.nodes.code_block) {
    const text = parent.textContent;
    const leaves = empty && $from.parentOffset === text.length && text.endsWith("\n");
    if (leaves) {
      tr.delete($from.pos - 1, $from.pos);
      const after = tr.mapping.map($from.after());
      tr.insert(after, schema.node("line"));
      tr.setSelection(TextSelection.create(tr.doc, after + 1));
    } else tr.insertText("\n");
  } else if (empty && parent.textContent === FENCE && parent.attrs["kind"] === "text") {
    tr.replaceWith($from.before(), $from.after(), schema.node("code_block"));
    tr.setSelection(TextSelection.create(tr.doc, $from.before() + 1));
  } else if (empty && parent.content.size === 0 && parent.attrs["kind"] !== "text") {
    tr.setNodeMarkup($from.before(), null, {});
  } else {
    tr.deleteSelection();
    const { pos } = tr.selection.$from;
    const { attrs } = tr.selection.$from.parent;
    const type = schema.nodes.line;
    tr.split(pos, 1, [{ type, attrs: { ...attrs, number: Number(attrs["number"]) + 1 } }]);
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** At the beginning of a line of a list it becomes a plain one. */
export const backspace: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const { parent } = $from;
  if (!empty || $from.parentOffset > 0) return false;
  const plain = parent.type === schema.nodes.line && parent.attrs["kind"] === "text";
  if (plain) return false;
  if (parent.type === schema.nodes.code_block) return toggleCodeBlock(state, dispatch);
  dispatch?.(state.tr.setNodeMarkup($from.before(), null, {}));
  return true;
};

/** Null takes it away; without selected words the given ones, or the address itself, are put there. */
export function link(href: string | null, typed: string): Command {
  return (state, dispatch) => {
    const { from, to } = linkedWords(state);
    const { tr } = state;
    const type = schema.marks.link!;
    if (href === null) tr.removeMark(from, to, type);
    else if (from < to) tr.addMark(from, to, type.create({ href }));
    else {
      const said = typed.trim() || href;
      tr.replaceWith(from, to, schema.text(said, said === href ? [] : [type.create({ href })]));
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** The words of the link in which the caret stands; otherwise what is selected, in one line. */
export function linkedWords(state: EditorState): { from: number; to: number; href: string | null } {
  const { $from, $to, from, to, empty } = state.selection;
  const type = schema.marks.link!;
  const mark =
    type.isInSet($from.marks()) ?? ($from.nodeAfter && type.isInSet($from.nodeAfter.marks));
  if (mark) {
    let [begins, ends] = [from, from];
    $from.parent.forEach((node, offset) => {
      const start = $from.start() + offset;
      if (mark.isInSet(node.marks) && start <= from && from <= start + node.nodeSize)
        [begins, ends] = [start, start + node.nodeSize];
    });
    return { from: begins, to: ends, href: String(mark.attrs["href"]) };
  }
  if (empty || $from.parent !== $to.parent) return { from: to, to, href: null };
  return { from, to, href: null };
}

export function activeIn(state: EditorState): ReadonlySet<Active> {
  const { $from, from, to, empty } = state.selection;
  const active = new Set<Active>();
  const at = state.storedMarks ?? $from.marks();
  for (const style of STYLES) {
    const type = schema.marks[style]!;
    if (empty ? type.isInSet(at) : hasAll(state, from, to, type)) active.add(style);
  }
  if (linkedWords(state).href !== null) active.add("link");
  const { parent } = $from;
  if (parent.type === schema.nodes.code_block) active.add("code_block");
  else active.add(parent.attrs["kind"] as Kind);
  return active;
}

/** Numbers follow each other, whatever came between them or went. */
export function renumbered(state: EditorState): Transaction | null {
  const { tr } = state;
  let before = 0;
  state.doc.forEach((node, pos) => {
    const numbered = node.attrs["kind"] === "number";
    const number = Number(node.attrs["number"]);
    if (numbered && before > 0 && number !== before + 1) {
      tr.setNodeMarkup(pos, null, { ...node.attrs, number: before + 1 });
    }
    before = !numbered ? 0 : before > 0 ? before + 1 : number;
  });
  return tr.docChanged ? tr : null;
}
