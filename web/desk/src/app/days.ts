// Days of the viewer, in the zone of the screen.

/** The beginning of the day of a moment. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** From one day to another, both included, as a form's fields give them: `2026-11-29`, or empty for no bound. */
export function spanOf(from: string, until: string): { from?: number; until?: number } {
  return {
    ...(from === "" ? {} : { from: midnight(from, 0) }),
    ...(until === "" ? {} : { until: midnight(until, 1) - 1 }),
  };
}

/** A day may have 23 or 25 hours: the calendar counts, not the clock. */
function midnight(day: string, later: number): number {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return new Date(year, month - 1, date + later).getTime();
}
