// A small model server writes histories; whatever order, repetition or snapshot they arrive in, the
// client must end where the server ended.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conversation, ConversationEvent, Delivery, Entry } from "./api";
import type { ConversationId, EntryId } from "./ids";
import {
  applyConversationEvent,
  applyDeskEvent,
  applyEntries,
  applyItem,
  applyTold,
  deskSnapshotOf,
  deskStateOf,
  NOTHING_KNOWN,
  openFar,
  type DeskState,
} from "./reduce";

const EMPTY: DeskState = { known: {} };

type Step =
  | { do: "inbound"; chat: number }
  | { do: "answer"; chat: number }
  | { do: "fail"; chat: number }
  | { do: "mark"; chat: number; state: "delivered" | "read" }
  | { do: "see"; chat: number }
  | { do: "flag"; chat: number }
  | { do: "assign"; chat: number }
  | { do: "lose"; chat: number };

const chat = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("inbound" as const), chat }),
  fc.record({ do: fc.constant("answer" as const), chat }),
  fc.record({ do: fc.constant("fail" as const), chat }),
  fc.record({
    do: fc.constant("mark" as const),
    chat,
    state: fc.constantFrom("delivered" as const, "read" as const),
  }),
  fc.record({ do: fc.constant("see" as const), chat }),
  fc.record({ do: fc.constant("flag" as const), chat }),
  fc.record({ do: fc.constant("assign" as const), chat }),
  fc.record({ do: fc.constant("lose" as const), chat }),
);

/** The server's truth of one conversation, told the plain way. */
interface Truth {
  conversation: Conversation;
  entries: Entry[];
  seen: number;
  unread: boolean;
  mark: number;
  visible: boolean;
  /** Entries from before I lost sight of it are not sent again. */
  since: number;
}

interface History {
  events: ConversationEvent[];
  truths: Map<ConversationId, Truth>;
}

function play(steps: Step[]): History {
  const truths = new Map<ConversationId, Truth>();
  const events: ConversationEvent[] = [];
  let position = 0;

  for (const { chat, ...what } of steps) {
    position += 1;
    const id: ConversationId = `cnv_${chat}`;
    const truth = truths.get(id) ?? newTruth(id);
    truths.set(id, truth);
    const news: Entry[] = [];
    let mark = null;

    if (what.do === "lose") {
      if (!truth.visible) continue;
      truth.visible = false;
      truth.since = position;
      events.push({
        type: "event",
        position,
        kind: "conversation.gone",
        data: { conversation_id: id, revision: position, by: null, joined: null, deleted: false },
      });
      continue;
    }
    if (what.do === "see" || what.do === "flag") {
      if (!truth.visible) continue;
      if (what.do === "see") truth.seen = truth.conversation.inbound_count;
      truth.unread = what.do === "flag";
      truth.mark += 1;
      events.push({
        type: "event",
        position,
        kind: "conversation.read_mark",
        data: {
          conversation_id: id,
          inbound_seen: truth.seen,
          unread: truth.unread,
          muted: false,
          mentioned: truth.unread,
          mentioned_at: truth.mark,
          position: truth.seen,
          mark: truth.mark,
        },
      });
      continue;
    }
    if (what.do === "inbound") {
      news.push(newEntry(id, position, null));
      truth.conversation = {
        ...truth.conversation,
        inbound_count: truth.conversation.inbound_count + 1,
      };
    }
    if (what.do === "answer") news.push(newEntry(id, position, "sent"));
    if (what.do === "fail") {
      const open = truth.entries.find(
        (entry) => entry.delivery === "sent" && entry.position > truth.since,
      );
      if (open)
        news.push({ ...open, delivery: "failed", failure: "contact_blocked", revision: position });
    }
    if (what.do === "mark") {
      const up_to = position - 1;
      mark = { state: what.state, up_to };
      truth.entries = truth.entries.map((entry) => forward(entry, what.state));
    }
    truth.visible = true;
    truth.conversation = { ...truth.conversation, revision: position };
    truth.entries = [
      ...truth.entries.filter((old) => !news.some(({ id }) => id === old.id)),
      ...news,
    ];
    events.push({
      type: "event",
      position,
      kind: "conversation.updated",
      can: ["reply"],
      data: { conversation: truth.conversation, entries: news, delivery: mark },
    });
  }
  return { events, truths };
}

function forward(entry: Entry, state: "delivered" | "read"): Entry {
  const lower = state === "read" ? ["sent", "delivered"] : ["sent"];
  return entry.delivery && lower.includes(entry.delivery) ? { ...entry, delivery: state } : entry;
}

function newTruth(id: ConversationId): Truth {
  const conversation: Conversation = {
    id,
    inbox_id: "inb_1",
    channel: "website",
    contact: { id: "con_1", name: null, email: null, phone: null, verified: null, color: 0 },
    status: "open",
    close_reason: null,
    snoozed_until: null,
    scheduled_at: null,
    block: null,
    title: null,
    tag_ids: [],
    visit: null,
    page_data: {},
    holder: { kind: "queue" },
    priority: "normal",
    revision: 0,
    last_position: 0,
    last_activity_at: 0,
    opened_at: 0,
    waiting_since: null,
    answer_until: null,
    warning_at: null,
    late_at: null,
    inbound_count: 0,
    counts: { sent: 0, notes: 0, ratings: 0, pages: 0, acts: 0 },
    staff_read_position: 0,
    preview: null,
  };
  return { conversation, entries: [], seen: 0, unread: false, mark: 0, visible: false, since: 0 };
}

function newEntry(
  conversation_id: ConversationId,
  position: number,
  delivery: Delivery | null,
): Entry {
  return {
    id: `ent_${position}` as EntryId,
    conversation_id,
    position,
    at: position,
    kind: "message",
    author: { kind: delivery ? "member" : "contact", id: null, name: null },
    revision: position,
    text: `${position}`,
    files: [],
    delivery,
    failure: null,
    failure_detail: null,
    written_at: null,
    unsupported: null,
    mail: null,
    assignment: null,
    reason: null,
    tag_id: null,
    until: null,
    score: null,
    page: null,
    mentions: [],
    quote: null,
    card: null,
    record: null,
    clicked_at: null,
    edited_at: null,
    earlier: [],
    removed: null,
    about: null,
    reactions: [],
  };
}

/** What the server would answer to a fresh load, limited to what was sent since I may see it. */
function truthOf({ truths }: History) {
  const items = [];
  const threads: Record<string, Entry[]> = {};
  for (const [id, truth] of [...truths].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { conversation, seen, unread, mark } = truth;
    if (truth.visible)
      items.push({
        conversation,
        can: ["reply"],
        inbound_seen: seen,
        unread,
        muted: false,
        mentioned: unread,
        mentioned_at: mark === 0 ? null : mark,
        mark,
      });
    const entries = truth.entries
      .filter((entry) => entry.revision > truth.since)
      .sort((a, b) => a.position - b.position);
    if (entries.length > 0) threads[id] = entries;
  }
  return { items, threads };
}

/** A snapshot knows nothing of what was seen in a conversation that is gone; if it returns, its next load tells. */
function onlyKnown({ items, threads }: ReturnType<typeof truthOf>, { truths }: History) {
  const known = items.map((item) => {
    const lost = truths.get(item.conversation.id)!.since > 0;
    return lost
      ? {
          ...item,
          inbound_seen: 0,
          unread: false,
          muted: false,
          mentioned: false,
          mentioned_at: null,
          mark: 0,
        }
      : item;
  });
  return { items: known, threads };
}

const history = fc.array(step, { maxLength: 30 }).map(play);

/** The same events in any order, some of them more than once. */
const scrambled = history.chain((told) =>
  fc
    .tuple(
      fc.shuffledSubarray(told.events, { minLength: told.events.length }),
      fc.array(fc.nat(), { maxLength: 20 }),
    )
    .map(([order, repeats]) => ({
      told,
      order: order.concat(order.length === 0 ? [] : repeats.map((at) => order[at % order.length]!)),
    })),
);

/** As far as the viewer's own marks go. */
interface Marked {
  items: { conversation: { id: string }; inbound_seen: number; unread: boolean; mark: number }[];
  threads: unknown;
}

describe("events", () => {
  it("in order end where the server ended", () => {
    fc.assert(
      fc.property(history, (told) => {
        const end = told.events.reduce(applyDeskEvent, EMPTY);
        expect(onlyKnown(deskSnapshotOf(end), told)).toEqual(onlyKnown(truthOf(told), told));
      }),
      { numRuns: 500 },
    );
  });

  it("in any order and repeated end in the same state", () => {
    fc.assert(
      fc.property(scrambled, ({ told, order }) => {
        const end = order.reduce(applyDeskEvent, EMPTY);
        expect(deskSnapshotOf(end)).toEqual(truthOf(told));
      }),
      { numRuns: 1_000 },
    );
  });

  it("before, after and around a snapshot end in the same state", () => {
    fc.assert(
      fc.property(history, fc.nat(30), fc.nat(30), (told, cut, overlap) => {
        const middle = Math.min(cut, told.events.length);
        const early = told.events.slice(0, middle).reduce(applyDeskEvent, EMPTY);
        const snapshot = deskSnapshotOf(early);
        const resumed = told.events.slice(Math.max(0, middle - overlap));
        // The cursor of a snapshot is taken before reading, so some resumed events are already in it.
        const end = resumed.reduce(applyDeskEvent, deskStateOf(snapshot));
        // What was hidden at the snapshot comes back without the viewer's own marks: no event carries them.
        const shown = new Set<string>(snapshot.items.map((item) => item.conversation.id));
        const unmarked = ({ items, threads }: Marked) => ({
          items: items.map((item) =>
            shown.has(item.conversation.id)
              ? item
              : {
                  ...item,
                  inbound_seen: 0,
                  unread: false,
                  muted: false,
                  mentioned: false,
                  mentioned_at: null,
                  mark: 0,
                },
          ),
          threads,
        });
        expect(unmarked(deskSnapshotOf(end))).toEqual(unmarked(truthOf(told)));
      }),
      { numRuns: 500 },
    );
  });

  // C16
  it("never move a tick backwards", () => {
    const rank = { queued: 0, uncertain: 0, sent: 1, delivered: 2, read: 3, failed: 4 };
    fc.assert(
      fc.property(scrambled, ({ order }) => {
        let state = EMPTY;
        const highest = new Map<string, number>();
        for (const event of order) {
          state = applyDeskEvent(state, event);
          for (const entry of Object.values(state.known).flatMap((known) => known.entries ?? [])) {
            if (entry.delivery === null) continue;
            expect(rank[entry.delivery]).toBeGreaterThanOrEqual(highest.get(entry.id) ?? 0);
            highest.set(entry.id, rank[entry.delivery]);
          }
        }
      }),
    );
  });
});

describe("one conversation", () => {
  const inbound = play([{ do: "inbound", chat: 0 }]).events[0]!;

  it("keeps no entries while nobody looks at the thread", () => {
    const known = applyConversationEvent(NOTHING_KNOWN, inbound);
    expect(known.entries).toBeNull();
    expect(known.item?.conversation.inbound_count).toBe(1);
  });

  it("returns the same entries when an event brings nothing new", () => {
    const followed = { ...NOTHING_KNOWN, entries: [] };
    const once = applyConversationEvent(followed, inbound);
    const twice = applyConversationEvent(once, inbound);
    expect(twice.entries).toBe(once.entries);
  });

  it("merges older history in front and lays ticks over it", () => {
    const marked = applyConversationEvent(
      { ...NOTHING_KNOWN, entries: [] },
      play([
        { do: "answer", chat: 0 },
        { do: "answer", chat: 0 },
        { do: "mark", chat: 0, state: "read" },
      ]).events[2]!,
    );
    const page = [newEntry("cnv_0", 2, "sent"), newEntry("cnv_0", 1, "delivered")];
    const known = applyEntries(marked, page);
    expect(known.entries?.map(({ position, delivery }) => [position, delivery])).toEqual([
      [1, "read"],
      [2, "read"],
    ]);
  });

  it("keeps an old entry that changed out of the newest piece until its page comes", () => {
    const removed = { ...newEntry("cnv_0", 3, "sent"), text: "", revision: 50 };
    const page = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => newEntry("cnv_0", from + at, "sent"));
    const positions = (entries: readonly Entry[] | null) =>
      entries?.map(({ position }) => position);
    const newest = applyEntries({ ...NOTHING_KNOWN, entries: [] }, page(40, 44));
    const told = applyTold(newest, [removed]);
    expect(positions(told.entries)).toEqual([40, 41, 42, 43]);

    const far = openFar(told, page(2, 5));
    expect(far.far?.map(({ text }) => text)).toEqual(["2", "", "4"]);
    const edited = applyTold(far, [
      { ...newEntry("cnv_0", 4, "sent"), text: "four", revision: 51 },
    ]);
    expect(edited.far?.at(-1)?.text).toBe("four");
    expect(positions(edited.entries)).toEqual([40, 41, 42, 43]);

    const older = applyEntries(told, page(1, 40));
    expect(older.entries?.[2]?.text).toBe("");
    // Told before the first page came.
    const early = applyTold({ ...NOTHING_KNOWN, entries: [] }, [
      removed,
      newEntry("cnv_0", 44, null),
    ]);
    expect(positions(applyEntries(early, page(40, 44)).entries)).toEqual([40, 41, 42, 43, 44]);
  });

  it("ignores an answer older than what is known", () => {
    const { events } = play([
      { do: "inbound", chat: 0 },
      { do: "inbound", chat: 0 },
    ]);
    const old = applyConversationEvent(NOTHING_KNOWN, events[0]!).item!;
    const known = applyItem(applyConversationEvent(NOTHING_KNOWN, events[1]!), old);
    expect(known.item?.conversation.revision).toBe(2);
  });
});
