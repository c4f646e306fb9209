// Which entries of a thread are shown: everything, or one kind only.
// Must stay true: what is hidden leaves a mark with its number, so that nobody takes a part for the whole.
// Absent: the navigation of visitors, which is no entry yet.

import type { Entry } from "@sapa/protocol";

export const FILTERS = ["all", "visitor", "agent", "actions"] as const;
export type Filter = (typeof FILTERS)[number];

export function passes(filter: Filter, entry: Pick<Entry, "kind" | "author">): boolean {
  const written = entry.kind === "message" || entry.kind === "note" || entry.kind === "rating";
  switch (filter) {
    case "all":
      return true;
    case "visitor":
      return written && entry.author.kind === "contact";
    case "agent":
      return written && entry.author.kind === "member";
    case "actions":
      return !written;
  }
}
