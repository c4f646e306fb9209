// The alerts for me, or for a team of mine, that I have not seen.
// Must stay true: the number is the server's: looking at the stream sees all, reading a chat what stands as far up in it,
// here or in another tab; what was closed is nobody's in particular and counts nothing; of what I muted only a mention
// does, and the rest again once I unmute it.
// Absent: the stream itself (features/activity), which is asked for when it is opened.

import type { AlertId, ConversationId, Desk, DeskEvent } from "@sapa/protocol";
import type { DeskStore } from "./store";

export const ACTIVITY_TOPIC = "activity";

type UnseenAlert = Desk["unseen_alerts"][number];

export class Unseen {
  #store: DeskStore;
  #alerts = new Map<AlertId, UnseenAlert>();

  constructor(store: DeskStore, desk: Pick<Desk, "unseen_alerts">) {
    this.#store = store;
    this.reset(desk);
  }

  /** With those of what I muted. */
  get all(): UnseenAlert[] {
    return [...this.#alerts.values()];
  }

  get count(): number {
    return this.all.filter(({ kind, muted }) => !muted || kind === "mentioned").length;
  }

  /** Would reading the chat up to this position see anything? */
  has(id: ConversationId, position: number): boolean {
    return this.all.some((one) => one.conversation_id === id && one.position <= position);
  }

  reset({ unseen_alerts }: Pick<Desk, "unseen_alerts">): void {
    this.#alerts = new Map(unseen_alerts.map((one) => [one.id, one]));
    this.#store.topics.touch(ACTIVITY_TOPIC);
  }

  apply(event: DeskEvent): void {
    switch (event.kind) {
      case "alert.added": {
        const { alert_id: id, at, kind, conversation_id, position } = event.data;
        if (kind === "closed") return;
        const others = this.all.filter((one) => one.conversation_id === conversation_id);
        const muted = this.#store.item(conversation_id)?.muted ?? others[0]?.muted ?? false;
        this.#alerts.set(id, { id, at, kind, conversation_id, position, muted });
        return this.#store.topics.touch(ACTIVITY_TOPIC);
      }
      case "activity.seen": {
        const { seen_at } = event.data;
        return this.#forget(({ at }) => at <= seen_at);
      }
      case "conversation.read_mark": {
        const { conversation_id: id, position, muted } = event.data;
        const left = this.all.filter(
          (one) => one.conversation_id !== id || one.position > position,
        );
        const known = left.map((one) => (one.conversation_id === id ? { ...one, muted } : one));
        return this.reset({ unseen_alerts: known });
      }
      case "conversation.gone": {
        const { conversation_id } = event.data;
        return this.#forget((one) => one.conversation_id === conversation_id);
      }
    }
  }

  #forget(seen: (one: UnseenAlert) => boolean): void {
    const left = this.all.filter((one) => !seen(one));
    if (left.length < this.#alerts.size) this.reset({ unseen_alerts: left });
  }
}
