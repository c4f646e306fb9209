import type { Entry, TimelineEntry } from "@sapa/protocol";
import { expect, it } from "vitest";
import { daysOf } from "./timeline";

const DAY = 86_400_000;
const NOON = new Date(2026, 11, 1, 12).getTime();

function item(id: string, at: number, conversation: string, session = 1): TimelineEntry {
  const entry = {
    id: `ent_${id}`,
    conversation_id: `cnv_${conversation}`,
    position: 1,
    at,
    kind: "message",
    author: { kind: "contact", id: null, name: "Nadia" },
    text: id,
    files: [{ name: "a.png" }],
    score: null,
  } as unknown as Entry;
  return { entry, session, session_title: null };
}

// R276
it("marks each conversation and session where it begins, on each day anew", () => {
  const days = daysOf([
    item("1", NOON, "a"),
    item("2", NOON + 1, "a"),
    item("3", NOON + 2, "b"),
    item("4", NOON + 3, "a"),
    item("5", NOON + 4, "a", 2),
    item("6", NOON + DAY, "a", 2),
  ]);
  const drawn = days.map(({ stretches }) =>
    stretches.map(({ conversation, session, lines }) =>
      [conversation, session, ...lines.map(({ text }) => text)].join(" "),
    ),
  );
  expect(drawn).toEqual([["cnv_a 1 1 2", "cnv_b 1 3", "cnv_a 1 4", "cnv_a 2 5"], ["cnv_a 2 6"]]);
  expect(days[0]!.stretches[0]!.lines[0]!.files).toEqual(["a.png"]);
});
