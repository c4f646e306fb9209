// How many customer messages in my open conversations I have not seen.
// Must stay true: never below zero; what I muted counts nothing; all my other conversations count, whatever part of
// the list is loaded.
// Absent: drawing the counters (app/badge.ts).

import type { ConversationId, ConversationItem } from "@sapa/protocol";
import type { DeskStore } from "./store";
import type { Topics } from "./topics";
import { belongsTo } from "./views";

export const UNREAD_TOPIC = "unread";

export function unreadOf(item: ConversationItem): number {
  return Math.max(0, item.conversation.inbound_count - item.inbound_seen);
}

/** By new messages, or by hand. */
export function isUnread(item: ConversationItem): boolean {
  return item.unread || unreadOf(item) > 0;
}

export class Unread {
  #store: DeskStore;
  #topics: Topics;
  #mine = new Map<ConversationId, number>();
  #loaded = 0;
  /** Unread ones in conversations that are not loaded yet; shrinks as pages arrive. */
  #unloaded = 0;
  #newest_at_boot = 0;

  constructor(store: DeskStore, unread_mine: number) {
    this.#store = store;
    this.#topics = store.topics;
    for (const item of store.items()) this.#count(item.conversation.id, item);
    this.reset(unread_mine);
    store.onConversation((id, after, before) => this.#hear(id, after, before));
  }

  get mine(): number {
    return this.#loaded + this.#unloaded;
  }

  /** After the boot answer has filled the store. */
  reset(unread_mine: number): void {
    const times = [...this.#store.items()].map((item) => item.conversation.last_activity_at);
    this.#newest_at_boot = times.reduce((a, b) => Math.max(a, b), 0);
    this.#unloaded = Math.max(0, unread_mine - this.#loaded);
    this.#topics.touch(UNREAD_TOPIC);
  }

  #hear(id: ConversationId, after: ConversationItem | null, before: ConversationItem | null): void {
    const change = this.#count(id, after);
    if (change === 0) return;
    if (before === null && after && change > 0) {
      this.#unloaded = Math.max(0, this.#unloaded - this.#countedAtBoot(after, change));
    }
    this.#topics.touch(UNREAD_TOPIC);
  }

  /** Of a conversation that was not known here: an older page, or a new message on top of older ones. */
  #countedAtBoot(item: ConversationItem, unread: number): number {
    return item.conversation.last_activity_at <= this.#newest_at_boot ? unread : unread - 1;
  }

  #count(id: ConversationId, item: ConversationItem | null): number {
    const mine = item !== null && belongsTo("mine", item.conversation, this.#store.me.member.id);
    const unread = mine && !item.muted ? unreadOf(item) : 0;
    const change = unread - (this.#mine.get(id) ?? 0);
    if (unread > 0) this.#mine.set(id, unread);
    else this.#mine.delete(id);
    this.#loaded += change;
    return change;
  }
}
