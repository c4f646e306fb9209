import { describe, expect, test } from "vitest";
import { urgencyOf } from "./urgency";

const waiting = { status: "open", warning_at: 100, late_at: 200 } as const;

describe("urgency", () => {
  // C12
  test("turns at its moments and not before", () => {
    expect(urgencyOf(waiting, 99)).toBeNull();
    expect(urgencyOf(waiting, 100)).toBe("warning");
    expect(urgencyOf(waiting, 199)).toBe("warning");
    expect(urgencyOf(waiting, 200)).toBe("late");
  });

  test("a limit may have no warning, and nobody waits in what is closed", () => {
    expect(urgencyOf({ ...waiting, warning_at: null }, 150)).toBeNull();
    expect(urgencyOf({ ...waiting, warning_at: null, late_at: null }, 500)).toBeNull();
    expect(urgencyOf({ ...waiting, status: "closed" }, 500)).toBeNull();
  });
});
