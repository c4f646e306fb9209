// Saying whether one is there, and learning it of the others.

import type { ConversationItem, Inbox, InboxId, Presence } from "@sapa/protocol";
import type { Session } from "../../sync/session";

export async function choosePresence(
  { store, api }: Session,
  chosen: Presence["chosen"],
  reason: string | null = null,
): Promise<void> {
  const put = store.presenceAnswer(store.me.member.id);
  put(await api.choosePresence({ chosen, reason }));
}

/** The inboxes in which I work, myself or with a team. */
export function myInboxes({ store }: Session): Inbox[] {
  const { me, myTeams } = store;
  return store.inboxes.filter(
    ({ member_ids, team_ids }) =>
      member_ids.includes(me.member.id) || team_ids?.some((team) => myTeams.includes(team)),
  );
}

/** Says whether I take something from an inbox. */
export async function pauseInbox(
  { store, api }: Session,
  id: InboxId,
  paused: boolean,
): Promise<void> {
  const put = store.pauseAnswer(id);
  put(await api.setPause(id, paused));
}

/** How many chats each has is told with the list only: it changes too often to be worth an event. */
export async function freshenPresences({ store, api }: Session): Promise<void> {
  const puts = new Map(store.members.map(({ id }) => [id, store.presenceAnswer(id)]));
  for (const one of (await api.presences()).items) puts.get(one.member_id)?.(one);
}

/** What I hold and others wait for. */
export async function heldByMe({ api }: Session): Promise<ConversationItem[]> {
  const held: ConversationItem[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await api.conversations({ view: "mine", cursor: cursor ?? undefined, limit: 100 });
    held.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return held;
}
