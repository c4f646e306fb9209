import { describe, expect, it } from "vitest";
import type { ConversationMentioned, LimitReached } from "@sapa/protocol";
import { attentionOf, mentionOf, waitingOf, SoundLimit, type AttentionRules } from "./attention";
import { conversation, conversationId, entry, entryId, MARC, ME, updated } from "./samples";

const CHAT = conversationId(1);
const rules: AttentionRules = {
  me: ME,
  my_teams: [],
  paused: () => false,
  live: true,
  leading: true,
  looked_at: () => false,
};

function attention(
  change: Partial<AttentionRules> = {},
  one = conversation(1),
  author = "contact",
) {
  const message = entry(101, CHAT, {
    author: { kind: author as "contact", id: author, name: null },
  });
  const event = updated(101, one, [message]);
  const item = {
    conversation: event.data.conversation,
    can: [],
    inbound_seen: 0,
    unread: false,
    muted: false,
    mentioned: false,
    mentioned_at: null,
    mark: 0,
  };
  return attentionOf(event, item, { ...rules, ...change })?.tone ?? null;
}

describe("attention", () => {
  // C18
  it("is asked for when a customer writes in a chat of mine or in the queue", () => {
    expect(attention()).toBe("mine");
    expect(attention({}, conversation(1, { holder: { kind: "queue" } }))).toBe("queue");
  });

  // C18
  it("is not asked for a colleague's chat, my own words, or history after a reconnect", () => {
    expect(attention({}, conversation(1, { holder: { kind: "member", id: MARC } }))).toBeNull();
    expect(attention({}, conversation(1), "member")).toBeNull();
    expect(attention({ live: false })).toBeNull();
  });

  // C41
  it("is not asked for in the queue of an inbox from which I take nothing, and in chats of mine it is", () => {
    const paused = (id: string) => id === conversation(1).inbox_id;
    expect(attention({ paused }, conversation(1, { holder: { kind: "queue" } }))).toBeNull();
    expect(attention({ paused })).toBe("mine");
  });

  it("is not asked for in a chat that I muted", () => {
    const author = { kind: "contact", id: "contact", name: null } as const;
    const event = updated(101, conversation(1), [entry(101, CHAT, { author })]);
    const { conversation: muted } = event.data;
    const item = {
      conversation: muted,
      can: [],
      inbound_seen: 0,
      unread: false,
      muted: true,
      mentioned: false,
      mentioned_at: null,
      mark: 1,
    };
    expect(attentionOf(event, item, rules)).toBeNull();
  });

  it("is asked for by one tab, and by none while somebody looks", () => {
    expect(attention({ leading: false })).toBeNull();
    expect(attention({ looked_at: () => true })).toBeNull();
  });

  it("is asked for when a colleague calls, quietly after a break, and not for what is on screen", () => {
    const event: ConversationMentioned = {
      type: "event",
      position: 101,
      kind: "conversation.mentioned",
      data: { conversation_id: CHAT, entry_id: entryId(7), by: "Marc", team: null },
    };
    const called = (change: Partial<AttentionRules>) =>
      mentionOf(event, null, { ...rules, ...change });
    expect(called({})).toMatchObject({ by: "Marc", entry_id: entryId(7), loud: true });
    expect(called({ live: false })?.loud).toBe(false);
    expect(called({ leading: false })?.loud).toBe(false);
    expect(called({ looked_at: (id) => id === CHAT })).toBeNull();
  });

  it("is asked for when somebody waits too long, unless that is muted, looked at or old", () => {
    const event: LimitReached = {
      type: "event",
      position: 102,
      kind: "conversation.limit_reached",
      data: { conversation_id: CHAT, waiting_since: 1_000, late: true },
    };
    const told = (change: Partial<AttentionRules>) =>
      waitingOf(event, null, { ...rules, ...change });
    expect(told({})?.reached).toMatchObject({ waiting_since: 1_000, late: true });
    expect(told({ live: false }) ?? told({ leading: false })).toBeNull();
    expect(told({ looked_at: (id) => id === CHAT })).toBeNull();
  });

  it("sounds at most once in four seconds", () => {
    const limit = new SoundLimit();
    expect([0, 1_000, 3_999, 4_000].map((at) => limit.allow(at))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
