import { blocksOf } from "@sapa/protocol/marks";
import fc from "fast-check";
import { expect, it } from "vitest";
import { characters, isMarked } from "./text";

it("knows every text that is drawn otherwise than it is written", () => {
  const part = fc.constantFrom(
    ..."*_~`>-+1. \nab",
    "https://a.example",
    "+62 812 345 6789",
    "- ",
    "1. ",
    "> ",
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join("");
      const plain = JSON.stringify([{ kind: "text", parts: [{ kind: "text", text }] }]);
      expect(isMarked(text) || text === "" || JSON.stringify(blocksOf(text)) === plain).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  expect(isMarked("Halo, apa kabar? 2 x 3 - 4")).toBe(false);
});

it("counts characters as the server does", () => {
  expect(characters("abc")).toBe(3);
  expect(characters("🎉🎉")).toBe(2);
  expect(characters("")).toBe(0);
});
