// How many customer messages I have not seen.
// Must stay true: never below zero; my open conversations count, whatever part of the list is loaded.
// Absent: drawing the counters (app/badge.ts).

import type { ConversationId, ConversationItem } from "@sapa/protocol";
import type { DeskStore } from "./store";
import type { Topics } from "./topics";
import { belongsTo } from "./views";

export const UNREAD_TOPIC = "unread";

export function unreadOf(item: ConversationItem): number {
  return Math.max(0, item.conversation.inbound_count - item.inbound_seen);
}

export class Unread {
  #store: DeskStore;
  #topics: Topics;
  #mine = new Set<ConversationId>();
  /** Unread ones of mine that are not loaded yet; shrinks as pages arrive. */
  #unloaded = 0;
  #newest_at_boot = 0;

  constructor(store: DeskStore, unread_mine: number) {
    this.#store = store;
    this.#topics = store.topics;
    for (const item of store.items()) this.#count(item.conversation.id, item);
    this.reset(unread_mine);
    store.onConversation((id, after, before) => this.#hear(id, after, before));
  }

  /** Conversations of mine with something new. */
  get mine(): number {
    return this.#mine.size + this.#unloaded;
  }

  /** After the boot answer has filled the store. */
  reset(unread_mine: number): void {
    const times = [...this.#store.items()].map((item) => item.conversation.last_activity_at);
    this.#newest_at_boot = times.reduce((a, b) => Math.max(a, b), 0);
    this.#unloaded = Math.max(0, unread_mine - this.#mine.size);
    this.#topics.touch(UNREAD_TOPIC);
  }

  #hear(id: ConversationId, after: ConversationItem | null, before: ConversationItem | null): void {
    const size = this.#mine.size;
    this.#count(id, after);
    if (this.#mine.size === size) return;
    if (before === null && after && this.#mine.size > size && this.#wasCounted(after)) {
      this.#unloaded = Math.max(0, this.#unloaded - 1);
    }
    this.#topics.touch(UNREAD_TOPIC);
  }

  /** An older page, or a new message, brought one that the boot answer had already counted. */
  #wasCounted(item: ConversationItem): boolean {
    return item.conversation.last_activity_at <= this.#newest_at_boot || unreadOf(item) > 1;
  }

  #count(id: ConversationId, item: ConversationItem | null): void {
    const counts =
      item !== null &&
      unreadOf(item) > 0 &&
      belongsTo("mine", item.conversation, this.#store.me.member.id);
    if (counts) this.#mine.add(id);
    else this.#mine.delete(id);
  }
}
