import { describe, expect, it } from "vitest";
import { fold, placesIn, wordsOf } from "./highlight";

describe("marking what was found", () => {
  it("ignores case and accents and keeps every place", () => {
    expect(fold("Café DÉJÀ")).toBe("cafe deja");
    expect(placesIn("Le café et le CAFÉ", wordsOf("cafe"))).toEqual([
      { from: 3, to: 7 },
      { from: 14, to: 18 },
    ]);
    expect(placesIn("😀 Ёжик", ["ежик"])).toEqual([{ from: 3, to: 7 }]);
  });

  it("marks words and no filters", () => {
    expect(wordsOf('from:me "kopi dua" has:file Été')).toEqual(["kopi", "dua", "ete"]);
  });
});
