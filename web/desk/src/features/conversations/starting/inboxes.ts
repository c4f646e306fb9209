// In which inboxes I can begin a session.
// Must stay true: the inbox says whom its channel reaches; that I answer in it is asked of my rights.

import type { Inbox, InboxId } from "@sapa/protocol";
import { howFar } from "../../../app/rights";
import type { DeskStore } from "../../../sync/store";

export function startingInboxes(store: DeskStore): Inbox[] {
  return store.inboxes
    .filter(({ id }) => mayStartIn(store, id))
    .sort((a, b) => a.name.localeCompare(b.name));
}

export function mayStartIn(store: DeskStore, id: InboxId): boolean {
  const reach = howFar(store.me, "conversation:reply");
  const inbox = store.inbox(id);
  if (!inbox || (inbox.starting ?? "nobody") === "nobody" || reach === "none") return false;
  return reach === "all" || inbox.member_ids.includes(store.me.member.id);
}
