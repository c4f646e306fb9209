import { describe, expect, it, vi } from "vitest";
import type { MemberId, Team } from "@sapa/protocol";
import { conversation, conversationId, desk, entry, item, ME, updated } from "./samples";
import { DeskStore, topic } from "./store";
import { Topics } from "./topics";

const CHAT = conversationId(1);

describe("store", () => {
  it("never lets an older revision overwrite a newer one", () => {
    const store = new DeskStore(desk([item(1)]), new Topics((run) => run()));
    store.apply(updated(102, conversation(1, { inbound_count: 2 })));
    store.apply(updated(101, conversation(1, { inbound_count: 1 })));
    expect(store.item(CHAT)?.conversation.inbound_count).toBe(2);
  });

  it("tells each listener once per flush, however often its key was touched", () => {
    let flush = () => {};
    const topics = new Topics((run) => (flush = run));
    const store = new DeskStore(desk([item(1)]), topics);
    flush();
    const heard = vi.fn();
    topics.subscribe(topic.conversation(CHAT), heard);
    for (let position = 101; position < 200; position++) {
      store.apply(updated(position, conversation(1, { last_activity_at: position })));
    }
    flush();
    expect(heard).toHaveBeenCalledOnce();
  });

  it("keeps untouched entries as they are when another arrives", () => {
    const store = new DeskStore(desk([item(1)]), new Topics((run) => run()));
    store.putEntries(CHAT, [entry(1, CHAT), entry(2, CHAT)]);
    const before = store.entries(CHAT);
    store.apply(updated(101, conversation(1), [entry(101, CHAT)]));
    expect(store.entries(CHAT)?.[0]).toBe(before?.[0]);
    expect(store.entries(CHAT)).toHaveLength(3);
  });

  it("knows who took a conversation, and forgets that when it comes back", () => {
    const store = new DeskStore(desk([item(1)]), new Topics((run) => run()));
    store.apply({
      type: "event",
      position: 101,
      kind: "conversation.gone",
      data: { conversation_id: CHAT, revision: 1, by: "Marc", joined: null, deleted: false },
    });
    expect(store.item(CHAT)).toBeNull();
    expect(store.goneBy(CHAT)).toBe("Marc");
    // Its revision counts within the conversation and is far below the position of the event.
    store.apply({ ...updated(2, conversation(1)), position: 102 });
    expect(store.goneBy(CHAT)).toBeUndefined();
    expect(store.item(CHAT)).not.toBeNull();
  });

  // C14
  it("shows the newest of each tag, archived ones too, in the order in which they were put on", () => {
    const tag = (n: number, name: string) => ({
      id: `tag_${n}` as const,
      name,
      color: "teal" as const,
      archived: n === 2,
      pinned: false,
    });
    const known = desk([item(1)], { tags: [tag(1, "VIP"), tag(2, "Late")] });
    const store = new DeskStore(known, new Topics((run) => run()));
    const told = (position: number, name: string) =>
      store.apply({
        type: "event",
        position,
        kind: "tag.updated",
        data: { tag: tag(1, name) },
      });
    told(102, "Regular");
    told(101, "Very important");
    expect(store.tags.map(({ name }) => name)).toEqual(["Late", "Regular"]);
    const names = () => store.tagsOf(store.item(CHAT)!.conversation).map(({ name }) => name);
    store.apply(updated(103, conversation(1, { tag_ids: ["tag_2", "tag_1", "tag_3"] })));
    expect(names(), "one that is not known yet is left out").toEqual(["Late", "Regular"]);
  });

  it("shows the newest of each team, and none that is gone, whatever comes late", () => {
    const team = (n: number, name: string, ...members: string[]): Team => ({
      id: `tea_${n}`,
      name,
      members: members.map((id) => ({ member_id: id as MemberId, leads: false })),
    });
    const known = desk([], { teams: [team(1, "Shipping", ME), team(2, "Returns")] });
    const store = new DeskStore(known, new Topics((run) => run()));
    const told = (position: number, one: Team) =>
      store.apply({ type: "event", position, kind: "team.updated", data: { team: one } });
    const gone = (position: number) =>
      store.apply({
        type: "event",
        position,
        kind: "team.gone",
        data: { team_id: "tea_2" },
      });
    told(102, team(1, "Logistics", ME));
    told(101, team(1, "Sending"));
    told(103, team(3, "Billing"));
    gone(105);
    told(104, team(2, "Refunds", ME));
    gone(105);
    const names = () => store.teams.map(({ name }) => name);
    expect([names(), store.myTeams]).toEqual([["Billing", "Logistics"], ["tea_1"]]);
    expect(
      store.snapshot(105, { unread_mine: [], mentioned_in: [], unseen_alerts: [] }).teams,
    ).toEqual(store.teams);
    store.teamAnswer("tea_3")(null);
    store.teamAnswer("tea_1")(team(1, "Mine"));
    expect([names(), store.myTeams]).toEqual([["Mine"], []]);
    // An event that came while the request was on its way may be newer than its answer.
    const late = store.teamAnswer("tea_1");
    told(106, team(1, "Theirs"));
    late(team(1, "Mine again"));
    const late_to_go = store.teamAnswer("tea_4");
    told(107, team(4, "Parcels"));
    late_to_go(null);
    expect(names()).toEqual(["Parcels", "Theirs"]);
    store.reset(known, new Set());
    expect(names()).toEqual(["Returns", "Shipping"]);
  });

  it("keeps what was done since, when the answer to something earlier comes", () => {
    const store = new DeskStore(desk([item(1)]), new Topics((run) => run()));
    const first = { tag_ids: ["tag_1" as const] };
    const second = { tag_ids: ["tag_1" as const, "tag_2" as const] };
    store.overlay(CHAT, first);
    store.overlay(CHAT, second);
    store.putItem(item(2, { id: CHAT, ...first }));
    store.uncover(CHAT, first);
    expect(store.item(CHAT)?.conversation.tag_ids).toEqual(second.tag_ids);
    store.uncover(CHAT, second);
    expect(store.item(CHAT)?.conversation.tag_ids).toEqual(first.tag_ids);
  });

  it("shows together what was done and is not answered yet", () => {
    const store = new DeskStore(desk([item(1)]), new Topics((run) => run()));
    const held = { holder: { kind: "queue" as const } };
    const tagged = { tag_ids: ["tag_1" as const] };
    store.overlay(CHAT, held);
    store.overlay(CHAT, tagged);
    expect(store.item(CHAT)?.conversation).toMatchObject({ ...held, ...tagged });
    store.uncover(CHAT, tagged);
    expect(store.item(CHAT)?.conversation).toMatchObject({ ...held, tag_ids: [] });
    expect(store.settled).toBe(false);
    store.uncover(CHAT, held);
    expect([store.item(CHAT), store.settled]).toEqual([item(1), true]);
  });

  it("forgets after a reset what is neither in the snapshot nor open", () => {
    const store = new DeskStore(desk([item(1), item(2)]), new Topics((run) => run()));
    store.reset(desk([item(3)]), new Set([conversationId(2)]));
    expect([1, 2, 3].map((n) => store.item(conversationId(n)) !== null)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("takes an answer to my own change, and the later event after it", () => {
    const store = new DeskStore(desk(), new Topics((run) => run()));
    const mine = store.me.member;
    store.memberAnswer(mine.id)({ ...mine, name: "Answer" });
    expect(store.member(mine.id)?.name).toBe("Answer");
    store.apply({
      type: "event",
      position: 101,
      kind: "member.updated",
      data: { member: { ...mine, name: "Event" } },
    });
    expect(store.member(mine.id)?.name).toBe("Event");
    expect(store.me.member.name).toBe("Event");
  });
});
