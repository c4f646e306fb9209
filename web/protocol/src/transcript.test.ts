import { describe, expect, it } from "vitest";
import { everything, transcriptName } from "./transcript";

describe("everything", () => {
  it("goes on until there is no more, and ends somewhere", async () => {
    const asked: (number | undefined)[] = [];
    const ask = (endless: boolean) => (query: { before?: number }) => {
      asked.push(query.before);
      const newest = (query.before ?? 251) - 1;
      const first = endless ? newest : Math.max(1, newest - 99);
      const entries = [];
      for (let position = first; position <= newest; position++) entries.push({ position });
      return Promise.resolve({ entries, has_more: first > 1 });
    };
    const all = await everything(ask(false));
    expect(all.entries.map(({ position }) => position)).toEqual(
      Array.from({ length: 250 }, (_, index) => index + 1),
    );
    expect([all.whole, asked]).toEqual([true, [undefined, 151, 51]]);
    expect((await everything(ask(true))).whole).toBe(false);
  });
});

it("is called so that every file system takes it", () => {
  const noon = new Date(2026, 10, 29, 12).getTime();
  expect(transcriptName('Kopi "Senja" / Bar?', noon)).toBe("Kopi -Senja- - Bar- 2026-11-29.txt");
});
