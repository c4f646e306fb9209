// What somebody copied elsewhere, as lines of ours.
// Must stay true: pure, and no markup is ever made of it: it is read sign by sign into words and the marks that we have;
// what was misread is text. Scripts, styles and what is not seen are left out.

import { Fragment, Slice, type Mark as Drawn, type Node } from "prosemirror-model";
import { linesOf } from "./doc";
import { schema, webAddress, type Kind } from "./schema";

/** A longer one is pasted as its plain words. */
const LONGEST = 512 * 1024;
/** Comments, elements, and the text between them. */
const PIECES = /<!--[^]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|[^<]+|</gi;
const HIDDEN = new Set(["script", "style", "head", "title", "template", "svg", "math", "noscript"]);
const VOID = new Set(["br", "img", "hr", "input", "meta", "link", "col", "wbr"]);
/** They stand on lines of their own. */
const BLOCKS = new Set(
  "address article blockquote dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split(
    " ",
  ),
);
/** And these at a distance. */
const APART = new Set("blockquote h1 h2 h3 h4 h5 h6 ol p pre table ul".split(" "));
const MARKS: Readonly<Record<string, string>> = {
  b: "bold",
  strong: "bold",
  h1: "bold",
  h2: "bold",
  h3: "bold",
  h4: "bold",
  th: "bold",
  i: "italic",
  em: "italic",
  s: "strike",
  del: "strike",
  strike: "strike",
  code: "code",
  tt: "code",
  kbd: "code",
};
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  bull: "•",
  copy: "©",
  reg: "®",
  laquo: "«",
  raquo: "»",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
};

interface Open {
  name: string;
  marks: readonly Drawn[];
  /** Of a list: the number of its next item; null where they have dashes. */
  next?: number | null;
}

/** As it stood there, or as its plain words. */
export function pasted(html: string, text: string): Slice {
  const lines = html && html.length <= LONGEST ? htmlLines(html) : [];
  return sliceOf(lines.length > 0 ? lines : linesOf(text.replace(/\r\n?/g, "\n")));
}

/** Its first and its last line go on with what stands there, unless they are something of their own. */
export function sliceOf(lines: readonly Node[]): Slice {
  const open = (node: Node | undefined) => (node?.attrs["kind"] === "text" ? 1 : 0);
  return new Slice(Fragment.fromArray([...lines]), open(lines[0]), open(lines.at(-1)));
}

export function htmlLines(html: string): Node[] {
  const lines: Node[] = [];
  const opens: Open[] = [{ name: "", marks: [] }];
  let parts: Node[] = [];
  let code = null as string | null;
  let kind: Kind = "text";
  let number = 1;
  let apart = false;
  let hidden = null as string | null;

  const isIn = (name: string) => opens.some((one) => one.name === name);
  const end = (): void => {
    while (parts.at(-1)?.text?.trim() === "") parts.pop();
    const last = parts.at(-1);
    if (last) parts[parts.length - 1] = schema.text(last.text!.trimEnd(), last.marks);
    if (parts.length > 0) {
      if (apart && lines.length > 0) lines.push(schema.node("line"));
      apart = false;
      const kind_now = kind === "text" && isIn("blockquote") ? "quote" : kind;
      lines.push(schema.node("line", { kind: kind_now, number }, Fragment.fromArray(parts)));
      kind = "text";
    }
    parts = [];
  };
  const put = (text: string): void => {
    if (code !== null) return void (code += text);
    let words = text.replace(/[\s\u00a0]+/gu, " ");
    const before = parts.at(-1)?.text;
    if (before === undefined || before.endsWith(" ")) words = words.trimStart();
    if (words) parts.push(schema.text(words, opens.at(-1)!.marks));
  };
  const begin = (name: string, attributes: string): void => {
    if (BLOCKS.has(name)) end();
    if (APART.has(name) && !isIn("li") && lines.length > 0) apart = true;
    const around = opens.at(-1)!;
    const open: Open = { name, marks: marksOf(around.marks, name, attributes) };
    if (name === "ul") open.next = null;
    if (name === "ol") open.next = Number(attributeOf(attributes, "start")) || 1;
    if (name === "li") {
      const list = opens.findLast((one) => one.next !== undefined);
      const of_number = typeof list?.next === "number";
      [kind, number] = [of_number ? "number" : "dash", list?.next ?? 1];
      if (list && of_number) list.next = number + 1;
    }
    if (name === "pre") code = "";
    opens.push(open);
  };
  const close = (name: string): void => {
    const at = opens.findLastIndex((one) => one.name === name);
    if (name === "pre" && code !== null) {
      const inside = code.replace(/^\n|\n$/g, "");
      code = null;
      if (inside.trim()) lines.push(schema.node("code_block", null, schema.text(inside)));
    }
    if (BLOCKS.has(name)) end();
    if (name === "td" || name === "th") put(" ");
    if (at > 0) opens.length = at;
    if (APART.has(name) && lines.length > 0) apart = true;
  };

  for (const [piece, slash, tag, attributes = ""] of html.matchAll(PIECES)) {
    const name = tag?.toLowerCase();
    if (hidden !== null) {
      if (slash && name === hidden) hidden = null;
    } else if (!name) {
      if (!piece.startsWith("<!--")) put(decoded(piece));
    } else if (slash) close(name);
    else if (HIDDEN.has(name)) hidden = name;
    else if (name === "br") {
      if (code === null && parts.length === 0 && lines.length > 0) lines.push(schema.node("line"));
      else if (code === null) end();
      else code += "\n";
    } else if (VOID.has(name)) {
      if (BLOCKS.has(name)) end();
    } else begin(name, attributes);
  }
  end();
  while (lines.at(-1)?.content.size === 0) lines.pop();
  return lines;
}

function marksOf(around: readonly Drawn[], name: string, attributes: string): readonly Drawn[] {
  const style = attributeOf(attributes, "style") ?? "";
  const light = /font-weight:\s*(?:normal|[1-4]00)/i.test(style);
  const named = name === "a" ? webAddress(attributeOf(attributes, "href")) : false;
  let marks = around;
  const add = (mark: Drawn) => (marks = mark.addToSet(marks));
  if (named) add(schema.mark("link", named));
  const mark = MARKS[name];
  if (mark && !(mark === "bold" && light)) add(schema.mark(mark));
  if (/font-weight:\s*(?:bold|[6-9]00)/i.test(style)) add(schema.mark("bold"));
  if (/font-style:\s*italic/i.test(style)) add(schema.mark("italic"));
  return marks;
}

function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i");
  const value = found.exec(attributes);
  return value ? decoded(value[1] ?? value[2] ?? value[3] ?? "") : null;
}

function decoded(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (written, hex, digits, name) => {
      if (name) return NAMED[(name as string).toLowerCase()] ?? (written as string);
      const code = hex ? parseInt(hex as string, 16) : Number(digits);
      return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
    },
  );
}
