// Puts marks around what is selected in a text box, and takes them away again.
// Must stay true: what would stay a letter, because it stands inside a word or before a space, is not put; the words
// stay selected, so that the same key undoes it; the browser's own undo undoes it too.

import type { Mark } from "@sapa/protocol";
import { BEGINS, charAt } from "@sapa/protocol/marks";

export interface Selection {
  text: string;
  from: number;
  to: number;
}

const SIGNS: Partial<Record<Mark, string>> = { bold: "*", italic: "_", strike: "~", code: "`" };
const FENCE = "```";
const BLANK = /\s/;
const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** What begins a line before its words. */
const BEGIN = /^(?:- |[1-9]\d{0,2}\. |> )?/;
const LINES: Partial<Record<Mark, string>> = { list: "- ", quote: "> " };

/** The text with the mark put on what is selected, or taken off it. */
export function marked(before: Selection, mark: Mark): Selection {
  const line = LINES[mark];
  if (line) return begun(before, line);
  const selected = before.text.slice(before.from, before.to);
  if (mark === "code_block" || (mark === "code" && selected.includes("\n"))) return fenced(before);
  return wrapped(before, SIGNS[mark]!);
}

/** As if it was typed: the box tells of it, and the browser can undo it. */
export function putMark(box: HTMLTextAreaElement, mark: Mark): void {
  const { value: text, selectionStart: from, selectionEnd: to } = box;
  const after = marked({ text, from, to }, mark);
  box.focus();
  type(box, text, after.text);
  box.setSelectionRange(after.from, after.to);
}

function type(box: HTMLTextAreaElement, old: string, now: string): void {
  let same = 0;
  while (same < old.length && old[same] === now[same]) same += 1;
  let end = 0;
  const room = Math.min(old.length, now.length) - same;
  while (end < room && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  box.setSelectionRange(same, old.length - end);
  const text = now.slice(same, now.length - end);
  // The only way that keeps the browser's undo.
  const typed = text
    ? document.execCommand("insertText", false, text)
    : document.execCommand("delete");
  if (typed && box.value === now) return;
  box.value = now;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function wrapped(before: Selection, sign: string): Selection {
  const { text } = before;
  const { from, to } = wholeWords(before);
  if (from === to) {
    const inside = text[from - 1] === sign && text[from] === sign;
    return inside
      ? { text: text.slice(0, from - 1) + text.slice(from + 1), from: from - 1, to: from - 1 }
      : {
          text: text.slice(0, from) + sign + sign + text.slice(from),
          from: from + 1,
          to: from + 1,
        };
  }
  if (text[from - 1] === sign && text[to] === sign && !text.slice(from, to).includes("\n")) {
    const bare = text.slice(0, from - 1) + text.slice(from, to) + text.slice(to + 1);
    return { text: bare, from: from - 1, to: to - 1 };
  }
  const lines = text.slice(from, to).split("\n").map(partsOf);
  const has = (words: string) => words.length > 2 && words.startsWith(sign) && words.endsWith(sign);
  const all = lines.every(({ words }) => words === "" || has(words));
  const turned = lines.map(({ begin, words, end }) => {
    if (words === "" || has(words) !== all) return begin + words + end;
    return begin + (all ? words.slice(1, -1) : sign + words + sign) + end;
  });
  return around(before, from, to, turned.join("\n"), lines.length === 1 && !all ? 1 : 0);
}

/** A line without what stands before and behind its words. */
function partsOf(line: string): { begin: string; words: string; end: string } {
  let at = BEGIN.exec(line)![0].length;
  while (at < line.length && !BEGINS.test(charAt(line, at))) at += 1;
  const words = line.slice(at).trimEnd();
  return { begin: line.slice(0, at), words, end: line.slice(at + words.length) };
}

/** With the words that it touches, and without what no mark can stand before or behind. */
function wholeWords({ text, from, to }: Selection): { from: number; to: number } {
  const letter = (at: number) => LETTER.test(text[at] ?? "");
  const caret = from === to;
  while (!caret && from < to && !BEGINS.test(charAt(text, from))) from += 1;
  while (!caret && to > from && BLANK.test(text[to - 1]!)) to -= 1;
  if (!caret && from === to) return { from, to };
  while (letter(from - 1)) from -= 1;
  while (letter(to)) to += 1;
  return { from, to };
}

function fenced(before: Selection): Selection {
  const { from, to } = wholeLines(before);
  const inside = before.text.slice(from, to);
  const bare = /^```\n?([^]*?)\n?```$/.exec(inside)?.[1];
  if (bare !== undefined) return around(before, from, to, bare, 0);
  return around(before, from, to, `${FENCE}\n${inside}\n${FENCE}`, FENCE.length + 1);
}

function begun(before: Selection, begin: string): Selection {
  const { from, to } = wholeLines(before);
  const lines = before.text.slice(from, to).split("\n");
  const all = lines.every((line) => line === "" || line.startsWith(begin));
  const empty = lines.length === 1 && lines[0] === "";
  const turned = lines.map((line) => {
    if (all && !empty) return line.slice(line.startsWith(begin) ? begin.length : 0);
    return (line === "" && !empty) || line.startsWith(begin) ? line : begin + line;
  });
  const after = around(before, from, to, turned.join("\n"), 0);
  // At the end of the line somebody goes on writing.
  return before.from === before.to ? { ...after, from: after.to } : after;
}

function wholeLines({ text, from, to }: Selection): { from: number; to: number } {
  const end = text.indexOf("\n", to);
  return { from: text.lastIndexOf("\n", from - 1) + 1, to: end === -1 ? text.length : end };
}

/** `now` in that place, selected without so much at both ends. */
function around({ text }: Selection, from: number, to: number, now: string, ends: number) {
  const end = from + now.length;
  return { text: text.slice(0, from) + now + text.slice(to), from: from + ends, to: end - ends };
}
