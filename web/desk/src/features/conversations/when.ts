// The times to come that people usually mean, in the zone of the browser.
// Must stay true: each is to come, and no two are the same.

const HOUR_MS = 3_600_000;
const MORNING_HOUR = 9;
const MONDAY = 1;
/** The server refuses later ones, and of most things what is not a minute ahead by its own clock. */
const LONGEST_MS = 366 * 24 * HOUR_MS;
const SOONEST_MS = 65_000;

export type Preset = "hour" | "later" | "tomorrow" | "week";

export function presets(now: number): { preset: Preset; until: number }[] {
  const today = new Date(now);
  const morning = (days: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, MORNING_HOUR).getTime();
  const tomorrow = morning(1);
  const monday = morning((MONDAY + 7 - today.getDay()) % 7 || 7);
  return [
    { preset: "hour", until: now + HOUR_MS },
    { preset: "later", until: now + 3 * HOUR_MS },
    { preset: "tomorrow", until: tomorrow },
    ...(monday === tomorrow ? [] : [{ preset: "week" as const, until: monday }]),
  ];
}

/**
 * What a `datetime-local` input says, in milliseconds UTC; null when it is no time to come within a year. It says whole
 * minutes: the coming one is as soon as `soonest_ms` allows.
 */
export function chosenTime(value: string, now: number, soonest_ms = SOONEST_MS): number | null {
  const at = value === "" ? Number.NaN : new Date(value).getTime();
  return at > now && at <= now + LONGEST_MS ? Math.max(at, now + soonest_ms) : null;
}
