// Marks in a text, as messengers know them: *bold*, _italic_, ~struck~, `code`, blocks between ```, lines that begin
// with "- ", "1. " or "> ". Beside them web addresses and phone numbers are found.
// Must stay true: pure, and linear in the length of the text, whatever it holds; all characters but the marks are kept,
// in their order; what is not closed, or stands inside a word, stays as it was written; inside code nothing is found;
// each mark stands at most once inside another, so that nothing is nested deeper than MARKS_DEEP.
// Absent: markup. What is drawn are text nodes.

import type { Mark } from "./api";

export type Inline =
  | { kind: "text"; text: string }
  /** A web address, or a phone number. */
  | { kind: "link"; text: string; href: string }
  | { kind: "code"; text: string }
  | { kind: Pair; parts: readonly Inline[] };

export type Block =
  | { kind: "text"; parts: readonly Inline[] }
  | { kind: "quote"; parts: readonly Inline[] }
  | { kind: "code_block"; text: string }
  | { kind: "list"; items: readonly ListItem[] };

export interface ListItem {
  /** As it was written; null: a dash. */
  number: number | null;
  parts: readonly Inline[];
}

type Pair = "bold" | "italic" | "strike";

/** Levels of marks: one of each pair, and code or a link inside. */
export const MARKS_DEEP = 4;

export const ALL_MARKS: readonly Mark[] = [
  "bold",
  "italic",
  "strike",
  "code",
  "code_block",
  "list",
  "quote",
];

const PAIRS: Readonly<Record<string, Pair>> = { "*": "bold", _: "italic", "~": "strike" };
export const FENCE = "```";
/** A longer run of backticks is no code. */
const TICKS_MAX = FENCE.length;

/** An address, a phone number with its country, backticks, or a mark. None can begin inside what another one ate. */
const TOKEN = /(?<![a-z\d])https?:\/\/[^\s<>"']+|\+\d(?:[ ().-]{0,2}\d){7,14}(?!\d)|`+|[*_~]/gi;
/** Ends a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}»”’]/;
/** Of scripts that part words by spaces: inside such a word a mark is a letter like the others. */
export const WORD =
  /(?![\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{M}\p{N}]/u;
/** What words begin with. A face like ^_^ or *_* has none of it. */
export const BEGINS = /[\p{L}\p{M}\p{N}\p{Sc}\p{Ps}\p{Pi}\p{Extended_Pictographic}*_~`"'#@+&/¿¡]/u;
const BLANK = /\s/;
/** Lines that belong together. */
export const RUNS = {
  quote: /^>(?: |$)/,
  dashes: /^- (?=\S)/,
  numbers: /^([1-9]\d{0,2})\. (?=\S)/,
} as const;

/** What the text is made of; of `known` marks only. */
export function blocksOf(text: string, known: readonly Mark[] = ALL_MARKS): Block[] {
  const has = new Set<Mark>(known);
  const lines = text.split("\n");
  const fences = has.has("code_block") ? fencesOf(lines) : null;
  const blocks: Block[] = [];
  let plain: string[] = [];

  function putPlain(): void {
    if (plain.length > 0) blocks.push({ kind: "text", parts: inlinesOf(plain, has) });
    plain = [];
  }
  function put(block: Block): void {
    // Blocks keep their distance by themselves.
    while (plain.at(-1)?.trim() === "") plain.pop();
    putPlain();
    blocks.push(block);
  }

  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    const end = fences && line.startsWith(FENCE) ? fenceEnd(lines, fences, at) : null;
    const quoted = has.has("quote") ? runOf(lines, at, RUNS.quote) : [];
    const dashes = has.has("list") ? runOf(lines, at, RUNS.dashes) : [];
    const numbers = has.has("list") ? runOf(lines, at, RUNS.numbers) : [];
    if (end !== null) put({ kind: "code_block", text: fenced(lines.slice(at, end + 1)) });
    else if (quoted.length > 0) put({ kind: "quote", parts: inlinesOf(quoted.map(rest), has) });
    else if (dashes.length > 0) put(listOf(dashes, has));
    else if (numbers.length > 0) put(listOf(numbers, has));
    else if (plain.length > 0 || blocks.length === 0 || line.trim() !== "") plain.push(line);
    at = end !== null ? end + 1 : at + (quoted.length || dashes.length || numbers.length || 1);
  }
  putPlain();
  return blocks;
}

/** The lines from `at` on that begin so. */
function runOf(lines: readonly string[], at: number, begin: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (; at < lines.length; at++) {
    const line = begin.exec(lines[at]!);
    if (!line) break;
    found.push(line);
  }
  return found;
}

function rest({ 0: begin, input }: RegExpExecArray): string {
  return input.slice(begin.length);
}

function listOf(lines: readonly RegExpExecArray[], has: ReadonlySet<Mark>): Block {
  const items = lines.map((line) => ({
    number: line[1] === undefined ? null : Number(line[1]),
    parts: inlinesOf([rest(line)], has),
  }));
  return { kind: "list", items };
}

/** The words without the marks around them; lists and quotes keep the beginnings of their lines. */
export function plainOf(text: string, known: readonly Mark[] = ALL_MARKS): string {
  return blocksOf(text, known).map(plainBlock).join("\n");
}

/** Where they stand in one line. */
export function inlineOf(blocks: readonly Block[]): Inline[] {
  return blocks.flatMap((block, at): Inline[] => {
    const parts: readonly Inline[] =
      block.kind === "list"
        ? block.items.flatMap((item, index): Inline[] => [
            { kind: "text", text: `${index > 0 ? "\n" : ""}${beginOf(item)}` },
            ...item.parts,
          ])
        : block.kind === "code_block"
          ? [{ kind: "code", text: block.text }]
          : block.parts;
    return at === 0 ? [...parts] : [{ kind: "text", text: "\n" }, ...parts];
  });
}

export function plainBlock(block: Block): string {
  switch (block.kind) {
    case "text":
      return plainInlines(block.parts);
    case "quote":
      return plainInlines(block.parts).replace(/^/gm, "> ");
    case "code_block":
      return block.text;
    case "list":
      return block.items.map((item) => beginOf(item) + plainInlines(item.parts)).join("\n");
  }
}

function beginOf({ number }: ListItem): string {
  return number === null ? "- " : `${number}. `;
}

export function plainInlines(parts: readonly Inline[]): string {
  return parts.map((one) => ("parts" in one ? plainInlines(one.parts) : one.text)).join("");
}

/** For each line, the first one from there on that ends with a fence; those of one line are looked at where they begin. */
export function fencesOf(lines: readonly string[]): (number | null)[] {
  const next: (number | null)[] = new Array<number | null>(lines.length + 1).fill(null);
  for (let at = lines.length - 1; at >= 0; at--) {
    next[at] = lines[at]!.trimEnd().endsWith(FENCE) ? at : next[at + 1]!;
  }
  return next;
}

/** The line in which the block that begins here ends; null: it does not, or there is nothing in it. */
export function fenceEnd(
  lines: readonly string[],
  fences: readonly (number | null)[],
  at: number,
): number | null {
  const line = lines[at]!.trimEnd();
  if (line.endsWith(FENCE) && line.length > 2 * FENCE.length) return at;
  const end = fences[at + 1] ?? null;
  if (end === null) return null;
  return fenced(lines.slice(at, end + 1)).trim() === "" ? null : end;
}

/** What stands between the fences, without the breaks beside them. */
export function fenced(lines: readonly string[]): string {
  const inside = lines.join("\n").trimEnd().slice(FENCE.length, -FENCE.length);
  return inside.replace(/^\n/, "").replace(/\n$/, "");
}

/** A mark that is open, or at the bottom the line itself. */
interface Level {
  sign: string;
  parts: Inline[];
  /** There is something in it besides marks and space. */
  said: boolean;
}

function inlinesOf(lines: readonly string[], has: ReadonlySet<Mark>): Inline[] {
  const parts: Inline[] = [];
  lines.forEach((line, index) => {
    if (index > 0) push(parts, { kind: "text", text: "\n" });
    for (const part of inlinesOfLine(line, has)) push(parts, part);
  });
  return parts;
}

/** No mark goes on in the next line. */
export function inlinesOfLine(line: string, has: ReadonlySet<Mark>): Inline[] {
  const levels: Level[] = [{ sign: "", parts: [], said: false }];
  /** How many backticks are never closed from here on. */
  const unclosed = new Set<number>();
  let from = 0;

  const put = (part: Inline): void => {
    const level = levels.at(-1)!;
    level.said ||= part.kind !== "text" || /[^*_~`\s]/.test(part.text);
    push(level.parts, part);
  };
  const takeTo = (to: number): void => {
    if (to > from) put({ kind: "text", text: line.slice(from, to) });
    from = to;
  };
  /** The innermost mark is none: it was never closed. */
  const giveUp = (): void => {
    const { sign, parts, said } = levels.pop()!;
    const around = levels.at(-1)!;
    push(around.parts, { kind: "text", text: sign });
    for (const part of parts) push(around.parts, part);
    around.said ||= said;
  };
  const isOpen = (sign: string): boolean => levels.some((level) => level.sign === sign);

  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(line); found; found = TOKEN.exec(line)) {
    const at = found.index;
    let [sign] = found;
    const [before, after] = [line[at - 1] ?? "", charAt(line, at + sign.length)];
    const pair = PAIRS[sign];
    if (pair) {
      const open = levels.findLastIndex((level) => level.sign === sign);
      if (open > 0 && !BLANK.test(before) && !WORD.test(after)) {
        takeTo(at);
        if (!levels.slice(open).some(({ said }) => said)) continue;
        while (levels.length - 1 > open) giveUp();
        const { parts } = levels.pop()!;
        put({ kind: pair, parts });
        from = at + 1;
      } else if (open < 0 && has.has(pair) && after !== sign && begins(before, after)) {
        takeTo(at);
        levels.push({ sign, parts: [], said: false });
        from = at + 1;
      }
    } else if (sign.startsWith("`")) {
      if (!has.has("code") || sign.length > TICKS_MAX || unclosed.has(sign.length)) continue;
      if (WORD.test(before) || before === "\\" || after === "" || BLANK.test(after)) continue;
      const end = closingTicks(line, at + sign.length, sign.length);
      if (end === null) {
        unclosed.add(sign.length);
        continue;
      }
      takeTo(at);
      put({ kind: "code", text: line.slice(at + sign.length, end) });
      from = TOKEN.lastIndex = end + sign.length;
    } else if (sign.startsWith("+")) {
      if (WORD.test(before)) continue;
      takeTo(at);
      put({ kind: "link", text: sign, href: `tel:+${sign.replace(/\D/g, "")}` });
      from = at + sign.length;
    } else {
      let length = sign.length;
      for (let last = sign[length - 1]!; length > 0; last = sign[--length - 1]!) {
        if (!TRAILING.test(last) && !isOpen(last)) break;
      }
      sign = sign.slice(0, length);
      TOKEN.lastIndex = at + length;
      if (!URL.canParse(sign)) continue;
      takeTo(at);
      put({ kind: "link", text: sign, href: sign });
      from = at + length;
    }
  }
  takeTo(line.length);
  while (levels.length > 1) giveUp();
  return levels[0]!.parts;
}

function begins(before: string, after: string): boolean {
  return !WORD.test(before) && before !== "\\" && BEGINS.test(after);
}

/** Where as many backticks stand as opened it, at the end of a word. */
function closingTicks(line: string, from: number, length: number): number | null {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(line); run; run = runs.exec(line)) {
    const end = run.index;
    const closes = run[0].length === length && !BLANK.test(line[end - 1]!);
    if (closes && !WORD.test(charAt(line, end + length))) return end;
  }
  return null;
}

/** The whole character, also where it takes two units. */
export function charAt(line: string, at: number): string {
  const code = line.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** Texts that meet are one. */
export function push(parts: Inline[], part: Inline): void {
  const last = parts.at(-1);
  if (part.kind !== "text" || last?.kind !== "text") parts.push(part);
  else parts[parts.length - 1] = { kind: "text", text: last.text + part.text };
}
