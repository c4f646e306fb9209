// Links with words of their own, `[so](https://…)`, which mails have beside the marks of messengers. Whoever reads
// texts of channels that know them asks here instead of in marks.ts, which the widget loads and which has no room.
// Must stay true: pure and linear; only addresses of the web are links; what is not whole stays as it was written; the
// words are words alone, and a mark goes around a link, not through it. The server draws the same (`html.rs`).

import type { Mark } from "./api";
import * as marks from "./marks";
import { push, type Block, type Inline } from "./marks";

/** What stands before an address: the words between brackets, and what opens its own. */
const OPENS = /\[([^[\]\n]*\S[^[\]\n]*)\]\($/u;

/** What the text is made of; of `known` marks only. */
export function blocksOf(text: string, known: readonly Mark[] = marks.ALL_MARKS): Block[] {
  const blocks = marks.blocksOf(text, known);
  return known.includes("link") ? blocks.map(linkedBlock) : blocks;
}

/** The words without the marks around them; lists and quotes keep the beginnings of their lines. */
export function plainOf(text: string, known: readonly Mark[] = marks.ALL_MARKS): string {
  return blocksOf(text, known).map(marks.plainBlock).join("\n");
}

function linkedBlock(block: Block): Block {
  switch (block.kind) {
    case "code_block":
      return block;
    case "list":
      return { ...block, items: block.items.map((one) => ({ ...one, parts: linked(one.parts) })) };
    default:
      return { ...block, parts: linked(block.parts) };
  }
}

/** Where words, an address and a bracket follow each other they are one link. */
export function linked(parts: readonly Inline[]): Inline[] {
  const out: Inline[] = [];
  for (const part of parts) {
    if ("parts" in part) out.push({ ...part, parts: linked(part.parts) });
    else if (part.kind === "text") putText(out, part.text);
    else putLink(out, part);
  }
  return out;
}

function putLink(out: Inline[], part: Inline): void {
  const before = out.at(-1);
  const words = before?.kind === "text" ? OPENS.exec(before.text) : null;
  const web = part.kind === "link" && part.href.startsWith("http");
  const close = web ? part.href.indexOf(")") : -1;
  // Without its bracket it is not known yet whether it is one.
  if (!words || before?.kind !== "text" || close === -1 || !web) return void out.push(part);
  out[out.length - 1] = { kind: "text", text: before.text.slice(0, words.index) };
  out.push({ kind: "link", text: words[1]!, href: part.href.slice(0, close) });
  out.push({ kind: "text", text: part.href.slice(close + 1) });
  clean(out);
}

/** A bracket at once behind an address ends the link that its words began. */
function putText(out: Inline[], text: string): void {
  const [before, link] = [out.at(-2), out.at(-1)];
  const words = before?.kind === "text" ? OPENS.exec(before.text) : null;
  const ends = link?.kind === "link" && link.text === link.href && text.startsWith(")");
  if (!words || before?.kind !== "text" || !ends || !link.href.startsWith("http")) {
    return push(out, { kind: "text", text });
  }
  out.splice(-2, 2, { kind: "text", text: before.text.slice(0, words.index) });
  out.push({ kind: "link", text: words[1]!, href: link.href });
  clean(out);
  if (text.length > 1) push(out, { kind: "text", text: text.slice(1) });
}

/** Nothing was written there. */
function clean(out: Inline[]): void {
  for (let at = out.length - 1; at >= Math.max(0, out.length - 3); at--) {
    const part = out[at]!;
    if (part.kind === "text" && part.text === "") out.splice(at, 1);
  }
}
