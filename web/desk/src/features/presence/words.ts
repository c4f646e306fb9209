// How it is said whether somebody is there.

import type { AwayReason, Presence, PresenceState } from "@sapa/protocol";
import { isolated } from "../../app/isolate";
import { m } from "../../paraglide/messages";

/** Nobody was seen at the desk for a while: no reason that anybody manages. */
export const IDLE = "idle";

export function stateName(state: PresenceState): string {
  switch (state) {
    case "online":
      return m.presence_online();
    case "busy":
      return m.presence_busy();
    case "away":
      return m.presence_away();
    case "offline":
      return m.presence_offline();
  }
}

/** The reason as the workspace calls it, or, of a shipped one, the language of the screen. */
export function reasonName({ id, name }: AwayReason): string {
  if (name !== null && name !== undefined) return name;
  switch (id) {
    case "break":
      return m.away_break();
    case "lunch":
      return m.away_lunch();
    case "meeting":
      return m.away_meeting();
    case "training":
      return m.away_training();
  }
  return id;
}

/** For example "Away: lunch". A reason that is no more is not said. */
export function presenceName(
  { state, reason }: Pick<Presence, "state" | "reason">,
  reasons: readonly AwayReason[],
): string {
  const known = reasons.find(({ id }) => id === reason);
  if (state !== "away" || !known) return stateName(state);
  return m.presence_away_for({ reason: isolated(reasonName(known)) });
}
