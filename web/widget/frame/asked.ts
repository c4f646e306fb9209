// Whether the visitor is asked how satisfied he was, and what he said so far.
// Must stay true: pure; only the newest session is asked about, and only until the next one begins.

import type { VisitorEntry, VisitorKnown, WidgetConfig } from "@sapa/protocol";

export interface Asked {
  closing: VisitorEntry;
  rating: VisitorEntry | null;
}

export function askedRating(config: WidgetConfig | null, known: VisitorKnown): Asked | null {
  if (!config?.rating || known.conversation?.status !== "closed") return null;
  const place = known.entries.findLastIndex(({ kind }) => kind === "closed");
  const closing = known.entries[place];
  if (!closing?.ratable) return null;
  return { closing, rating: known.entries.slice(place).find(isRating) ?? null };
}

function isRating({ kind }: VisitorEntry): boolean {
  return kind === "rating";
}
