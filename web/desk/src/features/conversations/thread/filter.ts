// Which entries of a thread are shown: the conversation, the conversation with the pages that were viewed, or one kind
// only.
// Must stay true: what is hidden leaves a mark with its number, so that nobody takes a part for the whole.

import type { Entry } from "@sapa/protocol";

export const FILTERS = ["all", "visitor", "agent", "actions", "navigation", "everything"] as const;
export type Filter = (typeof FILTERS)[number];

export function passes(
  filter: Filter,
  entry: Pick<Entry, "kind" | "author" | "card" | "files">,
): boolean {
  const written = entry.kind === "message" || entry.kind === "note" || entry.kind === "rating";
  const viewed = entry.kind === "navigation";
  switch (filter) {
    case "everything":
      return true;
    case "all":
      return !viewed;
    case "visitor":
      return written && entry.author.kind === "contact";
    case "agent":
      return written && entry.author.kind === "member";
    case "actions":
      return (!written && !viewed) || isAct(entry);
    case "navigation":
      return viewed;
  }
}

/** A member did something with it, and did not only say something. */
function isAct({ kind, author, card, files }: Pick<Entry, "kind" | "author" | "card" | "files">) {
  return kind === "message" && author.kind === "member" && (card !== null || files.length > 0);
}
