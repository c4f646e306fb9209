import { describe, expect, it, vi } from "vitest";
import {
  closedDayName,
  followed,
  isWeek,
  minutesOf,
  timeOf,
  weekWords,
  withSpan,
  zones,
} from "./hours";

vi.stubGlobal("navigator", { languages: ["en"] });

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

describe("a calendar", () => {
  const span = (day: number) => ({ day, from: 540, until: 1_020 });

  it("is followed with the days that come each year as such", () => {
    const closed_days = [
      { day: "2026-12-25", name: "Natal", yearly: true },
      { day: "2026-03-20", name: "Idul Fitri", yearly: false },
    ];
    const hours = { zone: "Asia/Jakarta", week: [span(1)], closed_days };
    const followed_hours = followed({ id: "cal_1", name: "Office", hours, inbox_ids: [] });
    expect(followed_hours.closed_days).toEqual(["--12-25", "2026-03-20"]);
    expect(followed_hours.calendar_id).toBe("cal_1");
    expect(closedDayName("2026-03-20", "en")).toContain("2026");
    expect(closedDayName("--02-29", "en")).toMatch(/29.*each year/);
  });

  it("says its week in short", () => {
    expect(weekWords([1, 2, 3, 4, 5].map(span), "en")).toBe("Mon–Fri");
    expect(weekWords([...[1, 3, 4].map(span), span(4)], "en")).toBe("Mon, Wed, Thu");
    expect(weekWords([], "en")).toBe("");
  });
});
