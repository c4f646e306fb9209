// Asks the list of rights that the server sent with me.
// Must stay true: no role is ever compared here; what a role may do is the server's.

import type { Inbox, Me, Scope } from "@sapa/protocol";

/** `right` is "area:action"; any scope counts. */
export function mayI(me: Me, right: string): boolean {
  return me.rights.some((held) => held.startsWith(`${right}:`) && !held.endsWith(":none"));
}

/** How far I hold a right. */
export function howFar(me: Me, right: string): Scope {
  const held = me.rights.find((one) => one.startsWith(`${right}:`));
  return (held?.slice(right.length + 1) as Scope | undefined) ?? "none";
}

/** Whether one of the inboxes that I see lists who is on its website, and I see chats at all. */
export function listsVisitors({ me, inboxes }: { me: Me; inboxes: readonly Inbox[] }): boolean {
  const lists = ({ website }: Inbox) => website?.visitors_now && website.page_visits;
  return mayI(me, "conversation:view") && inboxes.some(lists);
}
