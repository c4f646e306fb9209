import fc from "fast-check";
import { expect, it } from "vitest";
import { contrast, paletteOf } from "./color";

const color = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

it("keeps every color readable, in light and in dark", () => {
  fc.assert(
    fc.property(color, (base) => {
      const { fill, deep, ink, ink_dark } = paletteOf(base);
      expect(contrast(fill, "#ffffff")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(deep, "#ffffff")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink, "#ffffff")).toBeGreaterThanOrEqual(4.5);
      expect(contrast(ink_dark, "#262d2b")).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 2_000 },
  );
});

it("leaves a color alone that can be read already", () => {
  expect(paletteOf("#0B6E69").fill).toBe("#0b6e69");
});

it("falls back to our own color for nonsense", () => {
  expect(paletteOf("red; background: url(x)")).toEqual(paletteOf("#0B6E69"));
});
