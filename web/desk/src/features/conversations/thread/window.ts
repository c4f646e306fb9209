// Which part of a long thread is drawn.
// Must stay true: never more than DRAWN_MAX entries; the part moves by whole steps, so that what is being read is
// in it before and after; without a beginning it follows the newest.

import type { Entry, EntryId } from "@sapa/protocol";

export const DRAWN_MAX = 400;
const STEP = 100;

/** Position of the first entry that is drawn; null: the newest ones are. */
export type From = number | null;

export function drawn(entries: readonly Entry[], from: From): readonly Entry[] {
  if (from === null) return entries.slice(-DRAWN_MAX);
  const start = startOf(entries, from);
  return entries.slice(start, start + DRAWN_MAX);
}

/** One step towards the beginning; null when everything in memory before is drawn already. */
export function earlier(entries: readonly Entry[], from: From): number | null {
  const start = from === null ? entries.length - DRAWN_MAX : startOf(entries, from);
  return start > 0 ? entries[Math.max(0, start - STEP)]!.position : null;
}

/** One step towards the newest. */
export function later(entries: readonly Entry[], from: From): From {
  if (from === null) return null;
  const start = startOf(entries, from) + STEP;
  return start + DRAWN_MAX >= entries.length ? null : entries[start]!.position;
}

/** So that this entry is drawn, with some before it. */
export function around(entries: readonly Entry[], id: EntryId): From {
  const at = entries.findIndex((entry) => entry.id === id);
  if (at === -1 || at >= entries.length - DRAWN_MAX) return null;
  return entries[Math.max(0, at - STEP)]!.position;
}

/** As much as is drawn, up to the end of a piece that is not the newest. */
export function ending(entries: readonly Entry[]): From {
  return entries[Math.max(0, entries.length - DRAWN_MAX)]?.position ?? null;
}

function startOf(entries: readonly Entry[], from: number): number {
  return Math.max(
    0,
    entries.findIndex(({ position }) => position >= from),
  );
}
