import { expect, test } from "vitest";
import { isQuiet } from "./quiet";

const at = (time: string) => new Date(`2026-11-30T${time}:00`);

test.each([
  ["22:00", "07:00", "21:59", false],
  ["22:00", "07:00", "22:00", true],
  ["22:00", "07:00", "00:00", true],
  ["22:00", "07:00", "06:59", true],
  ["22:00", "07:00", "07:00", false],
  ["12:00", "13:00", "12:30", true],
  ["12:00", "13:00", "13:00", false],
  ["09:00", "09:00", "03:00", true],
])("quiet from %s until %s is at %s: %s", (from, until, time, quiet) => {
  expect(isQuiet({ on: true, from, until }, at(time))).toBe(quiet);
  expect(isQuiet({ on: false, from, until }, at(time))).toBe(false);
});
