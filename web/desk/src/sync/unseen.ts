// The alerts for me, or for a team of mine, that I have not seen.
// Must stay true: looking at the stream, or at a chat, sees what is said of it, here or in another tab; what was closed
// is nobody's in particular and counts nothing; of what I muted only a mention does.
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

  get all(): UnseenAlert[] {
    return [...this.#alerts.values()];
  }

  has(id: ConversationId): boolean {
    return this.all.some(({ conversation_id }) => conversation_id === id);
  }

  reset({ unseen_alerts }: Pick<Desk, "unseen_alerts">): void {
    this.#alerts = new Map(unseen_alerts.map((one) => [one.id, one]));
    this.#store.topics.touch(ACTIVITY_TOPIC);
  }

  apply(event: DeskEvent): void {
    switch (event.kind) {
      case "alert.added": {
        const { alert_id: id, at, kind, conversation_id } = event.data;
        const muted = kind !== "mentioned" && this.#store.item(conversation_id)?.muted;
        if (kind === "closed" || muted) return;
        this.#alerts.set(id, { id, at, conversation_id });
        return this.#store.topics.touch(ACTIVITY_TOPIC);
      }
      case "activity.seen": {
        const { seen_at } = event.data;
        return this.#forget(({ at }) => at <= seen_at);
      }
      case "conversation.read_mark": {
        const { conversation_id, unread, mentioned } = event.data;
        if (unread || mentioned) return;
        return this.#forget((one) => one.conversation_id === conversation_id);
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
