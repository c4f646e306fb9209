// What a mail is made of while it is written: lines, as our marks know them, and blocks of code.
// Must stay true: nothing that marks cannot say; so what is pasted is clean by what it can become.

import { Schema } from "prosemirror-model";

/** What a line begins with: nothing, a dash, a number, or the sign of a quote. */
export type Kind = "text" | "dash" | "number" | "quote";

const KINDS: readonly string[] = ["dash", "number", "quote"];

export const schema = new Schema({
  nodes: {
    doc: { content: "(line | code_block)+" },
    line: {
      content: "text*",
      attrs: { kind: { default: "text" }, number: { default: 1 } },
      toDOM: ({ attrs: { kind, number } }) => [
        "p",
        kind === "text" ? {} : { "data-kind": String(kind), "data-number": String(number) },
        0,
      ],
      parseDOM: [
        {
          tag: "p, div, li",
          getAttrs: (element) => {
            const { kind = "", number } = element.dataset;
            return { kind: KINDS.includes(kind) ? kind : "text", number: Number(number) || 1 };
          },
        },
      ],
    },
    code_block: {
      content: "text*",
      marks: "",
      code: true,
      defining: true,
      toDOM: () => ["pre", 0],
      parseDOM: [{ tag: "pre", preserveWhitespace: "full" }],
    },
    text: {},
  },
  marks: {
    /** Around it no other mark: it travels as words and an address. */
    link: {
      attrs: { href: {} },
      inclusive: false,
      excludes: "_",
      toDOM: ({ attrs: { href } }) => ["a", { href: String(href), title: String(href) }, 0],
      parseDOM: [
        { tag: "a[href]", getAttrs: (element) => webAddress(element.getAttribute("href")) },
      ],
    },
    bold: { toDOM: () => ["strong", 0], parseDOM: [{ tag: "strong" }, { tag: "b" }] },
    italic: { toDOM: () => ["em", 0], parseDOM: [{ tag: "em" }, { tag: "i" }] },
    strike: { toDOM: () => ["s", 0], parseDOM: [{ tag: "s" }] },
    code: {
      inclusive: false,
      excludes: "_",
      code: true,
      toDOM: () => ["code", { spellcheck: "false" }, 0],
      parseDOM: [{ tag: "code" }],
    },
  },
});

/** Only the web is led to; no bracket of an address ends a link. */
export function webAddress(typed: string | null): { href: string } | false {
  const text = typed?.trim() ?? "";
  const address = /^[\w-]+(?:\.[\w-]+)+(?:[/?#:]|$)/u.test(text) ? `https://${text}` : text;
  if (!/^https?:\/\//iu.test(address) || !URL.canParse(address)) return false;
  const { href } = new URL(address);
  return { href: href.replace(/[()'"<>\s]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`) };
}
