// What the menu of lists offers, of all inboxes or of one: each list with the number that is kept for it.
// Must stay true: a number is one that the server keeps or the desk counts anyway; nothing is counted for the menu.
// Absent: saved views, which the server counts when it is asked.

import type { ConversationView, InboxId } from "@sapa/protocol";
import type { IconName } from "@sapa/ui";
import { howFar } from "../../../app/rights";
import { formatNumber } from "../../../app/format";
import { m } from "../../../paraglide/messages";
import { filterOf, listId, viewOf, type ListId } from "../../../sync/filters";
import type { Session } from "../../../sync/session";
import { chosen } from "../list/chosen";

export interface MenuEntry {
  view: ConversationView;
  list: ListId;
  label: string;
  icon: IconName;
  count: number;
  tone: "red" | "blue" | "grey";
  counted?: string;
}

/** The lists of one inbox; null: of all of them together, which keep how they were narrowed last. */
export function entriesOf(
  { store, unread }: Pick<Session, "store" | "unread">,
  inbox: InboxId | null,
): MenuEntry[] {
  const of = <T extends { inbox_id: InboxId }>(all: readonly T[]) =>
    inbox === null ? all : all.filter((one) => one.inbox_id === inbox);
  const sum = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
  const mine = inbox === null ? unread.mine : unread.mineIn(inbox);
  const queued = sum([...of(store.counters), ...of(store.team_queues)].map((one) => one.queued));
  const open = sum(of(store.counters).map((one) => one.open));
  const mentioned = unread.mentioned_in.length;
  const oversees = ["inbox", "all"].includes(howFar(store.me, "conversation:view"));
  const plain = { count: 0, tone: "grey" } as const;
  const entries: Omit<MenuEntry, "list">[] = [
    {
      ...{ view: "mine", label: m.view_mine(), icon: "user" },
      ...{ count: mine, tone: "red", counted: m.unread_chats({ count: mine }) },
    },
    {
      ...{ view: "queue", label: m.view_queue(), icon: "queue" },
      ...{ count: queued, tone: "blue", counted: m.queue_waiting({ count: queued }) },
    },
    {
      ...{ view: "all", label: m.view_all(), icon: "inbox", tone: "grey" },
      count: oversees ? open : 0,
      counted: m.wall_open({ count: open, shown: formatNumber(open) }),
    },
    { view: "snoozed", label: m.view_snoozed(), icon: "moon", ...plain },
    { view: "closed", label: m.view_closed(), icon: "circle-check", ...plain },
    {
      ...{ view: "mentions", label: m.view_mentions(), icon: "at" },
      ...{ count: mentioned, tone: "red", counted: m.mentions_unread({ count: mentioned }) },
    },
  ];
  // Of one inbox somebody who sees his own and the queue has both of them already.
  const offered = entries.filter(
    ({ view }) => inbox === null || (view !== "mentions" && (view !== "all" || oversees)),
  );
  return offered.map((entry) => ({ ...entry, list: listOf(entry.view, inbox) }));
}

export function isAt(list: ListId, { view, list: to }: MenuEntry): boolean {
  return viewOf(list) === view && filterOf(list).inbox === filterOf(to).inbox;
}

function listOf(view: ConversationView, inbox: InboxId | null): ListId {
  if (inbox !== null) return listId(view, { inbox });
  const { inbox: _, ...rest } = filterOf(chosen.list(view));
  return listId(view, rest);
}
