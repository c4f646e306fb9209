import { describe, expect, it } from "vitest";
import { dateIn, endOf, holdable, looking, onlyLooks } from "./rights";

const MINE = ["conversation:view:own", "conversation:reply:own", "member:manage:all"];

describe("a token's rights", () => {
  it("are mine without those that only people hold, and no scopes", () => {
    expect(holdable(MINE)).toEqual(["conversation:view", "conversation:reply"]);
    expect(looking(holdable(MINE))).toEqual(["conversation:view"]);
    expect(onlyLooks(["conversation:view", "audit:view"])).toBe(true);
    expect(onlyLooks(["conversation:view", "conversation:reply"])).toBe(false);
  });
});

describe("a token's life", () => {
  it("lasts until the end of its last day", () => {
    const now = new Date("2026-11-30T10:00:00").getTime();
    expect(dateIn(30, now)).toBe("2026-12-30");
    expect(endOf("2026-12-30")).toBe(new Date("2026-12-31T00:00:00").getTime() - 1_000);
    expect(endOf(dateIn(365, now)) - now).toBeLessThan(366 * 86_400_000);
  });
});
