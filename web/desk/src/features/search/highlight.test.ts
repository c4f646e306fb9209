import { describe, expect, it } from "vitest";
import { ALL_MARKS } from "@sapa/protocol/marks";
import { fold, placesIn, plainSnippet, wordsOf } from "./highlight";

describe("marking what was found", () => {
  it("ignores case and accents and keeps every place", () => {
    expect(fold("Café DÉJÀ")).toBe("cafe deja");
    expect(placesIn("Le café et le CAFÉ", wordsOf("cafe"))).toEqual([
      { from: 3, to: 7 },
      { from: 14, to: 18 },
    ]);
    expect(placesIn("😀 Ёжик", ["ежик"])).toEqual([{ from: 3, to: 7 }]);
  });

  it("keeps the place of what was found when the marks around it go", () => {
    const found = {
      text: "… is *ready*, _not_ `sent`",
      ranges: [
        [6, 11],
        [21, 25],
      ],
    };
    const { text, ranges } = plainSnippet(found, ALL_MARKS);
    expect(text).toBe("… is ready, not sent");
    expect(ranges.map(([from, to]) => text.slice(from, to))).toEqual(["ready", "sent"]);
    expect(plainSnippet(found, [])).toEqual(found);
  });

  it("marks words and no filters", () => {
    expect(wordsOf('from:me "kopi dua" has:file Été')).toEqual(["kopi", "dua", "ete"]);
  });
});
