import type { Inbox, Member, Team } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { conversation, desk, MARC, ME } from "../../sync/samples";
import { canBeMentioned, namedParts, namingAt, stillNamed, teamsToMention } from "./mentions";

const ann = { id: "mem_a", name: "Ann" } as const;
const anna = { id: "mem_b", name: "Anna Li" } as const;

describe("a name being written", () => {
  it("begins at an @ that begins a word, and ends at the caret", () => {
    expect(namingAt("@", 1)).toEqual({ start: 0, typed: "" });
    expect(namingAt("Ask @an li now", 10)).toEqual({ start: 4, typed: "an li" });
    expect(namingAt("(@an", 4)).toEqual({ start: 1, typed: "an" });
  });

  it("is none in an address, after a new line, or before the @", () => {
    expect(namingAt("me@example", 10)).toBeNull();
    expect(namingAt("@an\nthen", 8)).toBeNull();
    expect(namingAt("at @ noon", 5)).toBeNull();
    expect(namingAt("Ask @an", 3)).toBeNull();
  });
});

describe("names in a text", () => {
  it("are found longest first, and the parts joined are the text", () => {
    const text = "@Anna Li and @Ann: look @Bob";
    const parts = namedParts(text, [ann, anna]);
    expect(parts.map(({ mention }) => mention?.id ?? null)).toEqual(["mem_b", null, "mem_a", null]);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });

  it("stay mentions only while they stand there, each once", () => {
    expect(stillNamed("@Anna Li?", [ann, anna, anna])).toEqual([anna]);
    expect(stillNamed("nobody", [ann, anna])).toEqual([]);
  });
});

describe("who is offered", () => {
  const [me, agent] = desk().members as [Member, Member];
  const boss: Member = { ...agent, id: "mem_boss", name: "Boss", sees: "inbox" };
  const admin: Member = { ...agent, id: "mem_admin", name: "Admin", sees: "all" };
  const away: Member = { ...boss, id: "mem_away", disabled: true };
  const members = [me, agent, boss, admin, away];
  const inbox = { member_ids: [ME, MARC, boss.id, away.id] } as Inbox;
  const names = (of: Member[]) => of.map(({ name }) => name);

  it("in the queue are all who could take it, and who oversee it", () => {
    const queued = conversation(1, { holder: { kind: "queue" } });
    expect(names(canBeMentioned(members, queued, inbox, ME))).toEqual([
      "Marc Dubois",
      "Boss",
      "Admin",
    ]);
  });

  it("with a holder are he and who oversee it, never myself", () => {
    expect(names(canBeMentioned(members, conversation(1), inbox, ME))).toEqual(["Boss", "Admin"]);
    const his = conversation(1, { holder: { kind: "member", id: MARC } });
    expect(names(canBeMentioned(members, his, undefined, ME))).toEqual(["Marc Dubois", "Admin"]);
  });

  it("with a holder are those of his teams whose rights reach them", () => {
    const lead: Member = { ...boss, id: "mem_lead", name: "Lead", sees: "team" };
    const team = (...ids: Member["id"][]): Team => ({
      id: "tea_1",
      name: "Night",
      members: ids.map((member_id) => ({ member_id, leads: false })),
    });
    const his = conversation(1, { holder: { kind: "member", id: MARC } });
    const here = { member_ids: [MARC, lead.id] } as Inbox;
    const offered = (of: Team) => names(canBeMentioned([me, lead], his, here, ME, [of]));
    expect(offered(team(MARC, lead.id))).toEqual(["Lead"]);
    expect(offered(team(lead.id))).toEqual([]);
  });

  it("are teams with whoever of them would hear, and none that nobody else would", () => {
    const team = (n: number, ...ids: Member["id"][]): Team => ({
      id: `tea_${n}`,
      name: `Team ${n}`,
      members: ids.map((member_id) => ({ member_id, leads: false })),
    });
    const teams = [team(1, ME, MARC, boss.id), team(2, ME), team(3, away.id), team(4)];
    const queued = conversation(1, { holder: { kind: "queue" } });
    const offered = (of: typeof queued) =>
      teamsToMention(teams, canBeMentioned(members, of, inbox, ME)).map(({ team, count }) => [
        team.id,
        count,
      ]);
    expect(offered(queued)).toEqual([["tea_1", 2]]);
    expect(offered(conversation(1)), "held by me").toEqual([["tea_1", 1]]);
  });
});
