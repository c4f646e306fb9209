// Messages on their way out. They are stored before they are shown as sending, leave in the order they
// were written, and stay until the server has acknowledged them or the visitor deletes them.
// Must stay true: one sender at a time over all tabs (Web Lock); a message keeps its id over every
// attempt, so the server stores it once; a refusal never blocks the ones behind it.
// Absent: how a message is sent (the caller's `send`) and when the network is back (`wake`).

import {
  newEntryId,
  ProblemError,
  type EntryId,
  type Problem,
  type StoredFile,
  type UploadId,
  type VisitorQuote,
} from "@sapa/protocol";
import { createStore, promisifyRequest, type UseStore } from "idb-keyval";

const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;

export interface OutgoingFile {
  name: string;
  content: Blob;
  /** Set once the upload is through. */
  stored: StoredFile | null;
  /** Under which it is uploaded. */
  upload?: UploadId;
}

export interface Outgoing {
  id: EntryId;
  /** Orders the queue; also the time of writing in milliseconds. */
  written_at: number;
  text: string;
  files: OutgoingFile[];
  /** What it answers. */
  quote?: VisitorQuote | null;
  problem: Problem | null;
}

/** Sends one message; may call `keep` after each finished upload so that it is not repeated. */
export type Send = (message: Outgoing, keep: (message: Outgoing) => Promise<void>) => Promise<void>;

export class Outbox {
  #name: string;
  #store: UseStore | null;
  #send: Send;
  #changed: () => void;
  #messages: readonly Outgoing[] = [];
  #draining = false;
  #again = false;
  /** How often everything was given up. */
  #cleared = 0;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(inbox_id: string, send: Send, changed: () => void) {
    this.#name = `sapa-outbox-${inbox_id}`;
    this.#store = createStore(this.#name, "messages");
    this.#send = send;
    this.#changed = changed;
  }

  get messages(): readonly Outgoing[] {
    return this.#messages;
  }

  /** The last attempt found nobody. */
  get stuck(): boolean {
    return this.#failures > 0;
  }

  /** Takes over what an earlier visit, or another tab, left behind. */
  async open(): Promise<void> {
    const cleared = this.#cleared;
    try {
      const left = await this.#store!("readonly", (store) =>
        promisifyRequest<Outgoing[]>(store.getAll()),
      );
      if (cleared === this.#cleared) {
        this.#become([...left.filter(({ id }) => !this.find(id)), ...this.#messages]);
      }
    } catch {
      // No IndexedDB here (private windows of some browsers): the queue lives as long as the tab.
      this.#store = null;
    }
    this.wake();
  }

  async add(text: string, files: OutgoingFile[], quote: VisitorQuote | null = null): Promise<void> {
    const newest = this.#messages.at(-1)?.written_at ?? 0;
    const written_at = Math.max(Date.now(), newest + 1);
    await this.#keep({ id: newEntryId(), written_at, text, files, quote, problem: null });
    this.wake();
  }

  async retry(id: EntryId): Promise<void> {
    const message = this.find(id);
    if (message) await this.#keep({ ...message, problem: null });
    this.wake();
  }

  /** Acknowledged, seen in the thread, or deleted by the visitor. */
  async remove(id: EntryId): Promise<void> {
    if (!this.find(id)) return;
    this.#become(this.#messages.filter((message) => message.id !== id));
    await this.#write((store) => store.delete(id));
  }

  /** Of whom they were, he is gone: also what is still being read, and what other tabs stored. */
  async clear(): Promise<void> {
    this.#cleared += 1;
    this.#become([]);
    await this.#write((store) => store.clear());
  }

  /** Try now: something was added, or the connection is back. */
  wake(): void {
    clearTimeout(this.#retry);
    this.#again = true;
    if (!this.#draining) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#alone(() => this.#sendAll());
      }
    } finally {
      this.#draining = false;
    }
  }

  /** Without HTTPS, or with storage denied, there are no locks; then only the id keeps a message single. */
  async #alone(run: () => Promise<void>): Promise<void> {
    let granted = false;
    try {
      await navigator.locks.request(this.#name, () => {
        granted = true;
        return run();
      });
    } catch (error) {
      if (granted) throw error;
      await run();
    }
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const next = this.#messages.find((message) => message.problem === null);
      if (!next) return;
      try {
        // Deleted on its way, it stays deleted.
        await this.#send(next, async (message) => {
          if (this.find(message.id)) await this.#keep(message);
        });
        this.#failures = 0;
        await this.remove(next.id);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (error.temporary) return this.#later();
        const kept = this.find(next.id);
        if (kept) await this.#keep({ ...kept, problem: error.problem });
      }
    }
  }

  #later(): void {
    const delay_ms = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#changed();
    this.#retry = setTimeout(() => this.wake(), delay_ms * (0.5 + Math.random() / 2));
  }

  async #keep(message: Outgoing): Promise<void> {
    const others = this.#messages.filter(({ id }) => id !== message.id);
    this.#become([...others, message]);
    await this.#write((store) => store.put(message, message.id));
  }

  /** A full disk must not stop the message itself. */
  async #write(change: (store: IDBObjectStore) => unknown): Promise<void> {
    try {
      await this.#store?.("readwrite", (store) => {
        change(store);
        return promisifyRequest(store.transaction);
      });
    } catch {
      // Then it lives as long as the tab.
    }
  }

  find(id: EntryId): Outgoing | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  #become(messages: Outgoing[]): void {
    this.#messages = messages.sort((a, b) => a.written_at - b.written_at);
    this.#changed();
  }
}
