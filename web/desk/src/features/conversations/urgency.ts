// How pressing it is that somebody waits, by the moments that the server found for his inbox's time limit.

import type { Conversation } from "@sapa/protocol";

export type Urgency = "warning" | "late" | null;

export function urgencyOf(
  { status, warning_at, late_at }: Pick<Conversation, "status" | "warning_at" | "late_at">,
  now: number,
): Urgency {
  if (status === "closed") return null;
  if (late_at && late_at <= now) return "late";
  return warning_at && warning_at <= now ? "warning" : null;
}
