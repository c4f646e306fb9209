import { describe, expect, it } from "vitest";
import type { Card } from "@sapa/protocol";
import type { Pending } from "../../../sync/outbox";
import { conversationId, entry, entryId, ME } from "../../../sync/samples";
import type { Filter } from "./filter";
import { daysOf, kept, readingLine, type Piece } from "./pieces";

const CHAT = conversationId(1);
const me = { id: ME, name: "Olga" };
const MINUTE_MS = 60_000;
const NOON = new Date(2026, 10, 20, 12).getTime();

const at = (n: number, minutes: number, change = {}) =>
  entry(n, CHAT, { at: NOON + minutes * MINUTE_MS, ...change });

const pieces = (...args: Parameters<typeof daysOf>) => daysOf(...args).flatMap((day) => day.pieces);

const shape = (piece: Piece) =>
  piece.kind === "bubble" ? `${piece.head ? "H" : "-"}${piece.tail ? "T" : "-"}` : piece.kind;

describe("pieces of a thread", () => {
  // R197, C16
  it("marks what a visitor who left has not got, and nothing else", () => {
    const ours = (n: number, delivery: "sent" | "delivered" | "read") =>
      at(n, n * 9, { author: { kind: "member", ...me }, delivery });
    const entries = [ours(1, "read"), ours(2, "delivered"), ours(3, "sent"), at(4, 40)];
    const ticks = (absence: "left" | "kept" | null) =>
      pieces(entries, [], me, null, "all", absence).map(
        (piece) => piece.kind === "bubble" && piece.bubble.tick,
      );
    expect(ticks("left")).toEqual(["read", "sent", "left", null]);
    expect(ticks("kept")).toEqual(["read", "sent", "kept", null]);
    expect(ticks(null)).toEqual(["read", "sent", "sent", null]);
    const again = () => pieces(entries, [], me, null, "all", "left")[2];
    const [one, other] = [again(), again()];
    expect(one?.kind === "bubble" && other?.kind === "bubble" && one.bubble === other.bubble).toBe(
      true,
    );
  });

  it("joins the same author within five minutes into a run", () => {
    const entries = [at(1, 0), at(2, 1), at(3, 2), at(4, 9)];
    expect(pieces(entries, [], me, null).map(shape)).toEqual(["H-", "--", "-T", "HT"]);
  });

  // R035, R040, R292, C23
  it("breaks a run at another author, a system line, the reading line and a new day", () => {
    const entries = [
      at(1, 0),
      at(2, 1, { author: { kind: "member", id: ME, name: "Olga" }, delivery: "sent" }),
      at(3, 2, { kind: "closed", text: null }),
      at(4, 3),
      at(5, 4),
    ];
    const line = { before: entryId(5), count: 1 };
    expect(pieces(entries, [], me, line).map(shape)).toEqual([
      "HT",
      "HT",
      "line",
      "HT",
      "new",
      "HT",
    ]);
    expect(daysOf([at(1, 0), at(2, 24 * 60)], [], me, null)).toHaveLength(2);
  });

  // C07, R043
  it("shows nothing of a closing that was taken back at once, unless something was said with it", () => {
    const ours = { author: { kind: "member" as const, id: ME, name: "Olga" }, text: null };
    const thread = (text: string | null, reason: "solved" | null) => [
      at(1, 0),
      at(2, 1, { ...ours, kind: "closed", reason: "solved", text }),
      at(3, 2, { ...ours, kind: "reopened", reason }),
    ];
    const seen = (text: string | null, reason: "solved" | null) =>
      pieces(thread(text, reason), [], me, null).map((piece) => piece.kind);
    expect(seen(null, "solved")).toEqual(["bubble"]);
    expect(seen("paid twice", "solved")).toEqual(["bubble", "line", "line"]);
    expect(seen(null, null)).toEqual(["bubble", "line", "session", "line"]);
  });

  // R253, R254, R255, C22
  it("hides what the filter is not for, and says how much", () => {
    const entries = [
      at(1, 0),
      at(2, 1, { kind: "assigned", text: null }),
      at(3, 2, { author: { kind: "member", id: ME, name: "Olga" }, delivery: "sent" }),
      at(4, 3),
      at(5, 4, { kind: "note", author: { kind: "member", id: ME, name: "Olga" } }),
    ];
    const seen = (filter: Filter) =>
      pieces(entries, [], me, null, filter).map((piece) =>
        piece.kind === "hidden" ? piece.count : piece.kind,
      );
    expect(seen("everything")).toEqual(seen("all"));
    expect(seen("all")).toEqual(["bubble", "line", "bubble", "bubble", "bubble"]);
    expect(seen("visitor")).toEqual(["bubble", 2, "bubble", 1]);
    expect(seen("agent")).toEqual([2, "bubble", 1, "bubble"]);
    expect(seen("actions")).toEqual([1, "line", 3]);
    const card = { kind: "link", url: "https://a.example", title: "A" } as Card;
    const offered = at(6, 5, { author: { kind: "member", id: ME, name: "Olga" }, card });
    entries.push(offered);
    expect(seen("actions")).toEqual([1, "line", 3, "bubble"]);
  });

  it("groups the pages that were viewed, and hides them unless somebody asks", () => {
    const page = { url: "https://shop.example/track", title: "Track" };
    const viewed = (n: number) => at(n, n, { kind: "navigation", text: null, page });
    const entries = [viewed(1), viewed(2), at(3, 3), viewed(4)];
    const seen = (filter: Filter) =>
      pieces(entries, [], me, null, filter).map((piece) =>
        piece.kind === "hidden"
          ? `${piece.pages} of ${piece.count} hidden`
          : piece.kind === "pages"
            ? piece.entries.length
            : piece.kind,
      );
    expect(seen("all")).toEqual(["2 of 2 hidden", "bubble", "1 of 1 hidden"]);
    expect(seen("everything")).toEqual([2, "bubble", 1]);
    expect(seen("navigation")).toEqual([2, "0 of 1 hidden", 1]);
    expect(seen("actions")).toEqual(["3 of 4 hidden"]);
  });

  // R192
  it("puts unsent messages last, and draws a sent one once", () => {
    const pending = (n: number): Pending => ({
      id: entryId(n),
      conversation_id: CHAT,
      text: "mine",
      files: [],
      holder: { kind: "queue" },
      at: NOON,
      order: n,
      refusal: null,
    });
    const drawn = pieces([at(1, 0)], [pending(1), pending(2)], me, null);
    expect(drawn.map(({ key }) => key)).toEqual([entryId(1), entryId(2)]);
    expect(drawn.map((piece) => piece.kind === "bubble" && piece.bubble.tick)).toEqual([
      null,
      "waiting",
    ]);
  });

  // R035, R038, R039
  it("tells time and tick at the end of a run, and before where the tick changes", () => {
    const ours = (n: number, delivery: "sent" | "read") =>
      at(n, n, { author: { kind: "member", id: ME, name: "Olga" }, delivery });
    const drawn = pieces([ours(1, "read"), ours(2, "read"), ours(3, "sent")], [], me, null);
    expect(drawn.map((piece) => piece.kind === "bubble" && piece.told)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("keeps the bubble of an entry that did not change", () => {
    const entries = [at(1, 0)];
    const bubble = () => {
      const piece = pieces(entries, [], me, null)[0];
      return piece?.kind === "bubble" ? piece.bubble : null;
    };
    expect(bubble()).toBe(bubble());
  });

  it("finds where reading stopped", () => {
    const staff = { author: { kind: "member" as const, id: ME, name: null } };
    const entries = [at(1, 0), at(2, 1), at(3, 2, staff), at(4, 3)];
    expect(readingLine(entries, 2)).toEqual({ before: entryId(2), count: 2 });
    expect(readingLine(entries, 0)).toBeNull();
    expect(readingLine(entries, 9)).toBeNull();
  });

  it("keeps the objects of what is drawn as before", () => {
    const entries = [at(1, 0), at(2, 1), at(3, 60 * 24)];
    const before = daysOf(entries, [], me, null);
    const more = at(4, 60 * 24 + 1);
    const now = kept(daysOf([...entries, more], [], me, null), before);
    expect(now[0]).toBe(before[0]);
    expect(now[1]).not.toBe(before[1]);
    // The last one is no longer the end of its run.
    expect(now[1]?.pieces[0]).not.toBe(before[1]?.pieces[0]);
    const again = kept(daysOf([...entries, more, at(5, 60 * 24 + 30)], [], me, null), now);
    expect(again[1]?.pieces.slice(0, 2)).toEqual(now[1]?.pieces);
    expect(again[1]?.pieces[0]).toBe(now[1]?.pieces[0]);
  });

  it("keeps pages that were viewed, until one more is", () => {
    const page = (n: number) => at(n, n, { kind: "navigation" });
    const [first, second] = [page(1), page(2)];
    const before = daysOf([first, second], [], me, null, "everything");
    const now = kept(daysOf([first, second], [], me, null, "everything"), before);
    expect(now[0]).toBe(before[0]);
    const more = kept(daysOf([first, second, page(3)], [], me, null, "everything"), before);
    expect(more[0]?.pieces[0]).toMatchObject({ kind: "pages", entries: { length: 3 } });
  });
});
