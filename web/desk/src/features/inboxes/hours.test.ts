import { describe, expect, it } from "vitest";
import { isWeek, minutesOf, timeOf, withSpan, zones } from "./hours";

describe("opening hours", () => {
  it("are minutes, and midnight ends a day", () => {
    expect([timeOf(0), timeOf(545), timeOf(1_440)]).toEqual(["00:00", "09:05", "00:00"]);
    expect(minutesOf("00:00", "until")).toBe(1_440);
    expect(minutesOf("00:00", "from")).toBe(0);
    expect(minutesOf("", "from")).toBeNull();
  });

  it("grow by what is left of the day", () => {
    const first = withSpan([], 1);
    expect(first).toEqual([{ day: 1, from: 540, until: 1_020 }]);
    expect(withSpan(first, 1)[1]).toEqual({ day: 1, from: 1_080, until: 1_320 });
    expect(withSpan(first, 2)[1]).toEqual({ day: 2, from: 540, until: 1_020 });
  });

  it("do not overlap on one day", () => {
    const span = (day: number, from: number, until: number) => ({ day, from, until });
    expect(isWeek([span(1, 540, 720), span(1, 720, 800), span(2, 540, 720)])).toBe(true);
    expect(isWeek([span(1, 540, 720), span(1, 719, 800)])).toBe(false);
    expect(isWeek([span(1, 540, 540)])).toBe(false);
  });

  it("keep a zone that this browser does not know", () => {
    expect(zones("Mars/Base")[0]).toBe("Mars/Base");
    expect(zones("Asia/Jakarta").filter((zone) => zone === "Asia/Jakarta")).toHaveLength(1);
  });
});
