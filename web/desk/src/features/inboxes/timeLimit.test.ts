import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountOf, secondsOf } from "./timeLimit";

describe("amounts of time", () => {
  // C12
  test("stand in the largest unit that holds them whole", () => {
    expect(amountOf(90)).toEqual({ count: "90", unit: "seconds" });
    expect(amountOf(300)).toEqual({ count: "5", unit: "minutes" });
    expect(amountOf(7_200)).toEqual({ count: "2", unit: "hours" });
    expect(amountOf(172_800)).toEqual({ count: "2", unit: "days" });
    expect(secondsOf(amountOf(null))).toBeNull();
  });

  test("are the same after they were read and written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_592_000 }), (seconds) => {
        expect(secondsOf(amountOf(seconds))).toBe(seconds);
      }),
    );
  });
});
