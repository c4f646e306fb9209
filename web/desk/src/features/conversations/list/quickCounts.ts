// How many chats each quick filter would leave of a list, where that is known without asking.
// Must stay true: a number is one of the whole list, never of the part that is loaded.

import { belongs, filterOf, viewOf, type ListId } from "../../../sync/filters";
import type { Session } from "../../../sync/session";
import type { Quick } from "./filterWords";

type Counted = Pick<Session, "store" | "unread" | "views">;

export function quickCounts(
  { store, unread, views }: Counted,
  list: ListId,
): Partial<Record<Quick, number>> {
  const [view, filter] = [viewOf(list), filterOf(list)];
  const whole = views.whole(list);
  if (whole === null) {
    const { inbox, sort: _, ...narrower } = filter;
    if (view !== "mine" || Object.keys(narrower).length > 0) return {};
    return { unread: inbox ? unread.mineIn(inbox) : unread.mine };
  }
  const items = whole.flatMap((id) => store.item(id) ?? []);
  const around = views.around;
  const count = (quick: Quick) =>
    items.filter((item) => belongs(view, { ...filter, [quick]: true }, item, around)).length;
  return { unread: count("unread"), waiting: count("waiting") };
}
