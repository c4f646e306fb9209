// Opening hours as the form edits them: minutes after midnight and the words of a time field.
// Must stay true: pure; "00:00" as an end is midnight, the end of the day.

import type { Hours, OpenSpan } from "@sapa/protocol";
import { intlTag } from "@sapa/protocol/time";

export const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const DAY_MINUTES = 1_440;
/** Spans of one weekday; the server refuses more. */
export const SPANS_MAX = 4;
const OFFICE = { from: 540, until: 1_020 };
/** A Monday. */
const MONDAY = Date.UTC(2026, 10, 30);

export function timeOf(minutes: number): string {
  const inside = minutes % DAY_MINUTES;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(inside / 60))}:${two(inside % 60)}`;
}

/** Null while the field is not filled. */
export function minutesOf(text: string, end: "from" | "until"): number | null {
  const [hours, minutes] = text.split(":").map(Number);
  if (hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)) return null;
  const all = hours * 60 + minutes;
  return end === "until" && all === 0 ? DAY_MINUTES : all;
}

export function dayName(day: number, locale: "en" | "id"): string {
  const format = new Intl.DateTimeFormat(intlTag(locale), { weekday: "long", timeZone: "UTC" });
  return format.format(MONDAY + (day - 1) * DAY_MINUTES * 60_000);
}

/** Monday to Friday, nine to five, where the member is. */
export function proposed(zone: string): Hours {
  const week = [1, 2, 3, 4, 5].map((day) => ({ day, ...OFFICE }));
  return { enabled: true, zone, week, closed_days: [] };
}

/** One more span of a day: office hours, or what is left after its last one. */
export function withSpan(week: readonly OpenSpan[], day: number): OpenSpan[] {
  const last = Math.max(0, ...week.filter((one) => one.day === day).map(({ until }) => until));
  const from = last === 0 ? OFFICE.from : Math.min(last + 60, DAY_MINUTES - 1);
  const until = last === 0 ? OFFICE.until : Math.min(from + 240, DAY_MINUTES);
  return [...week, { day, from, until }];
}

/** Nothing is wrong when each span ends after it begins and before the next one. */
export function isWeek(week: readonly OpenSpan[]): boolean {
  return week.every(
    (one) =>
      one.from < one.until &&
      !week.some(
        (other) =>
          other !== one &&
          other.day === one.day &&
          other.from < one.until &&
          one.from < other.until,
      ),
  );
}

export function zones(known: string): string[] {
  const all = Intl.supportedValuesOf("timeZone");
  return all.includes(known) ? all : [known, ...all];
}
