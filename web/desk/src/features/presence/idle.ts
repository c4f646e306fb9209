// Notices that nobody is at the desk any more, in any of its tabs, and says so.
// Must stay true: only who is online is said to be away; one tab says it; a failed request is tried again.
// Absent: coming back. The person is asked (IdleStrip.svelte).

import type { Presence } from "@sapa/protocol";
import type { Session } from "../../sync/session";
import { choosePresence } from "./choose";
import { IDLE } from "./words";

/** So long without a key, a click or a touch is nobody at the desk. */
export const IDLE_MS = 10 * 60_000;
const LOOK_MS = 15_000;
/** All tabs read it; a new word each key would be too much. */
const NOTE_EVERY_MS = 5_000;
const STORAGE_KEY = "sapa-desk-active";
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

export function isIdle(chosen: Presence["chosen"], active_at: number, now: number): boolean {
  return chosen === "online" && now - active_at >= IDLE_MS;
}

/** Until the answer is called. */
export function watchIdle(session: Session): () => void {
  const ending = new AbortController();
  let noted = 0;
  const note = () => {
    const now = Date.now();
    if (now - noted < NOTE_EVERY_MS) return;
    noted = now;
    try {
      localStorage.setItem(STORAGE_KEY, String(now));
    } catch {
      // Storage refused: this tab counts alone.
    }
  };
  const look = () => {
    const { chosen } = session.store.presence(session.store.me.member.id);
    const live = session.status.state === "live" && session.leading;
    if (live && isIdle(chosen, Math.max(noted, noted_elsewhere()), Date.now())) {
      // When it fails, the next look tries again.
      choosePresence(session, "away", IDLE).catch(() => {});
    }
  };
  note();
  for (const sign of SIGNS) {
    addEventListener(sign, note, { signal: ending.signal, passive: true, capture: true });
  }
  const timer = setInterval(look, LOOK_MS);
  return () => {
    ending.abort();
    clearInterval(timer);
  };
}

function noted_elsewhere(): number {
  try {
    return Number(localStorage.getItem(STORAGE_KEY) ?? 0);
  } catch {
    return 0;
  }
}
