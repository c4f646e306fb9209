// The text of a draft as a document, and back. The text is what is kept, sent and searched; the document is how it looks
// while it is written.
// Must stay true: pure; what was read is written as it was, so that a draft that is only opened stays the same; a sign is
// written only where it is read as a mark again; each place in the document has one in the text.

import type { Mark } from "@sapa/protocol";
import { linked } from "@sapa/protocol/links";
import {
  ALL_MARKS,
  BEGINS,
  charAt,
  FENCE,
  fenced,
  fenceEnd,
  fencesOf,
  inlinesOfLine,
  plainInlines,
  RUNS,
  WORD,
  type Inline,
} from "@sapa/protocol/marks";
import { Fragment, type Mark as Drawn, type Node } from "prosemirror-model";
import { schema, type Kind } from "./schema";

const KNOWN: ReadonlySet<Mark> = new Set(ALL_MARKS);
const SIGNS = { bold: "*", italic: "_", strike: "~", code: "`" } as const;

/** A run of letters: where it stands in the text and in the document, and how long it is. */
export interface Place {
  text: number;
  pos: number;
  size: number;
}

export interface Written {
  text: string;
  places: Place[];
}

export function docOf(text: string): Node {
  return schema.node("doc", null, linesOf(text));
}

/** Each line for itself. */
export function linesOf(text: string): Node[] {
  const lines = text.split("\n");
  const fences = fencesOf(lines);
  const nodes: Node[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const end = line.startsWith(FENCE) ? fenceEnd(lines, fences, at) : null;
    if (end !== null) {
      const inside = fenced(lines.slice(at, end + 1));
      nodes.push(schema.node("code_block", null, inside ? schema.text(inside) : undefined));
      at = end;
      continue;
    }
    const [quote, dash, number] = [RUNS.quote, RUNS.dashes, RUNS.numbers].map((one) =>
      one.exec(line),
    );
    const begin = quote ?? dash ?? number;
    const kind: Kind = quote ? "quote" : dash ? "dash" : number ? "number" : "text";
    const attrs = { kind, number: number ? Number(number[1]) : 1 };
    nodes.push(schema.node("line", attrs, lineOf(line.slice(begin?.[0].length ?? 0))));
  }
  return nodes;
}

/** The words of a line with what their signs mean. */
export function lineOf(line: string): Fragment {
  return Fragment.fromArray(drawn(inlines(line), []));
}

function inlines(line: string): Inline[] {
  return linked(inlinesOfLine(line, KNOWN));
}

function drawn(parts: readonly Inline[], around: readonly Drawn[]): Node[] {
  return parts.flatMap((part): Node[] => {
    if ("parts" in part) return drawn(part.parts, [...around, schema.mark(part.kind)]);
    if (part.text === "") return [];
    if (part.kind === "code") return [schema.text(part.text, [schema.mark("code")])];
    const named = part.kind === "link" && part.href !== part.text && part.href.startsWith("http");
    if (named) return [schema.text(part.text, [schema.mark("link", { href: part.href })])];
    return [schema.text(part.text, around)];
  });
}

export function written(doc: Node): Written {
  let text = "";
  const places: Place[] = [];
  doc.forEach((node, offset, index) => {
    const pos = offset + 1;
    if (index > 0) text += "\n";
    if (node.type === schema.nodes.code_block) {
      if (node.content.size === 0) return void places.push({ text: text.length, pos, size: 0 });
      text += `${FENCE}\n`;
      places.push({ text: text.length, pos, size: node.content.size });
      text += `${node.textContent}\n${FENCE}`;
      return;
    }
    text += beginOf(node);
    const line = lineText(node);
    for (const { from, at, size } of line.runs) {
      places.push({ text: text.length + at, pos: pos + from, size });
    }
    text += line.text;
  });
  return { text, places };
}

/** A line without words is none of a list. */
function beginOf({ attrs, content }: Node): string {
  if (attrs["kind"] === "quote") return content.size > 0 ? "> " : ">";
  if (content.size === 0) return "";
  if (attrs["kind"] === "dash") return "- ";
  return attrs["kind"] === "number" ? `${attrs["number"]}. ` : "";
}

interface Line {
  text: string;
  runs: { from: number; at: number; size: number }[];
}

interface Range {
  from: number;
  to: number;
  open: string;
  close: string;
  link: boolean;
}

/** With the signs that are read as marks again; those that would stay letters are left out. */
export function lineText(node: Node): Line {
  const words = node.textContent;
  const ranges = rangesOf(node, words);
  const links = ranges.filter(({ link }) => link);
  for (const some of [ranges, links]) {
    const line = signed(words, some);
    if (some.length === 0 || plainInlines(inlines(line.text)) === words) return line;
  }
  // Words that no link can have: the address stands behind them.
  return signed(
    words,
    links.map((one) => ({ ...one, open: "", close: ` (${one.close.slice(2, -1)})` })),
  );
}

function rangesOf(node: Node, words: string): Range[] {
  const found = new Map<string, Range>();
  const ranges: Range[] = [];
  node.forEach((part, from) => {
    const to = from + part.nodeSize;
    for (const mark of part.marks) {
      const href = mark.attrs["href"] as string | undefined;
      const key = href ?? mark.type.name;
      const before = found.get(key);
      if (before?.to === from) {
        before.to = to;
        continue;
      }
      const sign = SIGNS[mark.type.name as keyof typeof SIGNS];
      const range = href
        ? { from, to, open: "[", close: `](${href})`, link: true }
        : { from, to, open: sign, close: sign, link: false };
      found.set(key, range);
      ranges.push(range);
    }
  });
  return ranges.map((range) => trimmed(range, words)).filter((range) => stays(range, words));
}

function trimmed(range: Range, words: string): Range {
  const inside = words.slice(range.from, range.to);
  const from = range.from + inside.length - inside.trimStart().length;
  return { ...range, from, to: Math.max(from, range.from + inside.trimEnd().length) };
}

/** Whether it is read as one: a mark begins before a word and ends behind one. */
function stays({ from, to, open, link }: Range, words: string): boolean {
  if (from === to) return false;
  if (link) return true;
  const before = words[from - 1] ?? "";
  const begins = open === SIGNS.code || BEGINS.test(charAt(words, from));
  return begins && !WORD.test(before) && before !== "\\" && !WORD.test(charAt(words, to));
}

function signed(words: string, ranges: readonly Range[]): Line {
  const cuts = [...new Set([0, ...ranges.flatMap(({ from, to }) => [from, to])])];
  cuts.sort((one, other) => one - other);
  const runs: Line["runs"] = [];
  let text = "";
  cuts.forEach((from, index) => {
    const ends = ranges.filter((range) => range.to === from);
    const begins = ranges.filter((range) => range.from === from);
    // What began last ends first.
    ends.sort((one, other) => other.from - one.from || ranges.indexOf(other) - ranges.indexOf(one));
    begins.sort((one, other) => other.to - one.to || ranges.indexOf(one) - ranges.indexOf(other));
    text += ends.map(({ close }) => close).join("") + begins.map(({ open }) => open).join("");
    const to = cuts[index + 1] ?? words.length;
    runs.push({ from, at: text.length, size: to - from });
    text += words.slice(from, to);
  });
  return { text, runs };
}

/** Where in the text a place of the document is. */
export function inText(places: readonly Place[], pos: number): number {
  const place = places.findLast((one) => one.pos <= pos) ?? places[0]!;
  return place.text + Math.max(0, Math.min(pos - place.pos, place.size));
}

/** Where in the document a place of the text is. */
export function inDoc(places: readonly Place[], at: number): number {
  const place = places.findLast((one) => one.text <= at) ?? places[0]!;
  return place.pos + Math.max(0, Math.min(at - place.text, place.size));
}
