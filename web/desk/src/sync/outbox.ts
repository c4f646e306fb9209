// Messages and notes on their way to the server.
// Must stay true: a message is on disk before its bubble shows; its id is made once, so a repeat is harmless;
// within a conversation they leave in the order they were written, one at a time, whichever tab sends them;
// trouble with the network waits and repeats, a refusal stops those of its kind and says why, and the text is
// never lost.
// Those that go later are handed over at once, and wait on the server.
// Absent: the thread. A sent message becomes an entry by its acknowledgement or by the event.

import {
  newEntryId,
  ProblemError,
  type Conversation,
  type ConversationId,
  type Entry,
  type EntryId,
  type Holder,
  type MessageRequest,
  type NoteRequest,
  type ScheduleRequest,
  type Ack,
  type Problem,
} from "@sapa/protocol";
import type { DeskDatabase, Unsent } from "./database";
import type { Topics } from "./topics";

const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;

/** Not to be sent any more, until it is gone from here. */
const REPLACED: Problem = {
  type: "about:blank",
  title: "",
  status: 0,
  code: "replaced",
  params: {},
};

type Written = Omit<Unsent, "id" | "conversation_id" | "at" | "order">;

export interface Pending extends Unsent {
  /** Why the server refused it; null while it waits or travels. */
  refusal: Problem | null;
}

export const outboxTopic = {
  all: "outbox",
  of: (id: ConversationId) => `outbox:${id}`,
};

export interface OutboxOptions {
  database: DeskDatabase;
  topics: Topics;
  send(id: ConversationId, message: MessageRequest): Promise<Ack>;
  note(id: ConversationId, note: NoteRequest): Promise<Ack>;
  schedule(id: ConversationId, message: ScheduleRequest): Promise<unknown>;
  /** The server has it; without an acknowledgement it is sent later. */
  onSent(message: Unsent, ack: Ack | null): void;
  onRefused(message: Unsent, problem: Problem): void;
  /** Runs alone among all tabs under this name. */
  alone?: (name: string, run: () => Promise<void>) => Promise<void>;
  /** Other tabs should look again. */
  tell?: () => void;
  now?: () => number;
}

export class Outbox {
  #options: OutboxOptions;
  #pending = new Map<EntryId, Pending>();
  #sending = new Map<ConversationId, Promise<void>>();
  /** Conversations that wait for the network to recover, and how often it failed them. */
  #retries = new Map<ConversationId, ReturnType<typeof setTimeout>>();
  #failures = new Map<ConversationId, number>();
  /** Given back to the writer, and not with the server. */
  #discarded = new Set<EntryId>();
  #last_order = 0;
  #stopped = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier page, or another tab, left on disk. */
  async restore(): Promise<void> {
    const unsent = await this.#options.database.unsent();
    const ids = new Set(unsent.map(({ id }) => id));
    for (const message of [...this.#pending.values()]) {
      if (!ids.has(message.id)) this.#pending.delete(message.id);
    }
    for (const message of unsent) {
      this.#last_order = Math.max(this.#last_order, message.order);
      if (!this.#pending.has(message.id)) {
        this.#pending.set(message.id, { ...message, refusal: null });
      }
    }
    this.#touch(...unsent.map((message) => message.conversation_id));
    for (const id of new Set(unsent.map((message) => message.conversation_id))) void this.flush(id);
  }

  of(id: ConversationId): Pending[] {
    return [...this.#pending.values()]
      .filter((message) => message.conversation_id === id)
      .sort((a, b) => a.order - b.order);
  }

  get waiting(): number {
    return [...this.#pending.values()].filter(({ refusal }) => refusal === null).length;
  }

  /** Resolves when nothing of this conversation is on its way any more: true when the server has all of it. */
  settled(id: ConversationId): Promise<boolean> {
    const waiting = this.of(id).map((one) => one.id);
    return new Promise((resolve) => {
      const look = () => {
        const pending = this.of(id);
        const refused =
          pending.some(({ refusal }) => refusal !== null) ||
          waiting.some((one) => this.#discarded.has(one));
        if (pending.length > 0 && !refused) return;
        end();
        resolve(!refused);
      };
      const end = this.#options.topics.subscribe(outboxTopic.of(id), look);
      look();
    });
  }

  async post(id: ConversationId, message: Written): Promise<Unsent> {
    return (await this.postAll(id, [message]))[0]!;
  }

  /** They leave in this order, and none before all of them are safe on this device. */
  async postAll(id: ConversationId, messages: readonly Written[]): Promise<Unsent[]> {
    const at = this.#now();
    const all: Unsent[] = [];
    for (const message of messages) {
      this.#last_order = Math.max(this.#last_order + 1, at);
      const order = this.#last_order;
      all.push({ ...message, id: newEntryId(at), conversation_id: id, at, order });
    }
    try {
      for (const unsent of all) await this.#options.database.putUnsent(unsent);
    } catch (error) {
      for (const { id } of all) await this.#options.database.dropUnsent(id).catch(() => undefined);
      throw error;
    }
    for (const unsent of all) this.#pending.set(unsent.id, { ...unsent, refusal: null });
    this.#touch(id);
    this.#options.tell?.();
    void this.flush(id);
    return all;
  }

  /** Try again, as the person who now holds or sees the conversation. */
  async retry(id: EntryId, holder: Holder): Promise<void> {
    const message = this.#pending.get(id);
    if (!message) return;
    const again: Pending = { ...message, holder, refusal: null };
    this.#pending.set(id, again);
    const { refusal: _, ...unsent } = again;
    await this.#options.database.putUnsent(unsent);
    this.#touch(message.conversation_id);
    void this.flush(message.conversation_id);
  }

  async discard(id: EntryId): Promise<Pending | undefined> {
    const message = this.#pending.get(id);
    if (!message) return undefined;
    this.#discarded.add(id);
    await this.#remove(message);
    // What it held back goes on.
    void this.flush(message.conversation_id);
    return message;
  }

  /** A refused message with all of its kind behind it, in order: none of them is on its way any more. */
  async withdraw(message: Unsent): Promise<Unsent[]> {
    const all = this.of(message.conversation_id).filter(
      (one) => isNote(one) === isNote(message) && one.order >= message.order,
    );
    for (const one of all) this.#pending.set(one.id, { ...one, refusal: one.refusal ?? REPLACED });
    for (const { id } of [...all].reverse()) await this.discard(id);
    return all;
  }

  /** The network is back, or the person asked: do not wait for the timer. */
  wake(): void {
    for (const [id, timer] of this.#retries) {
      clearTimeout(timer);
      this.#retries.delete(id);
      void this.flush(id);
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#retries.values()) clearTimeout(timer);
    this.#retries.clear();
  }

  /** Sends what waits in one conversation; a second call joins the first. */
  flush(id: ConversationId): Promise<void> {
    const running = this.#sending.get(id);
    if (running) return running;
    const alone = this.#options.alone ?? ((_, run) => run());
    const run = alone(`sapa-outbox-${id}`, () => this.#sendAll(id)).finally(() => {
      this.#sending.delete(id);
      // Written between the last look and the release of the lock.
      if (this.#next(id)) void this.flush(id);
    });
    this.#sending.set(id, run);
    return run;
  }

  #next(id: ConversationId): Pending | null {
    if (this.#stopped || this.#retries.has(id)) return null;
    // A refused one holds back those of its kind written after it, or the order would break.
    const held = new Set<boolean>();
    for (const one of this.of(id)) {
      if (one.refusal) held.add(isNote(one));
      else if (!held.has(isNote(one))) return one;
    }
    return null;
  }

  async #sendAll(id: ConversationId): Promise<void> {
    for (let next = this.#next(id); next; next = this.#next(id)) {
      if (await this.#stillUnsent(next)) await this.#sendOne(next);
    }
  }

  /** Another tab may have sent it while we waited for our turn. */
  async #stillUnsent(message: Pending): Promise<boolean> {
    const unsent = await this.#options.database.unsent();
    if (unsent.some(({ id }) => id === message.id)) return true;
    this.#pending.delete(message.id);
    this.#touch(message.conversation_id);
    return false;
  }

  async #sendOne(message: Pending): Promise<void> {
    const { id, conversation_id } = message;
    try {
      const ack = await this.#ask(message);
      this.#options.onSent(message, ack);
      await this.#remove(message);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.temporary)
        return this.#waitFor(conversation_id);
      this.#pending.set(id, { ...message, refusal: error.problem });
      this.#touch(conversation_id);
      this.#options.onRefused(message, error.problem);
    }
  }

  async #ask(unsent: Unsent): Promise<Ack | null> {
    const {
      id,
      conversation_id,
      text,
      files,
      quote,
      card,
      mail,
      mentions,
      holder,
      draft,
      send_at,
    } = unsent;
    if (mentions) {
      const mention_ids = mentions.map((mention) => mention.id);
      return this.#options.note(conversation_id, { id, text, mention_ids, draft });
    }
    const file_ids = files.map((file) => file.id);
    const carried = { card: card ?? null, quote: quote?.id ?? null, ...(mail && { mail }) };
    const message = { id, text, file_ids, ...carried, holder, draft };
    const delay_ms = send_at === undefined ? 0 : send_at - this.#now();
    if (delay_ms <= 0) return this.#options.send(conversation_id, message);
    await this.#options.schedule(conversation_id, { ...message, delay_ms });
    return null;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #waitFor(id: ConversationId): void {
    const failures = this.#failures.get(id) ?? 0;
    this.#failures.set(id, failures + 1);
    const delay_ms = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** failures);
    const timer = setTimeout(() => {
      this.#retries.delete(id);
      void this.flush(id);
    }, delay_ms);
    this.#retries.set(id, timer);
  }

  async #remove(message: Pending): Promise<void> {
    this.#failures.delete(message.conversation_id);
    await this.#options.database.dropUnsent(message.id);
    this.#pending.delete(message.id);
    this.#touch(message.conversation_id);
    this.#options.tell?.();
  }

  #touch(...ids: ConversationId[]): void {
    this.#options.topics.touch(outboxTopic.all, ...ids.map(outboxTopic.of));
  }
}

export function isNote(unsent: Unsent): boolean {
  return unsent.mentions !== undefined;
}

/** What an acknowledged message looks like until the server's own entry arrives and replaces it. */
export function entryOf(
  message: Unsent,
  ack: Ack,
  author: { id: string; name: string },
  channel: Conversation["channel"] = "website",
): Entry {
  return {
    id: message.id,
    conversation_id: message.conversation_id,
    position: ack.position,
    at: ack.at,
    kind: isNote(message) ? "note" : "message",
    author: { kind: "member", ...author },
    // One lower than the real one, which therefore always wins.
    revision: ack.revision - 1,
    text: message.text,
    files: message.files,
    // Whatever waits for another system is not sent before that says so.
    delivery: isNote(message) ? null : channel === "website" ? "sent" : "queued",
    failure: null,
    failure_detail: null,
    written_at: null,
    unsupported: null,
    about: null,
    reactions: [],
    mail: null,
    assignment: null,
    reason: null,
    tag_id: null,
    until: null,
    score: null,
    page: null,
    mentions: message.mentions ?? [],
    quote: message.quote ?? null,
    card: message.card ?? null,
    record: null,
    clicked_at: null,
    edited_at: null,
    earlier: [],
    removed: null,
  };
}
