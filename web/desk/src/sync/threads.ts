// Threads that somebody looks at: first page, older pages, a piece around an old entry, prefetch, and repair of gaps.
// Must stay true: a thread on screen that lacks its newest entries asks for them until it has them, also while a piece
// further back is looked at; after a reset the threads on screen are brought up to date without leaving it; only a few
// threads stay in memory.
// Absent: drawing, and unsent messages (outbox.ts).

import {
  ProblemError,
  type ConversationId,
  type Entry,
  type EntryId,
  type Problem,
  type StaffApi,
} from "@sapa/protocol";
import type { KeptThread } from "./picture";
import type { DeskStore } from "./store";
import { topic } from "./store";

export const THREAD_PAGE = 50;
/** Enough on both sides that nothing more is asked for at once. */
const AROUND_PAGE = 100;
const THREADS_KEPT = 20;
/** Entries kept of a thread that nobody looks at. */
const ENTRIES_KEPT = 100;
/** Above this a gap is not filled; the thread starts again from its newest page. */
const REPAIR_PAGES_MAX = 8;

export type ThreadPhase = "loading" | "ready" | "failed" | "gone";

/** Of what is looked at: the newest piece, or one further back. */
export interface Thread {
  phase: ThreadPhase;
  problem: Problem | null;
  /** The very first entry is loaded. */
  complete: boolean;
  loading_older: boolean;
  loading_later: boolean;
  later_failed: boolean;
}

type Api = Pick<StaffApi, "conversation" | "entries">;

const LOADING: Thread = {
  phase: "loading",
  problem: null,
  complete: false,
  loading_older: false,
  loading_later: false,
  later_failed: false,
};

export class Threads {
  #store: DeskStore;
  #api: Api;
  /** In the order of use, oldest first. */
  #threads = new Map<ConversationId, Thread>();
  /** One piece of work per thread at a time: two that fill pages at once could leave a hole between them. */
  #work = new Map<ConversationId, Promise<void>>();
  #older = new Map<ConversationId, Promise<void>>();
  #later = new Map<ConversationId, Promise<void>>();
  /** Pieces further back whose very first entry is the conversation's. */
  #far_complete = new Set<ConversationId>();
  #repair_planned = new Set<ConversationId>();
  #shown: ReadonlySet<ConversationId> = new Set();

  constructor(store: DeskStore, api: Api) {
    this.#store = store;
    this.#api = api;
    store.onConversation((id, after, before) => {
      if (after === null) return this.#lose(id);
      if (!this.#shown.has(id)) return;
      void (before === null ? this.load(id) : this.repair(id));
    });
  }

  get(id: ConversationId): Thread {
    const thread = this.#state(id);
    if (!this.#store.far(id)) return thread;
    return { ...thread, complete: this.#far_complete.has(id) };
  }

  /** What is looked at, without a hole. */
  piece(id: ConversationId): readonly Entry[] {
    return this.#store.far(id) ?? this.#store.entries(id) ?? [];
  }

  get shown(): readonly ConversationId[] {
    return [...this.#shown];
  }

  /** The threads on screen. */
  show(...ids: ConversationId[]): void {
    const before = this.#shown;
    this.#shown = new Set(ids);
    for (const id of before) {
      if (this.#shown.has(id)) continue;
      this.#store.shortenThread(id, ENTRIES_KEPT);
      if (this.#count(id) >= ENTRIES_KEPT) this.#set(id, { complete: false });
    }
    for (const id of this.#shown) if (!before.has(id)) void this.load(id);
  }

  /** A thread as it was before a reload; what came since is filled in like any other gap. */
  adopt({ id, entries, complete }: KeptThread): void {
    this.#store.watchThread(id);
    this.#store.putEntries(id, entries);
    this.#threads.set(id, { ...LOADING, phase: "ready", complete });
  }

  /** The newest page of each thread in memory. */
  kept(): KeptThread[] {
    return [...this.#threads].flatMap(([id, { phase, complete }]) => {
      const entries = this.#store.entries(id) ?? [];
      if (phase !== "ready" || this.#lacksNewest(id)) return [];
      const whole = complete && entries.length <= THREAD_PAGE;
      return { id, entries: entries.slice(-THREAD_PAGE), complete: whole };
    });
  }

  /** Also for prefetch: loads what is missing and nothing else. */
  async load(id: ConversationId): Promise<void> {
    const thread = this.#threads.get(id);
    if (thread && (thread.phase === "ready" || thread.phase === "loading")) {
      this.#use(id, thread);
      return this.repair(id);
    }
    this.#use(id, LOADING);
    this.#store.watchThread(id);
    await this.#alone(id, () => this.#fetchNewest(id));
  }

  /** The server knows better than what is shown: a refusal said so. */
  async refresh(id: ConversationId): Promise<void> {
    if (this.#threads.has(id)) await this.#alone(id, () => this.#fetchNewest(id));
  }

  /** One more page; a second call joins the first. */
  older(id: ConversationId): Promise<void> {
    return joined(this.#older, id, () => this.#fetchOlder(id));
  }

  /** One more page towards the newest, for a piece further back. */
  later(id: ConversationId): Promise<void> {
    return joined(this.#later, id, () => this.#fetchLater(id));
  }

  async #fetchOlder(id: ConversationId): Promise<void> {
    const oldest = this.piece(id)[0];
    if (!this.#threads.has(id) || !oldest || this.get(id).complete) return;
    this.#set(id, { loading_older: true, problem: null });
    try {
      const query = { before: oldest.position, limit: THREAD_PAGE };
      const { entries } = await this.#api.entries(id, query);
      const complete = entries.length < THREAD_PAGE;
      this.#set(id, { loading_older: false });
      // Another piece is looked at by now, and the page would leave a hole in it.
      if (this.piece(id)[0]?.id !== oldest.id) return;
      if (!this.#store.far(id)) {
        this.#store.putEntries(id, entries);
        return this.#set(id, { complete });
      }
      this.#store.extendFar(id, entries);
      if (complete) this.#far_complete.add(id);
      this.#touch(id);
    } catch (error) {
      this.#set(id, { loading_older: false, problem: problemIn(error) });
    }
  }

  async #fetchLater(id: ConversationId): Promise<void> {
    const latest = this.#store.far(id)?.at(-1);
    if (!latest) return;
    this.#set(id, { loading_later: true, later_failed: false });
    try {
      const query = { after: latest.position, limit: THREAD_PAGE };
      const { entries } = await this.#api.entries(id, query);
      this.#set(id, { loading_later: false });
      if (this.#store.far(id)?.at(-1)?.id !== latest.id) return;
      this.#store.extendFar(id, entries);
      this.#joinFar(id);
    } catch {
      this.#set(id, { loading_later: false, later_failed: true });
    }
  }

  /** Looks at where an entry is, with one page around it at most; false when it is not to be had. */
  async reach(id: ConversationId, entry: EntryId): Promise<boolean> {
    const in_piece = (piece: readonly Entry[]) => piece.some((one) => one.id === entry);
    if (in_piece(this.piece(id))) return true;
    if (in_piece(this.#store.entries(id) ?? [])) {
      this.leaveFar(id);
      return true;
    }
    try {
      const { entries } = await this.#api.entries(id, { around: entry, limit: AROUND_PAGE });
      // The person went on to another conversation.
      if (!this.#shown.has(id) || !in_piece(entries)) return false;
      const first = this.#store.far(id)?.[0];
      this.#store.openFar(id, entries);
      if (this.#store.far(id)?.[0]?.id !== first?.id) this.#far_complete.delete(id);
      this.#joinFar(id);
      return true;
    } catch {
      return false;
    }
  }

  /** Back to the newest entries. */
  leaveFar(id: ConversationId): void {
    this.#store.leaveFar(id);
    this.#far_complete.delete(id);
  }

  /** The piece further back has reached the newest one: they are one. */
  #joinFar(id: ConversationId): void {
    if (this.#store.far(id)) return this.#touch(id);
    if (this.#far_complete.delete(id)) this.#set(id, { complete: true });
  }

  /** After a reset: the threads on screen catch up, the others load again when they are opened. */
  async reset(): Promise<void> {
    for (const id of [...this.#threads.keys()]) {
      if (!this.#shown.has(id)) this.#drop(id);
    }
    await Promise.all(this.shown.map((id) => this.#alone(id, () => this.#fetchNewest(id))));
  }

  /** Fetches what lies between the newest entry here and the newest that exists. */
  async repair(id: ConversationId): Promise<void> {
    if (!this.#lacksNewest(id)) return;
    if (this.#repair_planned.has(id)) return this.#work.get(id);
    this.#repair_planned.add(id);
    await this.#alone(id, async () => {
      this.#repair_planned.delete(id);
      if (this.get(id).phase === "ready") await this.#fillToNewest(id);
    });
  }

  async #fillToNewest(id: ConversationId): Promise<void> {
    try {
      for (let page = 0; page < REPAIR_PAGES_MAX && this.#lacksNewest(id); page++) {
        const after = this.#store.entries(id)?.at(-1)?.position ?? 0;
        const { entries } = await this.#api.entries(id, { after, limit: THREAD_PAGE });
        if (entries.length === 0) return;
        this.#store.putEntries(id, entries);
      }
      if (this.#lacksNewest(id)) await this.#startAgain(id);
    } catch {
      // The next event or reconnect tries again; what is shown stays shown.
    }
  }

  #alone(id: ConversationId, run: () => Promise<void>): Promise<void> {
    const mine = (this.#work.get(id) ?? Promise.resolve()).then(run);
    this.#work.set(id, mine);
    void mine.finally(() => {
      if (this.#work.get(id) === mine) this.#work.delete(id);
    });
    return mine;
  }

  async #fetchNewest(id: ConversationId): Promise<void> {
    try {
      const before = this.#store.entries(id)?.at(-1)?.position;
      const { item, entries } = await this.#api.conversation(id);
      await this.#bridge(id, before, entries);
      this.#store.putItem(item);
      this.#store.putEntries(id, entries);
      const complete = entries.length < THREAD_PAGE || this.#state(id).complete;
      this.#set(id, { phase: "ready", problem: null, complete });
    } catch (error) {
      this.#failed(id, error);
    }
  }

  /** Keeps old and new pages without a hole between them, or drops the old ones. */
  async #bridge(id: ConversationId, before: number | undefined, news: Entry[]): Promise<void> {
    const first = news[0]?.position;
    if (before === undefined || first === undefined || first <= before) return;
    let after = before;
    for (let page = 0; page < REPAIR_PAGES_MAX; page++) {
      const { entries } = await this.#api.entries(id, { after, limit: THREAD_PAGE });
      this.#store.putEntries(id, entries);
      after = entries.at(-1)?.position ?? first;
      if (after >= first) return;
    }
    this.#store.restartThread(id);
    this.#set(id, { complete: false });
  }

  async #startAgain(id: ConversationId): Promise<void> {
    this.#store.restartThread(id);
    this.#set(id, { complete: false });
    await this.#fetchNewest(id);
  }

  #failed(id: ConversationId, error: unknown): void {
    const problem = problemIn(error);
    if (problem?.status === 404) {
      this.#store.forget(id);
      return this.#set(id, { phase: "gone", problem });
    }
    // A thread that is already shown stays shown; the strip says that we are offline.
    if (this.get(id).phase !== "ready") this.#set(id, { phase: "failed", problem });
  }

  #lacksNewest(id: ConversationId): boolean {
    const newest = this.#store.item(id)?.conversation.last_position ?? 0;
    return (this.#store.entries(id)?.at(-1)?.position ?? 0) < newest;
  }

  /** Of the newest piece. */
  #state(id: ConversationId): Thread {
    return this.#threads.get(id) ?? LOADING;
  }

  #count(id: ConversationId): number {
    return this.#store.entries(id)?.length ?? 0;
  }

  #use(id: ConversationId, thread: Thread): void {
    this.#threads.delete(id);
    this.#threads.set(id, thread);
    for (const other of this.#threads.keys()) {
      if (this.#threads.size <= THREADS_KEPT) break;
      if (!this.#shown.has(other) && other !== id) this.#drop(other);
    }
    this.#touch(id);
  }

  /** No longer mine to see. If it comes back, it is loaded from the beginning. */
  #lose(id: ConversationId): void {
    if (!this.#threads.has(id)) return;
    this.#store.dropThread(id);
    if (this.#shown.has(id)) this.#set(id, { ...LOADING, phase: "gone" });
    else this.#threads.delete(id);
  }

  #drop(id: ConversationId): void {
    this.#threads.delete(id);
    this.#far_complete.delete(id);
    this.#store.dropThread(id);
  }

  #set(id: ConversationId, change: Partial<Thread>): void {
    this.#threads.set(id, { ...this.#state(id), ...change });
    this.#touch(id);
  }

  #touch(id: ConversationId): void {
    this.#store.topics.touch(topic.thread(id));
  }
}

function joined(
  running: Map<ConversationId, Promise<void>>,
  id: ConversationId,
  run: () => Promise<void>,
): Promise<void> {
  const one = running.get(id) ?? run();
  running.set(id, one);
  return one.finally(() => running.delete(id));
}

function problemIn(error: unknown): Problem | null {
  return error instanceof ProblemError ? error.problem : null;
}
