import type { QuickReply, QuickReplyItem } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { matching, prepared, shortcutFor, slashAt, titleFor } from "./match";

const INBOX = "inb_00000000000000000000000000000001" as const;
const OTHER = "inb_00000000000000000000000000000002" as const;

function one(shortcut: string, change: Partial<QuickReply> = {}): QuickReplyItem {
  const quick_reply: QuickReply = {
    id: `qrp_${shortcut}`,
    shortcut,
    title: "",
    group: null,
    text: "",
    files: [],
    scope: { kind: "workspace" },
    uses: 0,
    last_used_at: null,
    ...change,
  };
  return { quick_reply, can: [] };
}

const names = (items: readonly QuickReplyItem[]) =>
  items.map(({ quick_reply }) => quick_reply.shortcut);

describe("a shortcut behind a slash", () => {
  it("begins at the start or behind white space, and ends at the caret", () => {
    expect(slashAt("/", 1)).toEqual({ start: 0, typed: "" });
    expect(slashAt("Hello\n/shi", 10)).toEqual({ start: 6, typed: "shi" });
    expect(slashAt("a /ship b", 5)).toEqual({ start: 2, typed: "sh" });
  });

  it("is none in addresses, dates and sentences", () => {
    for (const text of ["https://", "and/or", "1/2", "/a/b", "/ship now", ""]) {
      expect(slashAt(text, text.length), text).toBeNull();
    }
  });
});

describe("finding", () => {
  const items = [
    one("hours", { title: "Opening hours", text: "We ship" }),
    one("express", { title: "Shipping, express" }),
    one("ongkir", { group: "Shipping" }),
    one("ship", { title: "How we send" }),
    one("airship"),
    one("shipped", { title: "On its way" }),
  ];

  it("puts the shortcut first, then title, group and text", () => {
    expect(names(matching(prepared(items, null), "ship"))).toEqual([
      "ship",
      "shipped",
      "airship",
      "express",
      "ongkir",
      "hours",
    ]);
  });

  it("puts what is used most first among equals", () => {
    const used = [one("a1", { uses: 2 }), one("a2", { uses: 9 }), one("a3", { uses: 2 })];
    expect(names(matching(prepared(used, null), "a"))).toEqual(["a2", "a1", "a3"]);
    expect(names(matching(prepared(used, null), ""))).toEqual(["a2", "a1", "a3"]);
  });

  it("asks for every word and forgives accents and case", () => {
    const french = [one("cafe", { title: "Café ouvert" }), one("cafe2", { title: "Fermé" })];
    expect(names(matching(prepared(french, null), "CAFÉ ouv"))).toEqual(["cafe"]);
    expect(matching(prepared(french, null), "zzz")).toEqual([]);
  });

  it("leaves out what belongs to another inbox, or to a team that I am not in", () => {
    const boxes = [
      one("here", { scope: { kind: "inbox", inbox_id: INBOX } }),
      one("there", { scope: { kind: "inbox", inbox_id: OTHER } }),
      one("mine", { scope: { kind: "team", team_id: "tea_1" } }),
      one("theirs", { scope: { kind: "team", team_id: "tea_2" } }),
      one("all"),
    ];
    const use = { inbox: INBOX, teams: ["tea_1" as const] };
    expect(names(matching(prepared(boxes, use), ""))).toEqual(["all", "here", "mine"]);
    expect(prepared(boxes, null)).toHaveLength(5);
  });

  it("is quick enough to follow the keys", () => {
    const text = "Lorem ipsum dolor sit amet ".repeat(70);
    const many = Array.from({ length: 1_500 }, (_, n) => one(`s${n}`, { title: `T ${n}`, text }));
    const all = prepared(many, null);
    const begun = performance.now();
    for (const typed of ["l", "lo", "lor", "zz", "s14"]) matching(all, typed);
    expect(performance.now() - begun).toBeLessThan(250);
  });
});

describe("proposals from a message", () => {
  it("are the first words, short enough", () => {
    expect(titleFor("  We ship every day.\nBye")).toBe("We ship every day.");
    expect(titleFor("word ".repeat(40)).length).toBeLessThanOrEqual(48);
    expect(shortcutFor("We ship every day")).toBe("ship");
    expect(shortcutFor("¡Sí!")).toBe("si");
    expect(shortcutFor("…")).toBe("");
  });
});
