// For whom I may keep quick replies, and what that is called.
// Must stay true: it offers what the server allows and no more; the server decides.

import type { Inbox, Me, QuickReplyScope, Team } from "@sapa/protocol";
import type { IconName } from "@sapa/ui";
import { isolated } from "../../app/isolate";
import { howFar } from "../../app/rights";
import { m } from "../../paraglide/messages";

/** What a scope may name. */
export interface Places {
  inboxes: readonly Inbox[];
  teams: readonly Team[];
}

export function scopesFor(me: Me, { inboxes, teams }: Places): QuickReplyScope[] {
  const shared = howFar(me, "quick_reply:manage_shared");
  const mine = { kind: "personal", member_id: me.member.id } as const;
  const boxes = inboxes
    .filter(({ member_ids }) => {
      return shared === "all" || (shared === "inbox" && member_ids.includes(me.member.id));
    })
    .map(({ id }) => ({ kind: "inbox", inbox_id: id }) as const);
  const led = teams
    .filter(({ members }) => {
      const mine = members.find(({ member_id }) => member_id === me.member.id);
      return shared === "all" || mine?.leads;
    })
    .map(({ id }) => ({ kind: "team", team_id: id }) as const);
  return [mine, ...led, ...boxes, ...(shared === "all" ? [{ kind: "workspace" } as const] : [])];
}

/** One word for a scope, to compare and to list by. */
export function keyOf(scope: QuickReplyScope): string {
  if (scope.kind === "team") return scope.team_id;
  return scope.kind === "inbox" ? scope.inbox_id : scope.kind;
}

const ICONS: Record<QuickReplyScope["kind"], IconName> = {
  personal: "user",
  team: "users",
  inbox: "inbox",
  workspace: "globe",
};

export function scopeIcon({ kind }: QuickReplyScope): IconName {
  return ICONS[kind];
}

/** Where the icon says what it is. */
export function shortScopeName(scope: QuickReplyScope, { inboxes, teams }: Places): string {
  if (scope.kind === "team") return teams.find(({ id }) => id === scope.team_id)?.name ?? "…";
  if (scope.kind === "inbox") return inboxes.find(({ id }) => id === scope.inbox_id)?.name ?? "…";
  return scope.kind === "personal" ? m.scope_personal() : m.scope_workspace();
}

export function scopeName(scope: QuickReplyScope, places: Places): string {
  const name = isolated(shortScopeName(scope, places));
  if (scope.kind === "team") return m.scope_team({ name });
  return scope.kind === "inbox" ? m.scope_inbox({ name }) : name;
}
