// From entries and unsent messages to the rows on screen: day dividers, runs of one author, ticks.
// Must stay true: pure; a message is shown once, as unsent until its entry has arrived.

import type {
  Card,
  EntryId,
  StoredFile,
  VisitorEntry,
  VisitorKnown,
  VisitorQuote,
} from "@sapa/protocol";
import type { Outgoing } from "./outbox";

const RUN_GAP_MS = 5 * 60_000;
/** The desk offers to undo a close for six seconds. */
const UNDONE_WITHIN_MS = 10_000;
const NO_FILES: readonly StoredFile[] = [];

export type Tick = "sending" | "sent" | "read" | "failed";

export interface DayRow {
  row: "day";
  key: string;
  at: number;
}

export interface NoteRow {
  row: "note";
  key: string;
  kind: "closed" | "assigned";
  name: string | null;
}

/** How the visitor rated a session that is over. */
export interface RatedRow {
  row: "rated";
  key: EntryId;
  entry: VisitorEntry;
}

export interface BubbleRow {
  row: "bubble";
  key: EntryId;
  at: number;
  own: boolean;
  name: string | null;
  text: string | null;
  files: readonly StoredFile[];
  quote: VisitorQuote | null;
  card: Card | null;
  edited?: boolean;
  removed?: boolean;
  outgoing: Outgoing | null;
  tick: Tick | null;
  /** First and last of a run: name above, time below, tail corner. */
  first: boolean;
  last: boolean;
}

export type Row = DayRow | NoteRow | RatedRow | BubbleRow;

export function timeline(known: VisitorKnown, outgoing: readonly Outgoing[]): Row[] {
  const stored = new Set(known.entries.map(({ id }) => id));
  const read_up_to = known.conversation?.staff_read_position ?? 0;
  const rows: Row[] = [];
  const closing =
    known.conversation?.status === "closed" &&
    known.entries.findLast(({ kind }) => kind === "closed");
  let closed_at = 0;
  for (const entry of known.entries) {
    if (entry.kind === "rating") {
      // That of the newest session stands at the end, in the extras, where it may be changed.
      if (!closing || entry.position < closing.position)
        append(rows, { row: "rated", key: entry.id, entry }, entry.at);
      continue;
    }
    // Writing again is all a visitor does to reopen; no need to tell. A close that was undone never was.
    if (entry.kind !== "reopened") append(rows, rowOf(entry, entry.kind, read_up_to), entry.at);
    else if (entry.at - closed_at < UNDONE_WITHIN_MS && isClosing(rows.at(-1))) rows.pop();
    if (entry.kind === "closed") closed_at = entry.at;
  }
  for (const message of outgoing) {
    if (!stored.has(message.id)) append(rows, unsentRow(message), message.written_at);
  }
  return rows;
}

function isClosing(row: Row | undefined): boolean {
  return row?.row === "note" && row.kind === "closed";
}

function append(rows: Row[], row: Exclude<Row, DayRow>, at: number): void {
  const previous = rows.at(-1);
  const day = new Date(at).toDateString();
  const newest = rows.findLast((one) => one.row === "day");
  if (!newest || newest.key !== day) rows.push({ row: "day", key: day, at });
  if (row.row === "bubble" && previous?.row === "bubble" && rows.at(-1) === previous) {
    const run = previous.own === row.own && previous.name === row.name;
    if (run && row.at - previous.at < RUN_GAP_MS) {
      row.first = false;
      // A different state must stay readable, so the run is still one, but the time shows twice.
      previous.last = previous.tick !== row.tick;
    }
  }
  rows.push(row);
}

function rowOf(
  entry: VisitorEntry,
  kind: NoteRow["kind"] | "message",
  read_up_to: number,
): NoteRow | BubbleRow {
  const { id, at, author, text, files, quote, card, edited, removed } = entry;
  if (kind !== "message") return { row: "note", key: id, kind, name: author.name };
  const own = author.kind === "visitor";
  const tick = own ? (entry.position <= read_up_to ? "read" : "sent") : null;
  const name = own ? null : author.name;
  const run = { first: true, last: true };
  return {
    row: "bubble",
    key: id,
    at,
    own,
    name,
    text,
    files,
    quote,
    card,
    edited,
    removed,
    outgoing: null,
    tick,
    ...run,
  };
}

function unsentRow(outgoing: Outgoing): BubbleRow {
  const { id, written_at, text, quote = null, problem } = outgoing;
  return {
    row: "bubble",
    key: id,
    at: written_at,
    own: true,
    name: null,
    text,
    files: NO_FILES,
    quote,
    card: null,
    outgoing,
    tick: problem ? "failed" : "sending",
    first: true,
    last: true,
  };
}

/** Whether drawing again would show the same. */
export function sameRow(a: BubbleRow, b: BubbleRow): boolean {
  return Object.keys(b).every((name) => a[name as keyof BubbleRow] === b[name as keyof BubbleRow]);
}
