// What a person does to a conversation: assign, close, reopen, snooze, tag, block, read, flag; to a message: correct,
// remove.
// Must stay true: the screen follows at once and goes back when the server refuses; the server's answer, not
// the guess, is what stays; reading is told once per newest message.
// Absent: rules about who may do it. The server says so with `can`.

import type {
  CloseReason,
  ConversationId,
  ConversationItem,
  EntryId,
  Holder,
  StaffApi,
  TagId,
} from "@sapa/protocol";
import type { DeskStore, Overlay } from "./store";
import { isUnread } from "./unread";

type Api = Pick<
  StaffApi,
  | "assign"
  | "close"
  | "reopen"
  | "snooze"
  | "wake"
  | "block"
  | "unblock"
  | "setTitle"
  | "tagConversation"
  | "untagConversation"
  | "markRead"
  | "markUnread"
  | "mute"
  | "unmute"
  | "editEntry"
  | "removeEntry"
  | "reactToEntry"
  | "retryMessage"
>;

export class Commands {
  #store: DeskStore;
  #api: Api;
  /** Whether an alert about it was not seen. */
  #alerted: (id: ConversationId, position: number) => boolean;
  #read = new Map<ConversationId, number>();

  constructor(
    store: DeskStore,
    api: Api,
    alerted: (id: ConversationId, position: number) => boolean = () => false,
  ) {
    this.#store = store;
    this.#api = api;
    this.#alerted = alerted;
  }

  /** `comment` is for whoever gets it. */
  assign(id: ConversationId, to: Holder, comment = ""): Promise<void> {
    const holder = this.#store.item(id)?.conversation.holder ?? { kind: "queue" };
    return this.#do(id, { holder: to }, () =>
      this.#api.assign(id, { to, holder, comment: comment || null }),
    );
  }

  /** `note` is for the team; the tags are put on with it. */
  close(
    id: ConversationId,
    reason: CloseReason = "solved",
    note = "",
    tag_ids: TagId[] = [],
  ): Promise<void> {
    const overlay: Overlay = {
      status: "closed",
      close_reason: reason,
      snoozed_until: null,
      tag_ids: [...new Set([...this.#tags(id), ...tag_ids])],
    };
    return this.#do(id, overlay, () =>
      this.#api.close(id, { reason, note: note || null, tag_ids }),
    );
  }

  tag(id: ConversationId, tag: TagId): Promise<void> {
    const tag_ids = [...new Set([...this.#tags(id), tag])];
    return this.#do(id, { tag_ids }, () => this.#api.tagConversation(id, tag));
  }

  untag(id: ConversationId, tag: TagId): Promise<void> {
    const tag_ids = this.#tags(id).filter((one) => one !== tag);
    return this.#do(id, { tag_ids }, () => this.#api.untagConversation(id, tag));
  }

  reopen(id: ConversationId): Promise<void> {
    const overlay: Overlay = { status: "open", close_reason: null };
    return this.#do(id, overlay, () => this.#api.reopen(id));
  }

  /** `until` is in milliseconds UTC. */
  snooze(id: ConversationId, until: number): Promise<void> {
    return this.#do(id, { snoozed_until: until }, () => this.#api.snooze(id, until));
  }

  wake(id: ConversationId): Promise<void> {
    return this.#do(id, { snoozed_until: null }, () => this.#api.wake(id));
  }

  /** `until` is in milliseconds UTC; `reason` is for the team. */
  async block(id: ConversationId, until: number | null, reason: string): Promise<void> {
    this.#store.putItem(await this.#api.block(id, { until, reason: reason || null }));
  }

  async unblock(id: ConversationId): Promise<void> {
    this.#store.putItem(await this.#api.unblock(id));
  }

  /** Of the session; "" takes it away. */
  async setTitle(id: ConversationId, title: string): Promise<void> {
    this.#store.putItem(await this.#api.setTitle(id, title));
  }

  /** Everything up to the newest entry has been on screen, in front of a person. */
  async read(id: ConversationId): Promise<void> {
    const item = this.#store.item(id);
    if (!item) return;
    const position = item.conversation.last_position;
    if (!isUnread(item) && !this.#alerted(id, position)) return;
    if (!item.unread && !item.mentioned && (this.#read.get(id) ?? 0) >= position) return;
    this.#read.set(id, position);
    const inbound_seen = item.conversation.inbound_count;
    this.#store.putMark(id, { inbound_seen, unread: false, mentioned: false });
    // A lost mark is no harm: the next message or the next visit sends it again.
    await this.#api.markRead(id, position).catch(() => this.#read.delete(id));
  }

  /** For me alone, until I read it again. */
  async flagUnread(id: ConversationId): Promise<void> {
    const item = this.#store.item(id);
    if (!item) return;
    this.#store.putMark(id, { unread: true });
    await this.#api.markUnread(id);
  }

  /** For me alone. What the server did not take is undone here. */
  async setMuted(id: ConversationId, muted: boolean): Promise<void> {
    this.#store.putMark(id, { muted });
    try {
      await (muted ? this.#api.mute(id) : this.#api.unmute(id));
    } catch (error) {
      this.#store.putMark(id, { muted: !muted });
      throw error;
    }
  }

  async edit(id: ConversationId, entry: EntryId, text: string): Promise<void> {
    this.#store.putAnswer(id, await this.#api.editEntry(id, entry, text));
  }

  /** Sends a message again that could not be delivered. */
  async retry(id: ConversationId, entry: EntryId): Promise<void> {
    this.#store.putAnswer(id, await this.#api.retryMessage(id, entry));
  }

  /** The team's sign at a customer's message; null: none any more. */
  async react(id: ConversationId, entry: EntryId, emoji: string | null): Promise<void> {
    this.#store.putAnswer(id, await this.#api.reactToEntry(id, entry, emoji));
  }

  async remove(id: ConversationId, entry: EntryId): Promise<void> {
    this.#store.putAnswer(id, await this.#api.removeEntry(id, entry));
  }

  #tags(id: ConversationId): TagId[] {
    return this.#store.item(id)?.conversation.tag_ids ?? [];
  }

  async #do(
    id: ConversationId,
    overlay: Overlay,
    ask: () => Promise<ConversationItem>,
  ): Promise<void> {
    this.#store.overlay(id, overlay);
    try {
      this.#store.putItem(await ask());
    } finally {
      this.#store.uncover(id, overlay);
    }
  }
}
