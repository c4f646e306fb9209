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
  kind: "given" | "closed" | "mentioned" = "given",
): DeskEvent {
  const data = { alert_id: alert(n), at: n, kind, conversation_id: conversationId(chat) };
  return { type: "event", position: 100 + n, kind: "alert.added", data };
}

function mark(chat: number, mentioned: boolean): DeskEvent {
  const own = { inbound_seen: 1, unread: false, muted: false, mentioned, mentioned_at: null };
  const data = { conversation_id: conversationId(chat), ...own, mark: 2 };
  return { type: "event", position: 200, kind: "conversation.read_mark", data };
}

function setUp() {
  const unseen_alerts = [{ id: alert(1), at: 1, conversation_id: conversationId(1) }];
  const boot = desk([item(1), { ...item(2), muted: true, mark: 1 }], { unseen_alerts });
  return new Unseen(new DeskStore(boot, new Topics((run) => run())), boot);
}

describe("unseen alerts", () => {
  // C18
  it("are those of the start and each new one, once, without what is closed or muted", () => {
    const unseen = setUp();
    for (const event of [added(2, 3), added(2, 3), added(3, 2), added(4, 3, "closed")])
      unseen.apply(event);
    expect(unseen.all.map(({ id }) => id)).toEqual([alert(1), alert(2)]);
    expect([unseen.has(conversationId(3)), unseen.has(conversationId(2))]).toEqual([true, false]);
    unseen.apply(added(5, 2, "mentioned"));
    expect(unseen.has(conversationId(2)), "a mention still calls").toBe(true);
  });

  it("are seen by reading their chat, or by looking at the stream, in whatever tab", () => {
    const unseen = setUp();
    for (const event of [added(2, 3), added(5, 4)]) unseen.apply(event);
    // A call is not what reads it.
    unseen.apply(mark(1, true));
    expect(unseen.all).toHaveLength(3);
    unseen.apply(mark(1, false));
    expect(unseen.all.map(({ id }) => id)).toEqual([alert(2), alert(5)]);
    unseen.apply({ type: "event", position: 300, kind: "activity.seen", data: { seen_at: 2 } });
    expect(unseen.all.map(({ id }) => id)).toEqual([alert(5)]);
    const gone = {
      conversation_id: conversationId(4),
      revision: 9,
      by: null,
      joined: null,
      deleted: false,
    };
    unseen.apply({ type: "event", position: 301, kind: "conversation.gone", data: gone });
    expect(unseen.all).toEqual([]);
  });
});
