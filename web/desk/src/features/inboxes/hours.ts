// Opening hours as the form edits them: minutes after midnight and the words of a time field.
// Must stay true: pure; "00:00" as an end is midnight, the end of the day.

import type { Calendar, CalendarHours, Hours, OpenSpan } from "@sapa/protocol";
import { intlTag } from "@sapa/protocol/time";
import { m } from "../../paraglide/messages";

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
  return { enabled: true, calendar_id: null, zone, week, closed_days: [] };
}

/** In the place of a calendar's id: hours of the inbox's own. */
export const OWN = "own";

/** A calendar's hours as an inbox that follows it has them. */
export function followed({ id, hours }: Calendar): Hours {
  const closed_days = (hours.closed_days ?? []).map(({ day, yearly }) =>
    yearly ? `--${day.slice(5)}` : day,
  );
  const { zone, week } = hours;
  return { enabled: true, calendar_id: id, zone, week, closed_days: closed_days.sort() };
}

/** A closed day in words: `2026-12-25`, or `--12-25` of each year. */
export function closedDayName(day: string, locale: "en" | "id"): string {
  const yearly = day.startsWith("--");
  const format = new Intl.DateTimeFormat(intlTag(locale), {
    ...(yearly ? { day: "numeric", month: "long" } : { dateStyle: "full" }),
    timeZone: "UTC",
  });
  // A leap year has all days that a year can have.
  const text = format.format(new Date(`${day.replace(/^--/, "2028-")}T00:00:00Z`));
  return yearly ? m.closed_day_each_year({ day: text }) : text;
}

/** The days on which it is open, in short: "Mon–Fri", "Mon, Wed". */
export function weekWords(week: CalendarHours["week"], locale: "en" | "id"): string {
  const open = DAYS.filter((day) => week.some((span) => span.day === day));
  const format = new Intl.DateTimeFormat(intlTag(locale), { weekday: "short", timeZone: "UTC" });
  const name = (day: number) => format.format(MONDAY + (day - 1) * DAY_MINUTES * 60_000);
  const runs: number[][] = [];
  for (const day of open) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) =>
      run.length > 2 ? `${name(run[0]!)}–${name(run.at(-1)!)}` : run.map((day) => name(day)),
    )
    .join(", ");
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
