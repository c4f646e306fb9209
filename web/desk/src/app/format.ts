// Times, numbers and sizes as people read them.
// Must stay true: relative under an hour, then the clock, then the day; the exact time is always at hand for a
// hover. Everything goes through Intl in the language of the screen.

import { m } from "../paraglide/messages";
import { getLocale } from "../paraglide/runtime";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEKDAY_WITHIN_DAYS = 6;
const BYTES_PER_UNIT = 1024;

const dates = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = getLocale() + JSON.stringify(options);
  const format = dates.get(key) ?? new Intl.DateTimeFormat(getLocale(), options);
  dates.set(key, format);
  return format;
}

export function formatClock(at: number): string {
  return dateFormat({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

export function formatExact(at: number): string {
  return dateFormat({ dateStyle: "full", timeStyle: "short", hourCycle: "h23" }).format(at);
}

/** A date and a time within a sentence. */
export function formatMoment(at: number): string {
  return dateFormat({
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

export function daysBetween(earlier: number, later: number): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / DAY_MS);
}

function startOfDay(at: number): number {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** For lists: "now", "5 min", "14:20", "Tue", "3 Nov". */
export function formatWhen(at: number, now: number): string {
  const age_ms = now - at;
  if (age_ms < MINUTE_MS) return m.time_now();
  if (age_ms < HOUR_MS) return m.time_minutes({ count: Math.floor(age_ms / MINUTE_MS) });
  const days = daysBetween(at, now);
  if (days === 0) return formatClock(at);
  if (days === 1) return m.day_yesterday();
  if (days <= WEEKDAY_WITHIN_DAYS) return dateFormat({ weekday: "short" }).format(at);
  return dateFormat({ day: "numeric", month: "short" }).format(at);
}

/** For dividers: "Today", "Yesterday", "Tuesday", "3 November 2026". */
export function formatDay(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return m.day_today();
  if (days === 1) return m.day_yesterday();
  if (days > 1 && days <= WEEKDAY_WITHIN_DAYS) return dateFormat({ weekday: "long" }).format(at);
  return dateFormat({ day: "numeric", month: "long", year: "numeric" }).format(at);
}

/** How long somebody has been waiting: "4 min", "2 h", "3 d". */
export function formatSpan(span_ms: number): string {
  if (span_ms < MINUTE_MS) return m.time_under_minute();
  if (span_ms < HOUR_MS) return m.time_minutes({ count: Math.floor(span_ms / MINUTE_MS) });
  if (span_ms < DAY_MS) return m.time_hours({ count: Math.floor(span_ms / HOUR_MS) });
  return m.time_days({ count: Math.floor(span_ms / DAY_MS) });
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(getLocale()).format(value);
}

export function formatBytes(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= BYTES_PER_UNIT && unit < units.length - 1) {
    value /= BYTES_PER_UNIT;
    unit += 1;
  }
  return new Intl.NumberFormat(getLocale(), {
    style: "unit",
    unit: units[unit]!,
    unitDisplay: "short",
    maximumFractionDigits: unit < 2 || value >= 10 ? 0 : 1,
  }).format(value);
}
