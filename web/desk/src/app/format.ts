// Times, numbers and sizes as people read them.
// Must stay true: relative under an hour, then the clock, then the day; the exact time is always at hand for a
// hover. Everything goes through Intl in the language of the screen.

import { sizeText } from "@sapa/protocol/size";
import { CLOCK, dayText, daysBetween, intlTag } from "@sapa/protocol/time";
import { m } from "../paraglide/messages";
import { getLocale } from "../paraglide/runtime";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEKDAY_WITHIN_DAYS = 6;

const dates = new Map<string, Intl.DateTimeFormat>();

const tag = () => intlTag(getLocale());

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag() + JSON.stringify(options);
  const format = dates.get(key) ?? new Intl.DateTimeFormat(tag(), options);
  dates.set(key, format);
  return format;
}

export function formatClock(at: number): string {
  return dateFormat(CLOCK).format(at);
}

export function formatExact(at: number): string {
  return dateFormat({ dateStyle: "full", timeStyle: "short" }).format(at);
}

/** A date and a time within a sentence. */
export function formatMoment(at: number): string {
  return dateFormat({
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  }).format(at);
}

/** For lists: "now", "5 min", "14:20", "Tue", "3 Nov", "3 Nov 2025". */
export function formatWhen(at: number, now: number): string {
  const age_ms = now - at;
  if (age_ms < MINUTE_MS) return m.time_now();
  if (age_ms < HOUR_MS) return m.time_minutes({ count: Math.floor(age_ms / MINUTE_MS) });
  const days = daysBetween(at, now);
  if (days === 0) return formatClock(at);
  if (days === 1) return m.day_yesterday();
  if (days <= WEEKDAY_WITHIN_DAYS) return dateFormat({ weekday: "short" }).format(at);
  const same_year = new Date(at).getFullYear() === new Date(now).getFullYear();
  if (same_year) return dateFormat({ day: "numeric", month: "short" }).format(at);
  return dateFormat({ day: "numeric", month: "short", year: "numeric" }).format(at);
}

export function formatDay(at: number, now: number): string {
  return dayText(at, now, tag(), m.day_today(), m.day_yesterday());
}

/** How long somebody has been waiting: "4 min", "2 h", "3 d". */
export function formatSpan(span_ms: number): string {
  if (span_ms < MINUTE_MS) return m.time_under_minute();
  if (span_ms < HOUR_MS) return m.time_minutes({ count: Math.floor(span_ms / MINUTE_MS) });
  if (span_ms < DAY_MS) return m.time_hours({ count: Math.floor(span_ms / HOUR_MS) });
  return m.time_days({ count: Math.floor(span_ms / DAY_MS) });
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(tag()).format(value);
}

export function formatBytes(bytes: number): string {
  return sizeText(bytes, tag());
}

/** Several names in a row. */
export function formatList(names: readonly string[]): string {
  return new Intl.ListFormat(tag(), { type: "unit" }).format(names);
}
