import type { Member, Team } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { desk, MARC, ME } from "../../sync/samples";
import { candidates, changeOf, leadsOf, placed, seatsOf } from "./seats";

const [olga, marc] = desk().members as [Member, Member];
const away: Member = { ...marc, id: "mem_away", name: "Away", disabled: true };
const left: Member = { ...away, id: "mem_left", name: "Left" };
const zoe: Member = { ...marc, id: "mem_zoe", name: "Zoe" };
const all = [left, away, marc, olga, zoe];
const team: Team = {
  id: "tea_1",
  name: "Shipping",
  members: [
    { member_id: ME, leads: false },
    { member_id: away.id, leads: false },
    { member_id: zoe.id, leads: true },
  ],
};
const names = (members: Member[]) => members.map(({ name }) => name);

describe("who is in a team", () => {
  it("shows who works here, who leads it first", () => {
    expect(names(seatsOf(team, all).map(({ member }) => member))).toEqual(["Zoe", "Olga Petrova"]);
  });

  it("offers everybody who works here, and whoever can be taken out", () => {
    expect(names(candidates(team, all))).toEqual(["Away", "Olga Petrova", "Zoe", "Marc Dubois"]);
    expect(names(candidates(null, all))).toEqual(["Marc Dubois", "Olga Petrova", "Zoe"]);
  });
});

describe("a change of a team", () => {
  it("names only those who were moved, and a name only when it is another", () => {
    const before = leadsOf(team);
    expect(changeOf(team, "Shipping", before)).toEqual({ put: [], remove: [] });
    const with_marc = placed(placed(before, MARC, true), zoe.id, false);
    const after = placed(with_marc, away.id, null);
    expect(changeOf(team, "Logistics", after)).toEqual({
      name: "Logistics",
      put: [
        { member_id: zoe.id, leads: false },
        { member_id: MARC, leads: true },
      ],
      remove: [away.id],
    });
  });
});
