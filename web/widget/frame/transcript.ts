// The conversation as the visitor may see it, as a text for him to keep.
// Must stay true: of removed messages nothing is told.

import type { VisitorEntry, VisitorQuote } from "@sapa/protocol";
import { plainOf } from "@sapa/protocol/marks";
import { sizeText } from "@sapa/protocol/size";
import { linesOf, savedAt, transcriptOf, type Told } from "@sapa/protocol/transcript";
import { t, tag } from "./i18n";
import { tn } from "./plural";
import { timeline } from "./timeline";
import { w } from "./words";

export function transcript(
  title: string,
  { entries, whole }: Told<VisitorEntry>,
  now: number,
): string {
  const head = [title, w("transcript_saved", savedAt(now, tag))];
  if (!whole) head.push(w("transcript_cut"));
  // A close that was undone never was.
  const told = new Set(timeline({ conversation: null, entries }, []).map(({ key }) => key));
  const said = entries
    .filter(({ id, kind }) => told.has(id) || kind === "rating")
    .map((entry) => ({ at: entry.at, lines: wordsOf(entry) }));
  return transcriptOf(head, said, tag);
}

function wordsOf(entry: VisitorEntry): string[] {
  const { kind, author, text, score, quote, card, files, edited, removed } = entry;
  if (kind === "closed") return [t("closed")];
  if (kind === "assigned") return [t("joined", { name: author.name ?? t("team") })];
  const name = author.kind === "visitor" ? t("you") : (author.name ?? t("team"));
  if (kind === "rating")
    return [`${name}: ${w("transcript_rating", { score: score ?? 0 })}`, ...linesOf(text)];
  if (removed) return [`${name}: ${t("removed")}`];
  return [
    edited ? `${name} (${t("edited")}):` : `${name}:`,
    ...(quote ? linesOf(answered(quote)).map((line) => `> ${line}`) : []),
    ...linesOf(plainOf(text ?? "")),
    ...(card
      ? linesOf([card.title, card.text, card.price, card.url].filter(Boolean).join("\n"))
      : []),
    ...files.map(({ name, size }) => w("transcript_file", { name, size: sizeText(size, tag) })),
  ];
}

function answered({ author, text, files }: VisitorQuote): string {
  const name = author.kind === "visitor" ? t("you") : (author.name ?? t("team"));
  return `${name}: ${text ? plainOf(text) : tn("files", files)}`;
}
