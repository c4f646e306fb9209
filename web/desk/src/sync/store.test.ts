import { describe, expect, it, vi } from "vitest";
import { conversation, conversationId, desk, entry, item, updated } from "./samples";
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
      data: { conversation_id: CHAT, revision: 1, by: "Marc" },
    });
    expect(store.item(CHAT)).toBeNull();
    expect(store.goneBy(CHAT)).toBe("Marc");
    // Its revision counts within the conversation and is far below the position of the event.
    store.apply({ ...updated(2, conversation(1)), position: 102 });
    expect(store.goneBy(CHAT)).toBeUndefined();
    expect(store.item(CHAT)).not.toBeNull();
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
    store.putMember({ ...mine, name: "Answer" });
    expect(store.member(mine.id)?.name).toBe("Answer");
    store.apply({
      type: "event",
      position: 150,
      kind: "member.updated",
      data: { member: { ...mine, name: "Event" } },
    });
    expect(store.member(mine.id)?.name).toBe("Event");
    expect(store.me.member.name).toBe("Event");
  });
});
