// What the desk knows: one Known per conversation, plus members, inboxes, counters and me.
// Must stay true: every change goes through the reducers of @sapa/protocol, so that answers and events may
// arrive in any order; objects that did not change keep their identity; each change touches its topics.
// Absent: requests (boot, threads, commands), order of lists (views.ts), the DOM.

import {
  applyConversationEvent,
  applyEntries,
  applyItem,
  conversationIdOf,
  isConversationEvent,
  newest,
  NOTHING_KNOWN,
  type Conversation,
  type ConversationId,
  type ConversationItem,
  type Counters,
  type Desk,
  type DeskEvent,
  type Entry,
  type Inbox,
  type InboxId,
  type Known,
  type Me,
  type Member,
  type MemberId,
  type Stamped,
} from "@sapa/protocol";
import { Topics } from "./topics";

/** What the person just did and the server has not answered yet. */
export type Overlay = Partial<
  Pick<Conversation, "status" | "holder" | "close_reason" | "snoozed_until">
>;

/** Called on every change of a conversation, before the screen hears of it. */
export type ConversationListener = (
  id: ConversationId,
  after: ConversationItem | null,
  before: ConversationItem | null,
) => void;

export const topic = {
  conversation: (id: ConversationId) => `conversation:${id}`,
  thread: (id: ConversationId) => `thread:${id}`,
  members: "members",
  inboxes: "inboxes",
  counters: "counters",
  me: "me",
};

export class DeskStore {
  readonly topics: Topics;
  #known = new Map<ConversationId, Known>();
  #overlays = new Map<ConversationId, Overlay>();
  #items = new Map<ConversationId, ConversationItem>();
  #gone_by = new Map<ConversationId, string | null>();
  #members = new Map<MemberId, Stamped<Member>>();
  #inboxes = new Map<InboxId, Stamped<Inbox>>();
  #counters = new Map<InboxId, Stamped<Counters>>();
  #me: Me;
  #listeners: ConversationListener[] = [];

  constructor(desk: Omit<Desk, "drafts">, topics: Topics = new Topics()) {
    this.topics = topics;
    this.#me = desk.me;
    this.#adopt(desk);
  }

  onConversation(listener: ConversationListener): void {
    this.#listeners.push(listener);
  }

  // Reading

  get me(): Me {
    return this.#me;
  }

  get members(): Member[] {
    return [...this.#members.values()]
      .map(({ value }) => value)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  get inboxes(): Inbox[] {
    return [...this.#inboxes.values()].map(({ value }) => value);
  }

  get counters(): Counters[] {
    return [...this.#counters.values()].map(({ value }) => value);
  }

  member(id: MemberId): Member | undefined {
    return this.#members.get(id)?.value;
  }

  inbox(id: InboxId): Inbox | undefined {
    return this.#inboxes.get(id)?.value;
  }

  item(id: ConversationId): ConversationItem | null {
    return this.#items.get(id) ?? null;
  }

  items(): Iterable<ConversationItem> {
    return this.#items.values();
  }

  /** Null while nobody looked at the thread. */
  entries(id: ConversationId): readonly Entry[] | null {
    return this.#known.get(id)?.entries ?? null;
  }

  /** Who took a conversation that I can no longer see; undefined while I can. */
  goneBy(id: ConversationId): string | null | undefined {
    return this.#items.has(id) ? undefined : this.#gone_by.get(id);
  }

  // Changing

  apply(event: DeskEvent): void {
    if (isConversationEvent(event)) {
      const id = conversationIdOf(event);
      if (event.kind === "conversation.gone") this.#gone_by.set(id, event.data.by);
      return this.#update(id, (known) => applyConversationEvent(known, event));
    }
    this.#applyOther(event);
  }

  putItem(item: ConversationItem): void {
    this.#update(item.conversation.id, (known) => applyItem(known, item));
  }

  putEntries(id: ConversationId, entries: readonly Entry[]): void {
    this.#update(id, (known) => applyEntries(known, entries));
  }

  /** From now on events fill this thread, even while its first page is still on the way. */
  watchThread(id: ConversationId): void {
    this.#update(id, (known) => (known.entries === null ? { ...known, entries: [] } : known));
  }

  /** Keeps the newest entries of a thread that nobody looks at. */
  shortenThread(id: ConversationId, keep: number): void {
    this.#update(id, (known) => {
      if (known.entries === null || known.entries.length <= keep) return known;
      return { ...known, entries: known.entries.slice(-keep) };
    });
  }

  dropThread(id: ConversationId): void {
    this.#update(id, (known) => (known.entries === null ? known : { ...known, entries: null }));
  }

  /** What I have seen, and whether I flagged or muted it, until the server's own mark comes. */
  putMark(
    id: ConversationId,
    change: Partial<Pick<ConversationItem, "inbound_seen" | "unread" | "muted">>,
  ): void {
    const { inbound_seen = 0, unread = false, muted = false, mark = 0 } = this.item(id) ?? {};
    const own = { inbound_seen, unread, muted, ...change, mark: mark + 1 };
    this.apply({
      type: "event",
      position: 0,
      kind: "conversation.read_mark",
      data: { conversation_id: id, ...own },
    });
  }

  /** The request says that I may not see it (any more). */
  forget(id: ConversationId): void {
    if (!this.#gone_by.has(id)) this.#gone_by.set(id, null);
    this.#update(id, (known) => ({ ...known, item: null }));
  }

  /** A refusal names who took it, when no event did. */
  noteTaker(id: ConversationId, by: string): void {
    this.#gone_by.set(id, by);
    this.topics.touch(topic.conversation(id));
  }

  overlay(id: ConversationId, overlay: Overlay | null): void {
    if (overlay) this.#overlays.set(id, overlay);
    else this.#overlays.delete(id);
    this.#publish(id);
  }

  setMe(me: Me): void {
    this.#me = me;
    this.topics.touch(topic.me);
  }

  putInbox(inbox: Inbox): void {
    // An answer to my own command is newer than anything known, but must not block later events.
    const at = (this.#inboxes.get(inbox.id)?.at ?? 0) + 1;
    this.#inboxes.set(inbox.id, newest(this.#inboxes.get(inbox.id), at, inbox));
    this.topics.touch(topic.inboxes);
  }

  putMember(member: Member): void {
    const at = (this.#members.get(member.id)?.at ?? 0) + 1;
    this.#members.set(member.id, newest(this.#members.get(member.id), at, member));
    this.topics.touch(topic.members);
  }

  /** Nothing is shown that the server has not confirmed. */
  get settled(): boolean {
    return this.#overlays.size === 0;
  }

  /** What the boot answer would say at this position, without conversations. */
  snapshot(position: number, unread_mine: number): Omit<Desk, "page" | "drafts"> {
    const { me, members, inboxes, counters } = this;
    return { position, unread_mine, me, members, inboxes, counters };
  }

  /** Starts again from a snapshot: what is not in it and not kept is no longer known. */
  reset(desk: Desk, keep: ReadonlySet<ConversationId>): void {
    for (const id of [...this.#known.keys()]) {
      if (keep.has(id)) continue;
      this.#known.delete(id);
      this.#publish(id);
    }
    this.#members.clear();
    this.#inboxes.clear();
    this.#counters.clear();
    this.#me = desk.me;
    this.#adopt(desk);
  }

  #adopt(desk: Omit<Desk, "drafts">): void {
    const at = desk.position;
    for (const member of desk.members) this.#members.set(member.id, { at, value: member });
    for (const inbox of desk.inboxes) this.#inboxes.set(inbox.id, { at, value: inbox });
    for (const counters of desk.counters) {
      this.#counters.set(counters.inbox_id, { at, value: counters });
    }
    for (const item of desk.page.items) this.putItem(item);
    this.topics.touch(topic.me, topic.members, topic.inboxes, topic.counters);
  }

  #applyOther(event: DeskEvent): void {
    const at = event.position;
    switch (event.kind) {
      case "inbox.counters":
        return this.#set(this.#counters, event.data.inbox_id, at, event.data, topic.counters);
      case "inbox.updated":
        return this.#set(this.#inboxes, event.data.inbox.id, at, event.data.inbox, topic.inboxes);
      case "member.updated":
        return this.#applyMember(event.data.member, at);
      case "workspace.updated":
        return this.setMe({ ...this.#me, workspace: event.data.workspace });
      case "conversation.mentioned":
        // The note itself comes with its conversation.
        return;
    }
  }

  #applyMember(member: Member, at: number): void {
    this.#set(this.#members, member.id, at, member, topic.members);
    if (member.id === this.#me.member.id) this.setMe({ ...this.#me, member });
  }

  #set<K, V>(map: Map<K, Stamped<V>>, key: K, at: number, value: V, touched: string): void {
    map.set(key, newest(map.get(key), at, value));
    this.topics.touch(touched);
  }

  #update(id: ConversationId, change: (known: Known) => Known): void {
    const before = this.#known.get(id) ?? NOTHING_KNOWN;
    const after = seenAgain(before, change(before));
    if (after === before) return;
    this.#known.set(id, after);
    if (after.entries !== before.entries) this.topics.touch(topic.thread(id));
    if (after.item !== before.item) this.#publish(id);
  }

  /** Lays the overlay over what is known and tells everybody. */
  #publish(id: ConversationId): void {
    const before = this.#items.get(id) ?? null;
    const after = covered(this.#known.get(id)?.item ?? null, this.#overlays.get(id));
    if (after === before) return;
    if (after) this.#items.set(id, after);
    else this.#items.delete(id);
    this.topics.touch(topic.conversation(id));
    for (const listener of this.#listeners) listener(id, after, before);
  }
}

/** Back in sight: its older history is mine to see as well. */
function seenAgain(before: Known, after: Known): Known {
  const returned = before.item === null && after.item !== null && after.marks.gone > 0;
  return returned ? { ...after, marks: { ...after.marks, gone: 0 } } : after;
}

function covered(item: ConversationItem | null, overlay: Overlay | undefined) {
  if (!item || !overlay) return item;
  return { ...item, conversation: { ...item.conversation, ...overlay } };
}
