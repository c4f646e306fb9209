// Pure functions that apply events and snapshots to what a client knows. No I/O, no clock, no mutation.
// Must stay true: the end state depends on the set of events applied, never on their order or repetition
// (reduce.test.ts proves it on generated histories). Three rules carry that:
//   1. a higher revision replaces, an equal or lower one is ignored;
//   2. ticks are a mark that only rises, laid over whatever entry is there; so is what a member has seen, and of his
//      flag the one of the highest mark counts;
//   3. "gone" hides everything older than itself, and nothing newer.
// Absent: order of lists, windows, optimistic entries. Those belong to the screen's store.

import type {
  Can,
  Conversation,
  ConversationEvent,
  ConversationItem,
  Delivery,
  DeliveryMark,
  DeskEvent,
  Entry,
  QuickReplyEvent,
  VisitorConversation,
  VisitorEntry,
  ThreadUpdated,
} from "./api";
import type { ConversationId } from "./ids";

/** Heights that only rise; they keep late and early events harmless. */
export interface Marks {
  gone: number;
  seen: number;
  delivered: number;
  read: number;
  /** The newest state of the viewer's own flags. */
  flag: Omit<OwnMark, "inbound_seen">;
}

/** All that a client knows of one conversation. */
export interface Known {
  item: ConversationItem | null;
  /** Up to the newest, without a hole; null while nobody looks at the thread. */
  entries: readonly Entry[] | null;
  /** What came before this position was not loaded; 0 while no page was. */
  floor: number;
  /** A piece further back that somebody looks at, without a hole in itself. */
  far: readonly Entry[] | null;
  /** As events told them, of what lies in no piece: pages may have left before that. */
  loose: readonly Entry[];
  marks: Marks;
}

/** What is the viewer's own about a conversation. */
type OwnMark = Pick<
  ConversationItem,
  "inbound_seen" | "unread" | "muted" | "mentioned" | "mentioned_at" | "mark"
>;

const NO_MARKS: Marks = {
  gone: 0,
  seen: 0,
  delivered: 0,
  read: 0,
  flag: { mark: 0, unread: false, muted: false, mentioned: false, mentioned_at: null },
};

export const NOTHING_KNOWN: Known = {
  item: null,
  entries: null,
  floor: 0,
  far: null,
  loose: [],
  marks: NO_MARKS,
};

export function conversationIdOf(event: ConversationEvent): ConversationId {
  return event.kind === "conversation.updated"
    ? event.data.conversation.id
    : event.data.conversation_id;
}

export function isConversationEvent(event: DeskEvent): event is ConversationEvent {
  const { kind } = event;
  const calls = kind === "conversation.mentioned" || kind === "conversation.limit_reached";
  return kind.startsWith("conversation.") && !calls;
}

export function isQuickReplyEvent(event: DeskEvent): event is QuickReplyEvent {
  return event.kind.startsWith("quick_reply.");
}

export function applyConversationEvent(known: Known, event: ConversationEvent): Known {
  switch (event.kind) {
    case "conversation.updated":
      return applyUpdate(known, event.data.conversation, event.can, event.data);
    case "conversation.gone":
      return applyGone(known, event.data.revision);
    case "conversation.read_mark":
      return applyMark(known, event.data);
  }
}

/** A list row or a command's answer; may be older or newer than the events already applied. */
export function applyItem(known: Known, item: ConversationItem): Known {
  return applyUpdate(
    { ...known, marks: seen(known.marks, item) },
    item.conversation,
    item.can,
    null,
  );
}

/** A page at either end of the newest piece, or a whole snapshot of a thread that is now being looked at. */
export function applyEntries(known: Known, page: readonly Entry[]): Known {
  const lowest = Math.min(...page.map(({ position }) => position));
  const entries = mergeStaffEntries(known.entries ?? [], told(known, page), known.marks);
  if (page.length === 0) return { ...known, entries };
  if (known.floor > 0) return { ...known, entries, floor: Math.min(known.floor, lowest) };
  // What events told before the first page may be far behind it.
  const behind = entries.filter(({ position }) => position < lowest);
  if (behind.length === 0) return { ...known, entries, floor: lowest };
  return loosen({ ...known, entries: entries.slice(behind.length), floor: lowest }, behind);
}

/** Entries as a command answered or an event told them, wherever they are. */
export function applyTold(known: Known, news: readonly Entry[]): Known {
  if (known.entries === null) return known;
  const { floor, far, marks } = known;
  const entries = news.filter(({ position }) => position >= floor);
  const behind = news.filter(({ position }) => position < floor);
  const within = far && behind.filter((entry) => reaches(far, entry.position));
  const next = {
    ...known,
    entries: mergeStaffEntries(known.entries, entries, marks),
    far: far && mergeStaffEntries(far, within ?? [], marks),
  };
  return loosen(
    next,
    behind.filter((entry) => !within?.includes(entry)),
  );
}

/** A page apart from what is loaded: it becomes the far piece, or belongs to a piece that it overlaps. */
export function openFar(known: Known, page: readonly Entry[]): Known {
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return known;
  const { far } = known;
  const overlaps = far && (reaches(far, first.position) || reaches(far, last.position));
  return extendFar(overlaps ? known : { ...known, far: [] }, page);
}

/** A page at either end of the far piece, which ends where it has reached the newest one. */
export function extendFar(known: Known, page: readonly Entry[]): Known {
  const far = mergeStaffEntries(known.far ?? [], told(known, page), known.marks);
  const reached = known.floor > 0 && (far.at(-1)?.position ?? 0) >= known.floor;
  return reached ? applyEntries({ ...known, far: null }, far) : { ...known, far };
}

/** A page as its newest entries were told meanwhile. */
function told({ loose }: Known, page: readonly Entry[]): readonly Entry[] {
  const newer = loose.filter((entry) => page.some(({ id }) => id === entry.id));
  return newer.length === 0 ? page : mergeEntries(page, newer);
}

function loosen(known: Known, news: readonly Entry[]): Known {
  return { ...known, loose: mergeEntries(known.loose, news) };
}

function reaches(piece: readonly Entry[], position: number): boolean {
  const [first, last] = [piece[0], piece.at(-1)];
  return Boolean(first && last && first.position <= position && position <= last.position);
}

function applyUpdate(
  known: Known,
  conversation: Conversation,
  can: Can[] | undefined,
  change: { entries: readonly Entry[]; delivery: DeliveryMark | null } | null,
): Known {
  const marks = raise(known.marks, change?.delivery ?? null);
  const item = newerItem(known.item, conversation, can, marks);
  return applyTold({ ...known, item, marks }, change?.entries ?? []);
}

function applyGone(known: Known, revision: number): Known {
  const gone = Math.max(known.marks.gone, revision);
  const item = known.item && known.item.conversation.revision > gone ? known.item : null;
  const left = (piece: readonly Entry[]) => piece.filter((entry) => entry.revision > gone);
  return {
    ...known,
    item,
    entries: known.entries && left(known.entries),
    far: known.far && left(known.far),
    loose: left(known.loose),
    marks: { ...known.marks, gone },
  };
}

function applyMark(known: Known, mark: OwnMark): Known {
  const marks = seen(known.marks, mark);
  return { ...known, item: known.item && withOwn(known.item, marks), marks };
}

function seen(marks: Marks, own: OwnMark): Marks {
  const { inbound_seen, unread, muted, mentioned, mentioned_at, mark } = own;
  const flag =
    mark > marks.flag.mark ? { mark, unread, muted, mentioned, mentioned_at } : marks.flag;
  return { ...marks, seen: Math.max(marks.seen, inbound_seen), flag };
}

function raise(marks: Marks, delivery: DeliveryMark | null): Marks {
  if (delivery === null) return marks;
  const read = delivery.state === "read" ? Math.max(marks.read, delivery.up_to) : marks.read;
  return { ...marks, read, delivered: Math.max(marks.delivered, delivery.up_to, read) };
}

function newerItem(
  known: ConversationItem | null,
  conversation: Conversation,
  can: Can[] | undefined,
  marks: Marks,
): ConversationItem | null {
  if (conversation.revision <= marks.gone) return known;
  if (known && known.conversation.revision > conversation.revision) return withOwn(known, marks);
  return { conversation, can: can ?? known?.can ?? [], inbound_seen: marks.seen, ...marks.flag };
}

function withOwn(item: ConversationItem, { seen, flag }: Marks): ConversationItem {
  const same = item.inbound_seen >= seen && item.mark >= flag.mark;
  return same ? item : { ...item, inbound_seen: seen, ...flag };
}

// Entries

interface Positioned {
  id: string;
  position: number;
  revision: number;
}

/** Replaces by id when the revision is higher; keeps ascending positions and untouched references. */
export function mergeEntries<T extends Positioned>(
  known: readonly T[],
  news: readonly T[],
): readonly T[] {
  if (news.length === 0) return known;
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  let changed = false;
  for (const entry of news) {
    const old = byId.get(entry.id);
    if (old && old.revision >= entry.revision) continue;
    byId.set(entry.id, entry);
    changed = true;
  }
  if (!changed) return known;
  return [...byId.values()].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

function mergeStaffEntries(
  known: readonly Entry[],
  news: readonly Entry[],
  marks: Marks,
): readonly Entry[] {
  const visible = news.filter((entry) => entry.revision > marks.gone);
  const merged = mergeEntries(known, visible);
  const ticked = merged.map((entry) => tick(entry, marks));
  return ticked.every((entry, index) => entry === merged[index]) ? merged : ticked;
}

const RANK: Record<Delivery, number> = {
  queued: 0,
  uncertain: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  failed: Number.POSITIVE_INFINITY,
};

function tick(entry: Entry, marks: Marks): Entry {
  // What waits to be sent again, behind what was read since, nobody has yet.
  if (entry.delivery === null || entry.delivery === "queued") return entry;
  const reached = reachedBy(entry.position, marks);
  return reached && RANK[reached] > RANK[entry.delivery] ? { ...entry, delivery: reached } : entry;
}

function reachedBy(position: number, marks: Marks): Delivery | null {
  if (position <= marks.read) return "read";
  return position <= marks.delivered ? "delivered" : null;
}

// The whole of a desk at once: fixtures, tests, small states. A store with thousands of
// conversations keeps one Known per conversation instead.

export interface DeskState {
  known: Readonly<Record<string, Known>>;
}

export interface DeskSnapshot {
  items: ConversationItem[];
  threads: Record<string, Entry[]>;
}

export function deskStateOf(snapshot: DeskSnapshot): DeskState {
  const known: Record<string, Known> = {};
  for (const item of snapshot.items) {
    known[item.conversation.id] = applyItem({ ...NOTHING_KNOWN, entries: [] }, item);
  }
  for (const [id, entries] of Object.entries(snapshot.threads)) {
    known[id] = applyEntries(known[id] ?? NOTHING_KNOWN, entries);
  }
  return { known };
}

export function applyDeskEvent(state: DeskState, event: DeskEvent): DeskState {
  if (!isConversationEvent(event)) return state;
  const id = conversationIdOf(event);
  const before = state.known[id] ?? { ...NOTHING_KNOWN, entries: [] };
  return { known: { ...state.known, [id]: applyConversationEvent(before, event) } };
}

/** Back to plain data in a settled order, threads without entries left out. */
export function deskSnapshotOf(state: DeskState): DeskSnapshot {
  const all = Object.entries(state.known).sort(([a], [b]) => (a < b ? -1 : 1));
  const items = all.flatMap(([, known]) => known.item ?? []);
  const threads: Record<string, Entry[]> = {};
  for (const [id, { entries }] of all) {
    if (entries && entries.length > 0) threads[id] = [...entries];
  }
  return { items, threads };
}

// Values without a revision of their own (counters, inboxes, members, the workspace): the newest position wins.

export interface Stamped<T> {
  at: number;
  value: T;
}

export function newest<T>(known: Stamped<T> | undefined, at: number, value: T): Stamped<T> {
  return known && known.at >= at ? known : { at, value };
}

// A visitor's thread

export interface VisitorKnown {
  conversation: VisitorConversation | null;
  entries: readonly VisitorEntry[];
}

export function applyVisitorEvent(known: VisitorKnown, event: ThreadUpdated): VisitorKnown {
  return applyVisitorNews(known, event.data.conversation, event.data.entries);
}

export function applyVisitorNews(
  known: VisitorKnown,
  conversation: VisitorConversation | null,
  entries: readonly VisitorEntry[],
): VisitorKnown {
  return {
    conversation: newerConversation(known.conversation, conversation),
    entries: mergeEntries(known.entries, entries),
  };
}

function newerConversation(
  known: VisitorConversation | null,
  news: VisitorConversation | null,
): VisitorConversation | null {
  if (news === null) return known;
  if (known === null || news.revision > known.revision) {
    // What staff has read only rises, whichever revision says so.
    const staff_read_position = Math.max(known?.staff_read_position ?? 0, news.staff_read_position);
    return staff_read_position === news.staff_read_position
      ? news
      : { ...news, staff_read_position };
  }
  return known.staff_read_position >= news.staff_read_position
    ? known
    : { ...known, staff_read_position: news.staff_read_position };
}
