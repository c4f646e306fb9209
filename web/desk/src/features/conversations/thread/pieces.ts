// From entries and unsent messages to what is drawn: day dividers, the reading line, system lines, bubbles.
// Must stay true: pure; a run is the same author within five minutes of the same day; a sent message that is
// also still in the outbox is drawn once.
// Absent: words and markup.

import type {
  Author,
  Card,
  Earlier,
  Entry,
  EntryId,
  Mention,
  Problem,
  Quote,
  Reaction,
  Removed,
  Mail,
  StoredFile,
} from "@sapa/protocol";
import { daysBetween } from "@sapa/protocol/time";
import { passes, type Filter } from "./filter";
import { isNote, type Pending } from "../../../sync/outbox";

const RUN_WITHIN_MS = 5 * 60_000;

/** Clock, one tick, two ticks, red cross; none for customers' messages. */
export type Tick = "waiting" | "sent" | "read" | "uncertain" | "failed" | Absence | null;

/** The visitor left the site before it reached him, and it is kept: a red cross, or a clock where the inbox says so. */
export type Absence = "left" | "kept";

export interface Bubble {
  id: EntryId;
  /** Null until the server has it. */
  position: number | null;
  /** For the team only. */
  note: boolean;
  mentions: readonly Mention[];
  /** The message that it answers. */
  quote: Quote | null;
  card: Card | null;
  /** When the customer opened the card's link. */
  clicked_at: number | null;
  /** On the right: written by us. */
  ours: boolean;
  author: Author;
  text: string;
  files: readonly StoredFile[];
  at: number;
  /** When it was written, by what another system says. */
  written_at: number | null;
  tick: Tick;
  /** Why it could not be delivered, and what the other side said about it. */
  failure: { code: string; detail: string | null } | null;
  /** Refused by the server before it became an entry. */
  refusal: Problem | null;
  pending: boolean;
  edited_at: number | null;
  /** What it said before, oldest first. */
  earlier: readonly Earlier[];
  removed: Removed | null;
  /** What its channel calls it, when it cannot be shown. */
  unsupported: string | null;
  /** What it is about, beside what it says. */
  about: Entry["about"];
  reactions: readonly Reaction[];
  mail: Mail | null;
}

export type Piece =
  | { kind: "new"; key: string; count: number }
  /** A closed conversation goes on: another session begins at this time. */
  | { kind: "session"; key: string; at: number }
  | { kind: "line"; key: string; entry: Entry }
  /** Pages that the visitor viewed, one after the other. */
  | { kind: "pages"; key: string; entries: Entry[] }
  /** Entries that the filter hides, one after the other; `pages` of them are pages that were viewed. */
  | { kind: "hidden"; key: string; count: number; pages: number }
  /** `told`: time and tick stand under it: the last of a run, or the next one's tick differs. */
  | { kind: "bubble"; key: string; bubble: Bubble; head: boolean; tail: boolean; told: boolean };

/** What belongs under one divider. */
export interface Day {
  key: string;
  at: number;
  pieces: Piece[];
}

export interface ReadingLine {
  before: EntryId;
  count: number;
}

export function daysOf(
  entries: readonly Entry[],
  pending: readonly Pending[],
  me: { id: string; name: string },
  line: ReadingLine | null,
  filter: Filter = "all",
  absence: Absence | null = null,
): Day[] {
  const known = new Set(entries.map(({ id }) => id));
  const bubbles = pending.filter(({ id }) => !known.has(id)).map((one) => pendingBubble(one, me));
  const rows: (Entry | Bubble)[] = [...entries, ...bubbles];
  const days: Day[] = [];
  for (const row of rows) {
    let day = days.at(-1);
    if (!day || daysBetween(day.at, row.at) !== 0) {
      day = { key: keyOf(row.at, days), at: row.at, pieces: [] };
      days.push(day);
    }
    const reopening = "kind" in row && row.kind === "reopened" ? row : null;
    if (reopening?.reason && withoutClosing(day.pieces)) continue;
    if (reopening && !reopening.reason)
      day.pieces.push({ kind: "session", key: `session ${row.id}`, at: row.at });
    if (line?.before === row.id) day.pieces.push({ kind: "new", key: "new", count: line.count });
    if ("kind" in row && !passes(filter, row)) hide(row, day.pieces);
    else if ("kind" in row && row.kind === "navigation") view(row, day.pieces);
    else day.pieces.push(pieceOf(row, day.pieces.at(-1), absence));
  }
  return days;
}

/** What is drawn as before stays the same object, so that only what changed is drawn again. */
export function kept(days: readonly Day[], before: readonly Day[]): Day[] {
  const known = new Map(before.flatMap(({ pieces }) => pieces.map((piece) => [piece.key, piece])));
  return days.map((day) => {
    const was = before.find(({ key }) => key === day.key);
    const pieces = day.pieces.map((piece) => {
      const old = known.get(piece.key);
      return old && same(old, piece) ? old : piece;
    });
    return was && same(was.pieces, pieces) ? was : { ...day, pieces };
  });
}

function same<T extends object>(a: T, b: T): boolean {
  const [one, other]: [unknown[], unknown[]] = [Object.values(a), Object.values(b)];
  return one.length === other.length && one.every((value, at) => equal(value, other[at]));
}

/** The entries of one piece are in a list that is made anew each time. */
function equal(a: unknown, b: unknown): boolean {
  return a === b || (Array.isArray(a) && Array.isArray(b) && same(a, b));
}

/** Where reading stopped: before the oldest of the newest `unread` customer messages. */
export function readingLine(entries: readonly Entry[], unread: number): ReadingLine | null {
  let left = unread;
  for (let index = entries.length - 1; index >= 0 && left > 0; index--) {
    const entry = entries[index]!;
    if (entry.kind !== "message" || entry.author.kind !== "contact") continue;
    left -= 1;
    if (left === 0) return { before: entry.id, count: unread };
  }
  return null;
}

/** The date, so that an older page of the same day keeps what is drawn; clocks that disagree may repeat one. */
function keyOf(at: number, days: readonly Day[]): string {
  const date = new Date(at).toDateString();
  const repeats = days.filter(({ key }) => key.startsWith(date)).length;
  return repeats === 0 ? date : `${date} ${repeats}`;
}

/** A closing that was taken back at once leaves no line, unless something was said with it. */
function withoutClosing(pieces: Piece[]): boolean {
  const last = pieces.at(-1);
  const quiet = last?.kind === "line" && last.entry.kind === "closed" && !last.entry.text;
  if (quiet) pieces.pop();
  return quiet;
}

function hide({ id, kind }: Entry, pieces: Piece[]): void {
  const before = pieces.at(-1);
  const pages = kind === "navigation" ? 1 : 0;
  if (before?.kind === "hidden") {
    before.count += 1;
    before.pages += pages;
  } else pieces.push({ kind: "hidden", key: `hidden ${id}`, count: 1, pages });
}

function view(entry: Entry, pieces: Piece[]): void {
  const before = pieces.at(-1);
  if (before?.kind === "pages") before.entries.push(entry);
  else pieces.push({ kind: "pages", key: `pages ${entry.id}`, entries: [entry] });
}

function pieceOf(row: Entry | Bubble, before: Piece | undefined, absence: Absence | null): Piece {
  if ("kind" in row && row.kind !== "message" && row.kind !== "note")
    return { kind: "line", key: row.id, entry: row };
  const missed = absence && "kind" in row && row.delivery === "sent";
  const bubble = missed ? missedBy(row, absence) : "kind" in row ? bubbleOf(row) : row;
  const continues = before?.kind === "bubble" && continuesRun(before.bubble, bubble);
  if (continues && before.kind === "bubble") {
    before.tail = false;
    before.told = before.bubble.tick !== bubble.tick;
  }
  return { kind: "bubble", key: bubble.id, bubble, head: !continues, tail: true, told: true };
}

function continuesRun(before: Bubble, now: Bubble): boolean {
  return (
    before.ours === now.ours &&
    before.note === now.note &&
    before.author.id === now.author.id &&
    now.at - before.at < RUN_WITHIN_MS &&
    before.tick !== "failed" &&
    before.tick !== "uncertain"
  );
}

const bubbles = new WeakMap<Entry, Bubble>();

/** The same entry always gives the same bubble, so that untouched ones are not drawn again. */
function bubbleOf(entry: Entry): Bubble {
  const known = bubbles.get(entry);
  if (known) return known;
  const bubble: Bubble = {
    id: entry.id,
    position: entry.position,
    note: entry.kind === "note",
    mentions: entry.mentions,
    quote: entry.quote,
    card: entry.card,
    clicked_at: entry.clicked_at,
    // A message of the system's is a rule's, and the team's side says it.
    ours: entry.author.kind !== "contact",
    author: entry.author,
    text: entry.text ?? "",
    files: entry.files,
    at: entry.at,
    written_at: entry.written_at,
    tick: tickOf(entry),
    failure: entry.failure === null ? null : { code: entry.failure, detail: entry.failure_detail },
    refusal: null,
    pending: false,
    edited_at: entry.edited_at,
    earlier: entry.earlier,
    removed: entry.removed,
    unsupported: entry.unsupported,
    about: entry.about,
    reactions: entry.reactions,
    mail: entry.mail,
  };
  bubbles.set(entry, bubble);
  return bubble;
}

const missed = { left: new WeakMap<Entry, Bubble>(), kept: new WeakMap<Entry, Bubble>() };

/** What he has not got; the same entry always gives the same bubble here too. */
function missedBy(entry: Entry, absence: Absence): Bubble {
  const known = missed[absence].get(entry);
  if (known) return known;
  const bubble: Bubble = { ...bubbleOf(entry), tick: absence };
  missed[absence].set(entry, bubble);
  return bubble;
}

function tickOf(entry: Entry): Tick {
  switch (entry.delivery) {
    case "queued":
      return "waiting";
    case "sent":
    case "delivered":
      return "sent";
    case "read":
      return "read";
    case "uncertain":
      return "uncertain";
    case "failed":
      return "failed";
    case null:
      return null;
  }
}

function pendingBubble(message: Pending, me: { id: string; name: string }): Bubble {
  return {
    id: message.id,
    position: null,
    note: isNote(message),
    mentions: message.mentions ?? [],
    quote: message.quote ?? null,
    card: message.card ?? null,
    clicked_at: null,
    ours: true,
    author: { kind: "member", ...me },
    text: message.text,
    files: message.files,
    at: message.at,
    written_at: null,
    tick: message.refusal ? "failed" : "waiting",
    failure: null,
    refusal: message.refusal,
    pending: true,
    edited_at: null,
    earlier: [],
    removed: null,
    unsupported: null,
    about: null,
    reactions: [],
    mail: null,
  };
}
