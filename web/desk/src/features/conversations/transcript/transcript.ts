// A conversation as a text for the team to keep or to hand on.
// Must stay true: without being asked it holds nothing that its customer may not see: no notes, no words of the team
// about it, nothing that was done to it but who joined and that it was closed; of removed messages nothing is told.

import type { Entry, EntryKind, Mark, MemberId } from "@sapa/protocol";
import { plainOf } from "@sapa/protocol/links";
import { ALL_MARKS } from "@sapa/protocol/marks";
import { linesOf, savedAt, transcriptOf, type Told } from "@sapa/protocol/transcript";
import { intlTag } from "@sapa/protocol/time";
import { formatBytes } from "../../../app/format";
import { m } from "../../../paraglide/messages";
import { getLocale } from "../../../paraglide/runtime";
import { absentWords, quotedName, quotedWords, reasonOf, SCORE_MAX, sentenceOf } from "../words";

/** Whoever reads it later is nobody in particular. */
const NOBODY = "" as MemberId;

/** What the customer sees: the lines of VisitorEntry, and not that writing again reopened it. */
const COMMON: readonly EntryKind[] = ["message", "rating", "closed", "assigned"];

export function transcript(
  title: string,
  { entries, whole }: Told<Entry>,
  customer: string,
  internal: boolean,
  marks: readonly Mark[],
  now: number,
): string {
  const tag = intlTag(getLocale());
  const head = [title, m.transcript_saved(savedAt(now, tag))];
  if (internal) head.push(m.transcript_internal());
  if (!whole) head.push(m.transcript_cut());
  const said = entries
    // Pages that were looked at would bury what was said.
    .filter((entry) => (internal ? entry.kind !== "navigation" : isCommon(entry)))
    .map((entry) => ({
      at: entry.written_at ?? entry.at,
      lines: wordsOf(entry, customer, internal, marks),
    }));
  return transcriptOf(head, said, tag);
}

function isCommon({ kind, assignment }: Entry): boolean {
  // Somebody joined; that it went back to the queue is the desk's own.
  return COMMON.includes(kind) && (kind !== "assigned" || (assignment?.to_name ?? null) !== null);
}

function wordsOf(
  entry: Entry,
  customer: string,
  internal: boolean,
  marks: readonly Mark[],
): string[] {
  const { kind, author, text, score } = entry;
  const name = author.name ?? (author.kind === "contact" ? customer : m.somebody());
  if (kind === "message" || kind === "note")
    return messageOf(entry, name, customer, kind === "note" ? ALL_MARKS : marks);
  if (kind === "rating") {
    return [`${name}: ${m.rating_of({ score: score ?? 0, max: SCORE_MAX })}`, ...linesOf(text)];
  }
  if (!internal) {
    const joined = entry.assignment?.to_name;
    return [joined ? m.transcript_joined({ name: joined }) : m.transcript_closed()];
  }
  const about = [reasonOf(entry.reason), text, entry.assignment?.comment ?? null];
  return [sentenceOf(entry, NOBODY), ...(kind === "card_clicked" ? [] : about.flatMap(linesOf))];
}

function messageOf(entry: Entry, name: string, customer: string, marks: readonly Mark[]): string[] {
  const { kind, text, quote, card, files, edited_at, removed } = entry;
  const who = kind === "note" ? `${name} (${m.note()})` : name;
  if (removed) return [`${who}: ${m.preview_removed()}`];
  const parts = card ? [card.title, card.text, card.price ?? null, card.url] : [];
  const answered = quote
    ? `${quotedName(quote, NOBODY, customer)}: ${quotedWords(quote, marks)}`
    : null;
  return [
    edited_at === null ? `${who}:` : `${who} (${m.edited()}):`,
    ...linesOf(answered).map((line) => `> ${line}`),
    ...linesOf(plainOf(text ?? "", marks)),
    ...parts.flatMap(linesOf),
    ...files.map((file) => {
      const about = file.absent ? absentWords(file.absent) : formatBytes(file.size);
      return m.transcript_file({ name: file.name, about });
    }),
  ];
}
