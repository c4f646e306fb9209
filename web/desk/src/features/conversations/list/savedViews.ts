// Saved views in words and addresses.
// Must stay true: it offers what the server allows and no more; the server decides.

import type { Me, SavedView, SavedViewItem, SavedViewScope, Team } from "@sapa/protocol";
import type { IconName } from "@sapa/ui";
import { isolated } from "../../../app/isolate";
import { howFar } from "../../../app/rights";
import { m } from "../../../paraglide/messages";
import { asked, listId, parseFilter, VIEWS, type ListId } from "../../../sync/filters";

/** As the server keeps a list. */
export function askedFor(list: ListId): string {
  return new URLSearchParams(asked(list)).toString();
}

export function listOf({ list }: SavedView): ListId {
  const search = new URLSearchParams(list);
  return listId(VIEWS.find((one) => one === search.get("view")) ?? "mine", parseFilter(search));
}

/** Those for whom I may save one: for me first. */
export function scopesFor(me: Me, teams: readonly Team[]): SavedViewScope[] {
  const shared = howFar(me, "view:manage_shared") === "all";
  const leads = ({ members }: Team) =>
    members.some(({ member_id, leads }) => member_id === me.member.id && leads);
  return [
    { kind: "personal", member_id: me.member.id },
    ...teams
      .filter((team) => shared || leads(team))
      .map(({ id }) => ({ kind: "team", team_id: id }) as const),
    ...(shared ? [{ kind: "workspace" } as const] : []),
  ];
}

/** One word for a scope, to compare and to choose by. */
export function keyOf(scope: SavedViewScope): string {
  return scope.kind === "team" ? scope.team_id : scope.kind;
}

export function scopeName(scope: SavedViewScope, teams: readonly Team[]): string {
  if (scope.kind === "personal") return m.saved_view_mine();
  if (scope.kind === "workspace") return m.saved_view_everyone();
  return isolated(teams.find(({ id }) => id === scope.team_id)?.name ?? "…");
}

export function scopeIcon({ kind }: SavedViewScope): IconName {
  return ({ personal: "user", team: "users", workspace: "globe" } as const)[kind];
}

/** "12", "99+" or, where a glance did not come to the end, "3+"; null where nothing was counted. */
export function countText({ count }: SavedViewItem): string | null {
  return count && `${count.conversations}${count.more ? "+" : ""}`;
}
