import { expect, test } from "vitest";
import { chosenTime, presets } from "./when";

const at = (text: string) => new Date(text).getTime();

test("tomorrow and next week begin in the morning", () => {
  // A Saturday.
  const times = presets(at("2026-11-28T23:30"));
  expect(times.map(({ preset }) => preset)).toEqual(["hour", "later", "tomorrow", "week"]);
  expect(times[2]!.until).toBe(at("2026-11-29T09:00"));
  expect(times[3]!.until).toBe(at("2026-11-30T09:00"));
});

test("on a Sunday next week is tomorrow, on a Monday it is seven days away", () => {
  expect(presets(at("2026-11-29T10:00")).map(({ preset }) => preset)).toEqual([
    "hour",
    "later",
    "tomorrow",
  ]);
  expect(presets(at("2026-11-30T08:00"))[3]!.until).toBe(at("2026-12-07T09:00"));
});

test("only a time to come within a year is taken", () => {
  const now = at("2026-11-28T12:00");
  expect(chosenTime("2026-11-28T12:05", now)).toBe(at("2026-11-28T12:05"));
  for (const value of [
    "",
    "nonsense",
    "2026-11-28T12:00",
    "2026-11-27T12:00",
    "2027-12-28T12:00",
  ]) {
    expect(chosenTime(value, now)).toBeNull();
  }
});

test("the coming minute is a time to come, as soon as may be", () => {
  const now = at("2026-11-28T12:00") + 50_000;
  const [past, coming, next] = ["2026-11-28T12:00", "2026-11-28T12:01", "2026-11-28T12:02"];
  expect(chosenTime(coming, now)).toBe(now + 65_000);
  expect(chosenTime(next, now)).toBe(at(next));
  expect(chosenTime(coming, now, 0)).toBe(at(coming));
  expect(chosenTime(past, now, 0)).toBeNull();
});
