import type { SavedView, SavedViewItem, Team } from "@sapa/protocol";
import { expect, it } from "vitest";
import { desk, MARC, ME } from "../../../sync/samples";
import { askedFor, countText, listOf, scopesFor } from "./savedViews";

const TAG = "tag_00000000000000000000000000000001";

const view = (list: string): SavedView => ({
  id: "svw_1",
  name: "Late",
  list,
  scope: { kind: "workspace" },
});

// C13
it("keeps a list as it is asked for, and leads back to it", () => {
  for (const list of [`all?unread=true&tags=${TAG}`, "mentions", "queue?sort=oldest"] as const) {
    expect(listOf(view(askedFor(list)))).toBe(list);
  }
  expect(listOf(view("view=nonsense&unread=true"))).toBe("mine?unread=true");
});

it("is saved for me, for a team that I lead, and by who looks after all for everybody", () => {
  const { me } = desk();
  const team = (n: number, member_id: typeof ME, leads: boolean): Team => ({
    id: `tea_${n}`,
    name: `Team ${n}`,
    members: [{ member_id, leads }],
  });
  const teams = [team(1, ME, true), team(2, ME, false), team(3, MARC, true)];
  const kinds = (rights: string[]) =>
    scopesFor({ ...me, rights }, teams).map((scope) =>
      scope.kind === "team" ? scope.team_id : scope.kind,
    );
  expect(kinds([])).toEqual(["personal", "tea_1"]);
  expect(kinds(["view:manage_shared:all"])).toEqual([
    "personal",
    "tea_1",
    "tea_2",
    "tea_3",
    "workspace",
  ]);
});

it("says how many, and that there may be more", () => {
  const item = (count: SavedViewItem["count"]): SavedViewItem => ({
    saved_view: view("view=all"),
    managed: false,
    count,
  });
  expect(countText(item({ conversations: 12, more: false }))).toBe("12");
  expect(countText(item({ conversations: 99, more: true }))).toBe("99+");
  expect(countText(item(null))).toBeNull();
});
