import { expect, test } from "vitest";
import { IDLE_MS, isIdle } from "./idle";

// C41
test("only who is online and was not seen for ten minutes is away", () => {
  expect(IDLE_MS).toBe(600_000);
  expect(isIdle("online", 0, IDLE_MS - 1)).toBe(false);
  expect(isIdle("online", 0, IDLE_MS)).toBe(true);
  expect(isIdle("away", 0, IDLE_MS)).toBe(false);
  expect(isIdle("offline", 0, IDLE_MS)).toBe(false);
});
