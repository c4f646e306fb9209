// In how many of my open conversations something is unread, how much, and in which I was mentioned and have not read it.
// Must stay true: never below zero; what I muted counts nothing; all my other conversations count, whatever part of
// the list is loaded; one of which an event told before anybody knew what I have seen of it counts once that is known.
// Absent: drawing the counters (app/badge.ts).

import type {
  ConversationId,
  ConversationItem,
  ConversationReadMark,
  Desk,
  DeskEvent,
  InboxId,
} from "@sapa/protocol";
import { belongs } from "./filters";
import type { DeskStore } from "./store";
import type { Topics } from "./topics";

export const UNREAD_TOPIC = "unread";

export function unreadOf(item: ConversationItem): number {
  return Math.max(0, item.conversation.inbound_count - item.inbound_seen);
}

/** As the server counts: what is marked by hand, or mentions me, is one. */
function messagesOf(item: ConversationItem): number {
  return Math.max(1, unreadOf(item));
}

/** By new messages, by hand, or because I was mentioned. */
export function isUnread(item: ConversationItem): boolean {
  return item.unread || item.mentioned || unreadOf(item) > 0;
}

const NOTHING = { conversations: 0, messages: 0 };

export class Unread {
  #store: DeskStore;
  #topics: Topics;
  #loaded = new Map<ConversationId, { inbox: InboxId; messages: number; new: number }>();
  /** Unread conversations of each inbox that are not loaded yet, and what is unread in them; shrinks as pages arrive. */
  #unloaded = new Map<InboxId, { conversations: number; messages: number }>();
  #newest_at_boot = 0;
  #mentioned_in = new Set<ConversationId>();
  /** Is it being asked what I have seen of it? */
  #isAsked: (id: ConversationId) => boolean;

  constructor(
    store: DeskStore,
    desk: Pick<Desk, "unread_mine" | "mentioned_in">,
    isAsked: (id: ConversationId) => boolean = () => false,
  ) {
    this.#store = store;
    this.#isAsked = isAsked;
    this.#topics = store.topics;
    for (const item of store.items()) this.#count(item.conversation.id, item);
    this.reset(desk);
    store.onConversation((id, after, before) => this.#hear(id, after, before));
  }

  get mine(): number {
    return this.by_inbox.reduce((sum, { conversations }) => sum + conversations, 0);
  }

  /** What was written: a chat that was read and is marked by hand has no new message. */
  get messages(): number {
    const marked = [...this.#loaded.values()].reduce((sum, one) => sum + one.messages - one.new, 0);
    return this.by_inbox.reduce((sum, { messages }) => sum + messages, 0) - marked;
  }

  mineIn(inbox: InboxId): number {
    return this.#in(inbox).conversations;
  }

  #in(inbox: InboxId): { conversations: number; messages: number } {
    const loaded = [...this.#loaded.values()].filter((one) => one.inbox === inbox);
    const { conversations, messages } = this.#unloaded.get(inbox) ?? NOTHING;
    return {
      conversations: loaded.length + conversations,
      messages: loaded.reduce((sum, one) => sum + one.messages, messages),
    };
  }

  /** As the server says it. */
  get by_inbox(): Desk["unread_mine"] {
    const loaded = [...this.#loaded.values()].map(({ inbox }) => inbox);
    const inboxes = [...new Set([...loaded, ...this.#unloaded.keys()])];
    return inboxes.map((inbox_id) => ({ inbox_id, ...this.#in(inbox_id) }));
  }

  get mentioned_in(): ConversationId[] {
    return [...this.#mentioned_in];
  }

  /** Before the store hears of it: may the event be about one that is counted and not loaded here? */
  isUncertain(event: DeskEvent): boolean {
    if (event.kind !== "conversation.gone" && event.kind !== "conversation.read_mark") return false;
    const counts = [...this.#unloaded.values()].some(({ conversations }) => conversations > 0);
    return counts && this.#store.item(event.data.conversation_id) === null;
  }

  /** What was read elsewhere, of a conversation that is not loaded here. */
  hearMark({
    conversation_id: id,
    mentioned,
  }: Pick<ConversationReadMark["data"], "conversation_id" | "mentioned">): void {
    if (this.#store.item(id)) return;
    if (mentioned) this.#mentioned_in.add(id);
    else this.#mentioned_in.delete(id);
    this.#topics.touch(UNREAD_TOPIC);
  }

  /** What I have seen of it is known, or nobody can tell. */
  learn(id: ConversationId): void {
    this.#hear(id, this.#store.item(id), null);
  }

  /** After the boot answer has filled the store. */
  reset({ unread_mine, mentioned_in }: Pick<Desk, "unread_mine" | "mentioned_in">): void {
    this.#mentioned_in = new Set(mentioned_in);
    const times = [...this.#store.items()].map((item) => item.conversation.last_activity_at);
    this.#newest_at_boot = times.reduce((a, b) => Math.max(a, b), 0);
    this.#unloaded.clear();
    for (const { inbox_id, ...all } of unread_mine) {
      const { conversations, messages } = this.#in(inbox_id);
      this.#unloaded.set(
        inbox_id,
        left(all.conversations - conversations, all.messages - messages),
      );
    }
    this.#topics.touch(UNREAD_TOPIC);
  }

  #hear(id: ConversationId, after: ConversationItem | null, before: ConversationItem | null): void {
    const known = this.#loaded.get(id);
    if (after?.mentioned) this.#mentioned_in.add(id);
    else this.#mentioned_in.delete(id);
    if (after?.mentioned !== before?.mentioned) this.#topics.touch(UNREAD_TOPIC);
    if (this.#isAsked(id)) return;
    const counts = this.#count(id, after);
    if (counts?.messages === known?.messages) return;
    if (!known && before === null && after && this.#countedAtBoot(after)) {
      const { inbox_id } = after.conversation;
      const { conversations, messages } = this.#unloaded.get(inbox_id) ?? NOTHING;
      // What made it known is a new message, unless it came with an older page.
      const fresh = Number(after.conversation.last_activity_at > this.#newest_at_boot);
      const counted = messages - messagesOf(after) + fresh;
      this.#unloaded.set(inbox_id, left(conversations - 1, counted));
    }
    this.#topics.touch(UNREAD_TOPIC);
  }

  /** One that was not known here: on an older page, or with a new message on top of older ones. */
  #countedAtBoot(item: ConversationItem): boolean {
    const old = item.conversation.last_activity_at <= this.#newest_at_boot;
    return old || item.unread || item.mentioned || unreadOf(item) > 1;
  }

  /** What it counts for now; none: it is not one of them. */
  #count(id: ConversationId, item: ConversationItem | null) {
    const around = { me: this.#store.me.member.id, isPinned: () => false, isLimited: () => false };
    const mine = item !== null && belongs("mine", {}, item, around);
    const counts =
      mine && !item.muted && isUnread(item)
        ? { inbox: item.conversation.inbox_id, messages: messagesOf(item), new: unreadOf(item) }
        : null;
    if (counts) this.#loaded.set(id, counts);
    else this.#loaded.delete(id);
    return counts;
  }
}

/** Never below zero, and something is unread in each of them. */
function left(conversations: number, messages: number) {
  const some = Math.max(0, conversations);
  return { conversations: some, messages: some === 0 ? 0 : Math.max(some, messages) };
}
