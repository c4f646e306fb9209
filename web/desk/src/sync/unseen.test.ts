import type { AlertId, DeskEvent } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { conversationId, desk, item } from "./samples";
import { DeskStore } from "./store";
import { Topics } from "./topics";
import { Unseen } from "./unseen";

const alert = (n: number): AlertId => `alt_${n.toString().padStart(32, "0")}`;

function added(
  n: number,
  chat: number,
  kind: "given" | "closed" | "mentioned" | "late" = "given",
  at_position = n,
): DeskEvent {
  const conversation_id = conversationId(chat);
  const data = { alert_id: alert(n), at: n, kind, conversation_id, position: at_position };
  return { type: "event", position: 100 + n, kind: "alert.added", data };
}

function mark(chat: number, read: number, muted = false): DeskEvent {
  const own = { inbound_seen: 1, unread: false, muted, mentioned: false, mentioned_at: null };
  const data = { conversation_id: conversationId(chat), ...own, position: read, mark: 2 };
  return { type: "event", position: 200, kind: "conversation.read_mark", data };
}

function setUp() {
  const first = { id: alert(1), at: 1, kind: "given" as const, position: 1, muted: false };
  const unseen_alerts = [{ ...first, conversation_id: conversationId(1) }];
  const boot = desk([item(1), { ...item(2), muted: true, mark: 1 }], { unseen_alerts });
  return new Unseen(new DeskStore(boot, new Topics((run) => run())), boot);
}

const ids = (unseen: Unseen) => unseen.all.map(({ id }) => id);

describe("unseen alerts", () => {
  // C18
  it("are those of the start and each new one, once, without what is closed or muted", () => {
    const unseen = setUp();
    for (const event of [added(2, 3), added(2, 3), added(3, 2), added(4, 3, "closed")])
      unseen.apply(event);
    expect([ids(unseen), unseen.count]).toEqual([[alert(1), alert(2), alert(3)], 2]);
    unseen.apply(added(5, 2, "mentioned"));
    expect(unseen.count, "a mention still calls").toBe(3);
  });

  // C18
  it("are those of what I muted again once it is not, loaded or not", () => {
    const unseen = setUp();
    for (const event of [added(2, 3), mark(3, 0, true), added(3, 3), added(4, 2)])
      unseen.apply(event);
    expect(unseen.count).toBe(1);
    unseen.apply(mark(3, 0));
    expect(unseen.count).toBe(3);
  });

  it("are seen by reading as far as they stand, or by looking at the stream, in whatever tab", () => {
    const unseen = setUp();
    for (const event of [added(2, 3), added(5, 4), added(6, 1, "late", 8)]) unseen.apply(event);
    expect([1, 7, 8].map((read) => unseen.has(conversationId(1), read))).toEqual([
      true,
      true,
      true,
    ]);
    unseen.apply(mark(1, 0));
    expect(unseen.all).toHaveLength(4);
    // That its words were read is not that it was answered.
    unseen.apply(mark(1, 7));
    expect(ids(unseen)).toEqual([alert(2), alert(5), alert(6)]);
    expect([7, 8].map((read) => unseen.has(conversationId(1), read))).toEqual([false, true]);
    unseen.apply({ type: "event", position: 300, kind: "activity.seen", data: { seen_at: 2 } });
    expect(ids(unseen)).toEqual([alert(5), alert(6)]);
    const gone = {
      conversation_id: conversationId(4),
      revision: 9,
      by: null,
      joined: null,
      deleted: false,
    };
    unseen.apply({ type: "event", position: 301, kind: "conversation.gone", data: gone });
    expect(ids(unseen)).toEqual([alert(6)]);
  });
});
