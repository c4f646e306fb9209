// What a quick reply leaves open, `{{contact.first_name|there}}`, and what stands there when it is inserted.
// Must stay true: pure; the parts joined give exactly the filled text; a placeholder without a value and without a
// fallback stays as it is written, so that the writer sees it and nothing like it is sent.
// Absent: the check of stored texts. The server refuses unknown placeholders.

import type { ConversationItem, Inbox, Me, Placeholder } from "@sapa/protocol";

export type Values = Record<Placeholder, string | null>;

export interface TextPart {
  text: string;
  /** Nobody knows what stands here. */
  open: boolean;
}

const WRITTEN = /\{\{(.*?)\}\}/gs;
/** Ours by the first word, even when the rest is misspelled. */
const OURS = /^(?:contact|me|inbox)\./;
/** Whatever is called like one, with or without a fallback. Other braces may be anything. */
const NAMED = /^[\p{L}_][\p{L}\p{N}_.-]*(?:\s*\|.*)?$/su;
/** Code may be full of them. */
const CODE = /```.*?```|`[^`\n]+`/gs;

/** In the order in which they are offered. */
export const PLACEHOLDERS: readonly Placeholder[] = [
  "contact.first_name",
  "contact.name",
  "contact.email",
  "me.name",
  "inbox.name",
];

export function valuesFor(
  contact: Pick<ConversationItem["conversation"]["contact"], "name" | "email">,
  me: Me,
  inbox: Inbox | undefined,
): Values {
  return {
    "contact.name": contact.name,
    "contact.first_name": contact.name?.trim().split(/\s+/)[0] ?? null,
    "contact.email": contact.email,
    "me.name": me.member.name,
    "inbox.name": inbox?.name ?? null,
  };
}

export function partsOf(text: string, values: Values): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(WRITTEN)) {
    const [written, inside = ""] = found;
    if (found.index > at) parts.push({ text: text.slice(at, found.index), open: false });
    at = found.index + written.length;
    const filled = filling(inside, values);
    if (filled === null) parts.push({ text: written, open: isNamed(inside) });
    else if (filled !== "") parts.push({ text: filled, open: false });
  }
  if (at < text.length) parts.push({ text: text.slice(at), open: false });
  return parts;
}

export function fill(text: string, values: Values): string {
  return partsOf(text, values)
    .map((part) => part.text)
    .join("");
}

/** What must be filled in before the text may be sent: every placeholder, whoever wrote it. */
export function openParts(text: string): TextPart[] {
  return openPlaces(text).map(([written]) => ({ text: written, open: true }));
}

/** The text as it is, with what is open marked. */
export function markedParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { 0: written, index: start } of openPlaces(text)) {
    if (start > at) parts.push({ text: text.slice(at, start), open: false });
    parts.push({ text: written, open: true });
    at = start + written.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), open: false });
  return parts;
}

function openPlaces(text: string): RegExpExecArray[] {
  // Almost no text has one, and this is asked with each key.
  if (!text.includes("{{")) return [];
  const code = [...text.matchAll(CODE)].map(({ 0: { length }, index }) => [index, index + length]);
  const isCode = (at: number) => code.some(([from = 0, to = 0]) => from < at && at < to);
  return [...text.matchAll(WRITTEN)].filter(({ 1: inside = "", index }) =>
    isCode(index) ? OURS.test(inside.trim()) : isNamed(inside),
  );
}

function isNamed(inside: string): boolean {
  return OURS.test(inside.trim()) || NAMED.test(inside.trim());
}

function filling(inside: string, values: Values): string | null {
  const bar = inside.indexOf("|");
  const name = (bar === -1 ? inside : inside.slice(0, bar)).trim();
  if (!Object.hasOwn(values, name)) return null;
  return values[name as Placeholder]?.trim() || (bar === -1 ? null : inside.slice(bar + 1).trim());
}
