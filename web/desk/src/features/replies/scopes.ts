// For whom I may keep quick replies, and what that is called.
// Must stay true: it offers what the server allows and no more; the server decides.

import type { Inbox, Me, QuickReplyScope } from "@sapa/protocol";
import { isolated } from "../../app/isolate";
import { howFar } from "../../app/rights";
import { m } from "../../paraglide/messages";

export function scopesFor(me: Me, inboxes: readonly Inbox[]): QuickReplyScope[] {
  const shared = howFar(me, "quick_reply:manage_shared");
  const mine = { kind: "personal", member_id: me.member.id } as const;
  const boxes = inboxes
    .filter(({ member_ids }) => {
      return shared === "all" || (shared === "inbox" && member_ids.includes(me.member.id));
    })
    .map(({ id }) => ({ kind: "inbox", inbox_id: id }) as const);
  return [mine, ...boxes, ...(shared === "all" ? [{ kind: "workspace" } as const] : [])];
}

/** One word for a scope, to compare and to list by. */
export function keyOf(scope: QuickReplyScope): string {
  return scope.kind === "inbox" ? scope.inbox_id : scope.kind;
}

export function scopeName(scope: QuickReplyScope, inboxes: readonly Inbox[]): string {
  if (scope.kind === "personal") return m.scope_personal();
  if (scope.kind === "workspace") return m.scope_workspace();
  const name = inboxes.find(({ id }) => id === scope.inbox_id)?.name;
  return m.scope_inbox({ name: isolated(name ?? "…") });
}
