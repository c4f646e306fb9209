import { describe, expect, it } from "vitest";
import { conversationId, entry } from "../../../sync/samples";
import { around, drawn, DRAWN_MAX, earlier, later } from "./window";

const entries = Array.from({ length: 1_000 }, (_, index) => entry(index + 1, conversationId(1)));
const ends = (from: number | null) => {
  const part = drawn(entries, from);
  expect(part.length).toBeLessThanOrEqual(DRAWN_MAX);
  return [part[0]!.position, part.at(-1)!.position];
};

describe("the drawn part of a thread", () => {
  it("is the newest, and all of a short one", () => {
    expect(ends(null)).toEqual([601, 1_000]);
    expect(drawn(entries.slice(0, 30), null)).toHaveLength(30);
    expect(earlier(entries.slice(0, DRAWN_MAX), null)).toBeNull();
  });

  it("moves to an entry that is to be shown, and stays with the newest where that has it", () => {
    const from = around(entries, entries[299]!.id);
    expect(ends(from)).toEqual([200, 599]);
    expect(around(entries, entries[0]!.id)).toBe(1);
    expect(around(entries, entries[700]!.id)).toBeNull();
  });

  it("walks to the beginning and back by steps that overlap", () => {
    let from = earlier(entries, null);
    expect(ends(from)).toEqual([501, 900]);
    for (let step = 0; step < 5; step++) from = earlier(entries, from);
    expect(ends(from)).toEqual([1, 400]);
    expect(earlier(entries, from)).toBeNull();
    let back: number | null = from;
    for (let step = 0; step < 5; step++) back = later(entries, back);
    expect(ends(back)).toEqual([501, 900]);
    expect(later(entries, back)).toBeNull();
  });

  it("stays where it is when older pages and newer messages arrive", () => {
    const from = earlier(entries.slice(200, 900), null);
    expect(drawn(entries, from)).toEqual(drawn(entries.slice(200, 900), from));
  });
});
