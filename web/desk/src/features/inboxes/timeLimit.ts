// A time limit as people write it: numbers with a unit, in place of seconds.
// Must stay true: what is read and written again is the same limit.

import type { Inbox, TimeLimit } from "@sapa/protocol";
import { formatSpan } from "../../app/format";
import { m } from "../../paraglide/messages";

export const UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export type Unit = keyof typeof UNITS;

/** An amount of time as it stands in a form; empty: none. */
export interface Amount {
  count: string;
  unit: Unit;
}

/** In the largest unit that holds it whole. */
export function amountOf(seconds: number | null | undefined): Amount {
  if (!seconds) return { count: "", unit: "minutes" };
  const units = Object.keys(UNITS) as Unit[];
  const unit = units.findLast((one) => seconds % UNITS[one] === 0) ?? "seconds";
  return { count: String(seconds / UNITS[unit]), unit };
}

export function secondsOf({ count, unit }: Amount): number | null {
  return count === "" ? null : Math.round(Number(count) * UNITS[unit]);
}

/** What is proposed to whom has none. */
export const PROPOSED: TimeLimit = {
  warning_seconds: 300,
  processing_seconds: 600,
  counts_from: "first_unanswered",
  in_hours: true,
  warned: { in_charge: true, supervisors: false, member_ids: [] },
  late: { in_charge: true, supervisors: true, member_ids: [] },
};

/** What holds for an inbox, in one line. */
export function limitWords({ time_limit, own_time_limit }: Inbox): string {
  if (!time_limit) return own_time_limit ? m.time_limit_off() : m.time_limit_none();
  const processing = spanOf(time_limit.processing_seconds);
  const words = time_limit.warning_seconds
    ? m.time_limit_both({ warning: spanOf(time_limit.warning_seconds), processing })
    : m.time_limit_red({ processing });
  return own_time_limit ? m.time_limit_own_words({ words }) : words;
}

function spanOf(seconds: number): string {
  return seconds < UNITS.minutes ? m.time_seconds({ count: seconds }) : formatSpan(seconds * 1_000);
}
