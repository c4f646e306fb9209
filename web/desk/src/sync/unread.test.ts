import type { ConversationId, DeskEvent } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { conversation, conversationId, desk, item, MARC, updated } from "./samples";
import { DeskStore } from "./store";
import { Topics } from "./topics";
import { Unread, unreadOf } from "./unread";

const SHOP = conversation(1).inbox_id;

function setUp(
  items = [item(1, { inbound_count: 3 }, 1), item(2)],
  unread = 1,
  mentioned_in: ConversationId[] = [],
  messages = unread,
) {
  const unread_mine = [{ inbox_id: SHOP, conversations: unread, messages }];
  const boot = desk(items, { unread_mine, mentioned_in });
  const store = new DeskStore(boot, new Topics((run) => run()));
  return { store, unread: new Unread(store, boot) };
}

describe("unread", () => {
  // R120
  it("is what came in minus what I saw, never below zero", () => {
    expect(unreadOf(item(1, { inbound_count: 3 }, 1))).toBe(2);
    expect(unreadOf(item(1, { inbound_count: 1 }, 4))).toBe(0);
  });

  // R096, C10
  it("counts conversations: each once with its first message, and no more when I read, here or in another tab", () => {
    const { store, unread } = setUp();
    expect(unread.mine).toBe(1);
    store.apply(updated(101, conversation(2, { inbound_count: 1 })));
    expect(unread.mine).toBe(2);
    store.apply(updated(102, conversation(2, { inbound_count: 2 })));
    expect(unread.mine).toBe(2);
    store.putMark(conversationId(2), { inbound_seen: 2, unread: false });
    expect(unread.mine).toBe(1);
    store.apply({
      type: "event",
      position: 103,
      kind: "conversation.read_mark",
      data: {
        conversation_id: conversationId(1),
        inbound_seen: 3,
        unread: false,
        muted: false,
        mentioned: false,
        mentioned_at: null,
        position: 3,
        mark: 1,
      },
    });
    expect(unread.mine).toBe(0);
  });

  // R120
  it("says nothing of what an event brings before it is known how much of it I saw", () => {
    const asked = new Set([conversationId(7)]);
    const boot = desk([item(1)], { unread_mine: [] });
    const store = new DeskStore(boot, new Topics((run) => run()));
    const unread = new Unread(store, boot, (id) => asked.has(id));
    // Somebody unblocked the customer: nothing in it is new.
    store.apply(updated(101, conversation(7, { inbound_count: 5 })));
    expect([unread.mine, unread.messages]).toEqual([0, 0]);
    store.putItem(item(7, { inbound_count: 5 }, 5));
    asked.clear();
    unread.learn(conversationId(7));
    expect([unread.mine, unread.messages]).toEqual([0, 0]);
    store.apply(updated(102, conversation(7, { inbound_count: 6, revision: 102 })));
    expect([unread.mine, unread.messages]).toEqual([1, 1]);
  });

  it("counts what I marked unread by hand", () => {
    const { store, unread } = setUp([item(1)], 0);
    store.putMark(conversationId(1), { unread: true });
    expect(unread.mine).toBe(1);
    store.putMark(conversationId(1), { unread: false });
    expect(unread.mine).toBe(0);
  });

  it("does not count what a colleague holds or what is closed", () => {
    const { store, unread } = setUp();
    store.apply(
      updated(101, conversation(1, { inbound_count: 3, holder: { kind: "member", id: MARC } })),
    );
    expect(unread.mine).toBe(0);
  });

  it("counts chats that are not loaded yet, and does not count them twice", () => {
    const { store, unread } = setUp([item(5, { inbound_count: 1 })], 3);
    expect(unread.mine).toBe(3);
    store.putItem(item(2, { inbound_count: 4 }));
    store.putItem(item(3));
    expect(unread.mine).toBe(3);
    store.putMark(conversationId(2), { inbound_seen: 4, unread: false });
    expect(unread.mine).toBe(2);
  });

  // C13
  it("counts by inbox, loaded or not", () => {
    const other = "inb_00000000000000000000000000000002";
    const { store, unread } = setUp([item(5, { inbound_count: 1 })], 3);
    store.putItem(item(2, { inbound_count: 4, inbox_id: other }));
    expect(unread.by_inbox).toEqual([
      { inbox_id: SHOP, conversations: 3, messages: 3 },
      { inbox_id: other, conversations: 1, messages: 4 },
    ]);
    store.putMark(conversationId(5), { inbound_seen: 1, unread: false });
    expect([unread.mineIn(SHOP), unread.mineIn(other), unread.mine]).toEqual([2, 1, 3]);
  });

  // R206, C10
  it("counts messages: all that I have not seen in what is mine, loaded or not", () => {
    const { store, unread } = setUp([item(6, { inbound_count: 3 }, 1), item(7)], 4, [], 12);
    expect([unread.mine, unread.messages]).toEqual([4, 12]);
    store.apply(updated(101, conversation(6, { inbound_count: 4 })));
    expect([unread.mine, unread.messages]).toEqual([4, 13]);
    // Marked by hand is one chat more, and no message.
    store.putMark(conversationId(7), { unread: true });
    expect([unread.mine, unread.messages]).toEqual([5, 13]);
    store.putItem(item(3, { inbound_count: 4 }));
    expect([unread.mine, unread.messages]).toEqual([5, 13]);
    store.apply(updated(102, conversation(8, { inbound_count: 4, last_activity_at: 9_000 })));
    expect([unread.mine, unread.messages]).toEqual([5, 14]);
    store.putMark(conversationId(8), { inbound_seen: 4, unread: false });
    expect([unread.mine, unread.messages]).toEqual([4, 10]);
  });

  it("does not count what I muted, and counts it again afterwards", () => {
    const { store, unread } = setUp([item(5, { inbound_count: 2 })], 1);
    store.putMark(conversationId(5), { muted: true });
    expect(unread.mine).toBe(0);
    store.putMark(conversationId(5), { muted: false });
    expect(unread.mine).toBe(1);
  });

  it("counts the first message of a chat that was not known, and no second one that was counted before", () => {
    const { store, unread } = setUp([item(5)], 1);
    store.apply(updated(101, conversation(9, { inbound_count: 1, last_activity_at: 9_000 })));
    expect(unread.mine).toBe(2);
    store.apply(updated(102, conversation(8, { inbound_count: 2, last_activity_at: 9_100 })));
    expect(unread.mine).toBe(2);
  });

  it("is asked for again when a chat that is counted and not loaded is gone or read elsewhere", () => {
    const { store, unread } = setUp([item(5, { inbound_count: 1 })], 3);
    const gone = (n: number): DeskEvent => ({
      type: "event",
      position: 101,
      kind: "conversation.gone",
      data: {
        conversation_id: conversationId(n),
        revision: 9,
        by: null,
        joined: null,
        deleted: true,
      },
    });
    expect([unread.isUncertain(gone(5)), unread.isUncertain(gone(7))]).toEqual([false, true]);
    expect(unread.isUncertain(updated(102, conversation(7, { inbound_count: 1 })))).toBe(false);
    store.apply(gone(5));
    expect(unread.mine).toBe(2);
    unread.reset({
      unread_mine: [{ inbox_id: SHOP, conversations: 1, messages: 1 }],
      mentioned_in: [],
    });
    expect(unread.mine).toBe(1);
    unread.reset({ unread_mine: [], mentioned_in: [] });
    expect([unread.mine, unread.isUncertain(gone(7))]).toEqual([0, false]);
  });

  // C13
  it("knows where I was mentioned and have not read it, loaded or not", () => {
    const mentioned = { ...item(2), mentioned: true, mentioned_at: 5 };
    const elsewhere = conversationId(7);
    const { store, unread } = setUp([item(1), mentioned], 0, [conversationId(2), elsewhere]);
    expect(unread.mentioned_in).toEqual([conversationId(2), elsewhere]);
    store.putMark(conversationId(2), { mentioned: false });
    expect(unread.mentioned_in).toEqual([elsewhere]);
    store.putItem({ ...item(7), mark: 1 });
    expect(unread.mentioned_in).toEqual([]);
    store.putItem({ ...item(1), mentioned: true, mentioned_at: 9, mark: 1 });
    expect(unread.mentioned_in).toEqual([conversationId(1)]);
    store.forget(conversationId(1));
    expect(unread.mentioned_in).toEqual([]);
    // Read in another tab, or heard of, and never loaded here.
    unread.hearMark({ conversation_id: conversationId(8), mentioned: true });
    expect(unread.mentioned_in).toEqual([conversationId(8)]);
    unread.hearMark({ conversation_id: conversationId(8), mentioned: false });
    expect(unread.mentioned_in).toEqual([]);
  });
});
