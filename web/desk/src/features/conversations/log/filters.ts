// What of the log is shown: between two days of the viewer, of one side, of one kind.
// Must stay true: both days belong to it, in the zone of the screen.

import type { AuthorKind, LogKind, LogRequest } from "@sapa/protocol";

export interface LogFilters {
  kind: LogKind | "all";
  actor: AuthorKind | "all";
  /** `2026-11-29`, or empty. */
  from: string;
  until: string;
}

export const EVERYTHING: LogFilters = { kind: "all", actor: "all", from: "", until: "" };

export function isEverything({ kind, actor, from, until }: LogFilters): boolean {
  return kind === "all" && actor === "all" && from === "" && until === "";
}

export function requestOf({ kind, actor, from, until }: LogFilters): LogRequest {
  return {
    ...(kind === "all" ? {} : { kind }),
    ...(actor === "all" ? {} : { actor }),
    ...(from === "" ? {} : { from: midnight(from, 0) }),
    ...(until === "" ? {} : { until: midnight(until, 1) - 1 }),
  };
}

/** The beginning of the viewer's day. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** A day may have 23 or 25 hours: the calendar counts, not the clock. */
function midnight(day: string, later: number): number {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return new Date(year, month - 1, date + later).getTime();
}
