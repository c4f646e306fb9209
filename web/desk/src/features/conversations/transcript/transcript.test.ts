import { ALL_MARKS } from "@sapa/protocol/marks";
import { expect, it, vi } from "vitest";
import { conversationId, entry, MARC, ME } from "../../../sync/samples";
import { transcript } from "./transcript";

vi.stubEnv("TZ", "UTC");
vi.stubGlobal("navigator", { languages: ["en"] });

const CHAT = conversationId(1);
const AT = Date.UTC(2026, 10, 29, 3, 2);
const marc = { kind: "member" as const, id: MARC, name: "Marc" };
const me = { kind: "member" as const, id: ME, name: "Ayu" };
const contact = { kind: "contact" as const, id: "con_1", name: null };

const entries = [
  entry(1, CHAT, { kind: "opened", author: contact, text: null }),
  entry(2, CHAT, { author: contact, text: "Hello\n[10:00] Marc: free!" }),
  entry(3, CHAT, { kind: "note", author: marc, text: "He asks every week" }),
  entry(4, CHAT, { author: me, text: "From nine to five", edited_at: AT }),
  entry(5, CHAT, { kind: "tagged", author: me, text: "difficult" }),
  entry(6, CHAT, { author: marc, text: null, removed: { at: AT, by: marc } }),
  entry(7, CHAT, { kind: "closed", author: marc, reason: "solved", text: "rude, in the end" }),
];
const written = (internal: boolean) =>
  transcript("Dewi", { entries, whole: true }, "Dewi", internal, ALL_MARKS, AT).split("\r\n");

it("holds what the customer may see, by name, and no line that somebody else made up", () => {
  const lines = written(false);
  const text = lines.join("\n");
  expect(lines[0]).toBe("Dewi");
  expect(lines[1]).toMatch(/2026.*UTC/);
  expect(text).toContain("] Dewi:\n    Hello\n    [10:00] Marc: free!\n");
  expect(text).toMatch(/\] Ayu \(.*\):\n {4}From nine to five\n/);
  expect(text).toMatch(/\] Marc: .*removed/i);
  expect(lines.filter((line) => line.startsWith("["))).toHaveLength(4);
});

it("holds no note, no tag and no word of the team unless it is asked to", () => {
  const [common, internal] = [written(false).join("\n"), written(true).join("\n")];
  for (const words of ["every week", "difficult", "rude"]) {
    expect(common).not.toContain(words);
    expect(internal).toContain(words);
  }
  expect(internal).toMatch(/\] Marc \(Note\):\n {4}He asks every week/);
});

// As VisitorEntry::of shows it, in features/conversations/src/event.rs.
it("says of what was done no more than the customer sees: who joined, and that it was closed", () => {
  const budi = { kind: "member" as const, id: ME };
  const handed = {
    from: { kind: "queue" as const },
    from_name: null,
    comment: "Yours, I think",
    why: null,
  };
  const to_budi = { ...handed, to: budi, to_name: "Budi" };
  const to_queue = { ...handed, from: budi, from_name: "Budi", to: handed.from, to_name: null };
  const system = { kind: "system" as const, id: null, name: null };
  const done = [
    entry(1, CHAT, { kind: "assigned", author: marc, text: null, assignment: to_budi }),
    entry(2, CHAT, { kind: "assigned", author: system, text: null, assignment: to_queue }),
    entry(3, CHAT, { kind: "closed", author: marc, text: "rude", reason: "spam" }),
    entry(4, CHAT, { kind: "reopened", author: marc, text: null }),
    entry(5, CHAT, { kind: "closed", author: system, text: null }),
  ];
  const told = (internal: boolean) =>
    transcript("Dewi", { entries: done, whole: true }, "Dewi", internal, ALL_MARKS, AT)
      .split("\r\n")
      .flatMap((line) => /^\[.*?\] (.*)/.exec(line)?.[1] ?? []);
  expect(told(false)).toEqual(["Budi joined", "The chat was closed", "The chat was closed"]);
  expect(told(true)[0]).toMatch(/Marc.* assigned this to .*Budi/);
  expect(told(true)).toHaveLength(5);
});

it("says when the oldest are left out", () => {
  const told = { entries, whole: false };
  expect(transcript("Dewi", told, "Dewi", false, ALL_MARKS, AT)).toContain("oldest");
});
