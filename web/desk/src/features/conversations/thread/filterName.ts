// The filters in words, with how much of the whole thread each one shows.

import type { Conversation } from "@sapa/protocol";
import { formatNumber } from "../../../app/format";
import { m } from "../../../paraglide/messages";
import type { Filter } from "./filter";

type Counted = Pick<Conversation, "counts" | "inbound_count" | "last_position">;

/** How many entries it is about; null: the usual ones. */
export function filterCount(
  filter: Filter,
  { counts, inbound_count, last_position }: Counted,
): number | null {
  const visitor = inbound_count + counts.ratings;
  const agent = counts.sent + counts.notes;
  switch (filter) {
    case "all":
      return null;
    case "visitor":
      return visitor;
    case "agent":
      return agent;
    case "navigation":
    case "everything":
      return counts.pages;
    case "actions":
      // Positions are 1..n: what is left, and the cards and files.
      return last_position - visitor - agent - counts.pages + counts.acts;
  }
}

export function filterName(filter: Filter, conversation: Counted): string {
  const count = filterCount(filter, conversation);
  const name = NAMES[filter]();
  return count === null ? name : m.filter_counted({ name, count: formatNumber(count) });
}

const NAMES: Record<Filter, () => string> = {
  all: m.filter_all,
  visitor: m.filter_visitor,
  agent: m.filter_agent,
  actions: m.filter_actions,
  navigation: m.filter_navigation,
  everything: m.filter_everything,
};
