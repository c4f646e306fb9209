// How many chats a list holds, loaded or not, as far as it is known without asking: "312", or "50+".

import { howFar } from "../../../app/rights";
import { formatNumber } from "../../../app/format";
import { filterOf, viewOf, type ListId } from "../../../sync/filters";
import type { Session } from "../../../sync/session";
import { listOf } from "./savedViews";

type Known = Pick<Session, "store" | "views" | "savedViews">;

export function matchingText({ store, views, savedViews }: Known, list: ListId): string {
  const loaded = views.ids(list).length;
  if (!views.hasMore(list)) return formatNumber(loaded);
  const kept = keptNumber(store, list);
  if (kept !== null && kept > loaded) return formatNumber(kept);
  const saved = savedViews.all?.find(({ saved_view }) => listOf(saved_view) === list)?.count;
  if (saved && !saved.more && saved.conversations > loaded) {
    return formatNumber(saved.conversations);
  }
  return `${formatNumber(loaded)}+`;
}

/** Of what waits, and for who oversees an inbox of what is open, the number is kept for each inbox. */
function keptNumber({ counters, team_queues, me }: Session["store"], list: ListId): number | null {
  const { inbox, sort: _, ...narrower } = filterOf(list);
  if (Object.keys(narrower).length > 0) return null;
  const of = <T extends { inbox_id: string }>(all: readonly T[]) =>
    all.filter(({ inbox_id }) => inbox === undefined || inbox_id === inbox);
  const sum = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
  if (viewOf(list) === "queue") {
    return sum([...of(counters), ...of(team_queues)].map(({ queued }) => queued));
  }
  const oversees = ["inbox", "all"].includes(howFar(me, "conversation:view"));
  return viewOf(list) === "all" && oversees ? sum(of(counters).map(({ open }) => open)) : null;
}
