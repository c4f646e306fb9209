// Times as desk and widget write them.
// Must stay true: the language is the screen's, the habits (12 or 24 hours) are the viewer's own region's.

const DAY_MS = 86_400_000;
/** So many days back a weekday says which one. */
const WEEKDAY_WITHIN_DAYS = 6;

/** "en" for somebody whose browser says "en-GB" is "en-GB". */
export function intlTag(locale: string): string {
  return navigator.languages.find((one) => one.split("-")[0] === locale) ?? locale;
}

/** "14:05", "2:05 PM", "14.05". */
export const CLOCK = { timeStyle: "short" } as const;

/** For dividers: "Today", "Yesterday", "Tuesday", "3 November 2026". */
export function dayText(
  at: number,
  now: number,
  tag: string,
  today: string,
  yesterday: string,
): string {
  const days = daysBetween(at, now);
  if (days === 0) return today;
  if (days === 1) return yesterday;
  const weekday = days > 1 && days <= WEEKDAY_WITHIN_DAYS;
  return new Intl.DateTimeFormat(tag, weekday ? { weekday: "long" } : { dateStyle: "long" }).format(
    at,
  );
}

export function daysBetween(earlier: number, later: number): number {
  return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
