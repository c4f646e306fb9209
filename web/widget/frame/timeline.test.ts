import type { EntryId, VisitorEntry, VisitorKnown } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import type { Outgoing } from "./outbox";
import { timeline, type BubbleRow } from "./timeline";

const NOON = new Date(2026, 10, 20, 12).getTime();
const MINUTE = 60_000;

function entry(position: number, more: Partial<VisitorEntry> = {}): VisitorEntry {
  return {
    id: `ent_${position}`,
    position,
    at: NOON + position * 1_000,
    kind: "message",
    author: { kind: "visitor", name: null },
    revision: position,
    text: `${position}`,
    files: [],
    quote: null,
    card: null,
    edited: false,
    removed: false,
    ratable: false,
    score: null,
    ...more,
  };
}

function unsent(id: EntryId, more: Partial<Outgoing> = {}): Outgoing {
  return { id, written_at: NOON + MINUTE, text: "new", files: [], problem: null, ...more };
}

function known(entries: VisitorEntry[], staff_read_position = 0): VisitorKnown {
  const conversation = {
    id: "cnv_1",
    status: "open",
    revision: 1,
    staff_read_position,
    agent: null,
  } as const;
  return { conversation, entries };
}

const agent = { kind: "agent", name: "Dewi" } as const;
const bubbles = (rows: ReturnType<typeof timeline>) =>
  rows.filter((row): row is BubbleRow => row.row === "bubble");

it("shows a rating where it was given, once the next session began", () => {
  const system = { kind: "system", name: null } as const;
  const entries = [
    entry(1),
    entry(2, { kind: "closed", author: system, text: null, ratable: true }),
    entry(3, { kind: "rating", score: 4, text: "quick" }),
  ];
  const rows = (entries: VisitorEntry[], status: "open" | "closed") => {
    const { conversation } = known([]);
    return timeline({ conversation: { ...conversation!, status }, entries }, []).map(
      ({ row }) => row,
    );
  };
  expect(rows(entries, "closed")).toEqual(["day", "bubble", "note"]);
  const later = [
    ...entries,
    entry(4, { kind: "reopened", author: system, text: null, at: NOON + 20 * MINUTE }),
    entry(5, { at: NOON + 20 * MINUTE }),
  ];
  expect(rows(later, "open")).toEqual(["day", "bubble", "note", "rated", "bubble"]);
});

describe("days", () => {
  it("shows no close that was undone, and every other one", () => {
    const system = { kind: "system", name: null } as const;
    const line = (position: number, kind: "closed" | "reopened", at: number) =>
      entry(position, { kind, at: NOON + at, author: system, text: null });
    const kinds = (entries: VisitorEntry[]) =>
      timeline(known(entries), []).flatMap((row) => (row.row === "note" ? row.kind : []));
    expect(kinds([entry(1), line(2, "closed", 0), line(3, "reopened", 4_000)])).toEqual([]);
    expect(
      kinds([
        entry(1),
        line(2, "closed", 0),
        line(3, "reopened", 4_000),
        line(4, "closed", 20_000),
      ]),
    ).toEqual(["closed"]);
    expect(kinds([entry(1), line(2, "closed", 0), line(3, "reopened", 40_000)])).toEqual([
      "closed",
    ]);
    expect(
      kinds([line(1, "closed", 0), entry(2, { at: NOON + 1_000 }), line(3, "reopened", 4_000)]),
    ).toEqual(["closed"]);
  });

  it("are divided once each", () => {
    const yesterday = entry(1, { at: NOON - 24 * 60 * MINUTE });
    const rows = timeline(known([yesterday, entry(2), entry(3)]), []);
    expect(rows.map(({ row }) => row)).toEqual(["day", "bubble", "day", "bubble", "bubble"]);
  });
});

describe("runs", () => {
  const ends = (rows: BubbleRow[]) => rows.map(({ first, last }) => `${+first}${+last}`);

  it("join the same author within five minutes", () => {
    const later = NOON + 6 * MINUTE;
    const rows = timeline(
      known([
        entry(1),
        entry(2),
        entry(3, { author: agent }),
        entry(4, { author: agent, at: later }),
      ]),
      [],
    );
    expect(ends(bubbles(rows))).toEqual(["10", "01", "11", "11"]);
  });

  it("end at a note", () => {
    const note = entry(2, { kind: "assigned", author: agent });
    const rows = timeline(known([entry(1), note, entry(3)]), []);
    expect(ends(bubbles(rows))).toEqual(["11", "11"]);
  });

  it("show the time again where the tick changes", () => {
    const rows = timeline(known([entry(1), entry(2)], 1), []);
    expect(ends(bubbles(rows))).toEqual(["11", "01"]);
  });
});

describe("ticks", () => {
  // R193, R194
  it("are two up to what staff has read, and only on own messages", () => {
    const rows = timeline(known([entry(1), entry(2), entry(3, { author: agent })], 1), []);
    expect(bubbles(rows).map(({ tick }) => tick)).toEqual(["read", "sent", null]);
  });

  // R192, R195
  it("are a clock or a cross while not stored", () => {
    const problem = { type: "", title: "", status: 403, code: "contact_blocked", params: {} };
    const rows = timeline(known([]), [unsent("ent_8"), unsent("ent_9", { problem })]);
    expect(bubbles(rows).map(({ tick }) => tick)).toEqual(["sending", "failed"]);
  });
});

it("shows a message once while its acknowledgement and its event overlap", () => {
  const rows = timeline(known([entry(1)]), [unsent("ent_1"), unsent("ent_2")]);
  expect(bubbles(rows).map(({ key }) => key)).toEqual(["ent_1", "ent_2"]);
});
