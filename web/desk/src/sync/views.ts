// The lists: mine, queue, all, snoozed, closed. Which conversations belong, how far they are loaded, in which order.
// Must stay true: newest activity first; nothing older than the last loaded page is mixed in, so that a list
// has no hidden gaps; the drawn order is calm (calm.ts).
// Absent: rights. The server only sends what I may see; these rules only sort it into lists.

import {
  ProblemError,
  type Conversation,
  type ConversationId,
  type ConversationItem,
  type ConversationPage,
  type ConversationView,
  type MemberId,
  type Problem,
  type StaffApi,
} from "@sapa/protocol";
import { CalmOrder } from "./calm";
import type { DeskStore } from "./store";

export const VIEWS: readonly ConversationView[] = ["mine", "queue", "all", "snoozed", "closed"];

/** A longer queue than this is not read to its end; the oldest of its newer part is taken. */
const QUEUE_PAGES_MAX = 20;

/** A list that was scrolled further is loaded anew after a reload. */
const PAGE_KEPT_MAX = 500;

export const viewTopic = (view: ConversationView) => `view:${view}`;

export type Phase = "idle" | "loading" | "ready" | "failed";

interface View {
  ids: Set<ConversationId>;
  phase: Phase;
  /** Where the next older page begins; null: everything is loaded. */
  cursor: string | null;
  /** The oldest loaded place; null: no floor, everything belongs. */
  floor: { at: number; id: ConversationId } | null;
  problem: Problem | null;
  order: CalmOrder<ConversationId>;
  /** Answers to requests made before a reset are not for us. */
  generation: number;
}

export class Views {
  #store: DeskStore;
  #api: Pick<StaffApi, "conversations">;
  #views: Record<ConversationView, View>;

  constructor(store: DeskStore, api: Pick<StaffApi, "conversations">) {
    this.#store = store;
    this.#api = api;
    this.#views = {
      mine: this.#empty("mine"),
      queue: this.#empty("queue"),
      all: this.#empty("all"),
      snoozed: this.#empty("snoozed"),
      closed: this.#empty("closed"),
    };
    for (const item of store.items()) this.#sort(item.conversation.id, item);
    store.onConversation((id, after) => this.#sort(id, after));
  }

  /** Drawn order. */
  ids(view: ConversationView): readonly ConversationId[] {
    return this.#views[view].order.shown;
  }

  phase(view: ConversationView): Phase {
    return this.#views[view].phase;
  }

  problem(view: ConversationView): Problem | null {
    return this.#views[view].problem;
  }

  hasMore(view: ConversationView): boolean {
    return this.#views[view].cursor !== null;
  }

  moved(view: ConversationView): number {
    return this.#views[view].order.moved;
  }

  hold(view: ConversationView, on: boolean): void {
    this.#views[view].order.hold(on);
  }

  applyOrder(view: ConversationView): void {
    this.#views[view].order.apply();
  }

  /** After the person's own action the lists follow at once. */
  applyAll(): void {
    for (const view of VIEWS) this.applyOrder(view);
  }

  /** The first page of a view came with another answer (the boot request). */
  adopt(view: ConversationView, page: ConversationPage): void {
    this.#take(view, page);
  }

  /** What is loaded of a view, as the server would answer it; null when that is nothing, or too much to keep. */
  page(view: ConversationView, position: number): ConversationPage | null {
    const { phase, cursor } = this.#views[view];
    const ids = this.#target(view);
    if (phase !== "ready" || ids.length > PAGE_KEPT_MAX) return null;
    const items = ids.flatMap((id) => this.#store.item(id) ?? []);
    return { position, items, next_cursor: cursor };
  }

  async load(view: ConversationView): Promise<void> {
    const { phase } = this.#views[view];
    if (phase === "idle" || phase === "failed") await this.#fetch(view, undefined);
  }

  async more(view: ConversationView): Promise<void> {
    const { phase, cursor } = this.#views[view];
    if (cursor !== null && phase !== "loading") await this.#fetch(view, cursor);
  }

  /** The queue by waiting time. All of it is loaded first: the oldest may stand on its last page. */
  async longestWaiting(): Promise<ConversationId[]> {
    await this.load("queue");
    for (let page = 1; page < QUEUE_PAGES_MAX && this.hasMore("queue"); page++) {
      await this.more("queue");
      if (this.phase("queue") === "failed") break;
    }
    return [...this.#views.queue.ids]
      .map((id) => this.#store.item(id))
      .filter((item) => item?.can.includes("assign_self"))
      .map((item) => item!.conversation)
      .sort((a, b) => waitsSince(a) - waitsSince(b))
      .map(({ id }) => id);
  }

  /** Everything must be loaded anew; what is drawn stays until it is. */
  reset(): void {
    for (const view of VIEWS) {
      const state = this.#views[view];
      state.generation += 1;
      Object.assign(state, { phase: "idle", cursor: null, floor: NOWHERE, problem: null });
      this.#touch(view);
    }
  }

  async #fetch(view: ConversationView, cursor: string | undefined): Promise<void> {
    const state = this.#views[view];
    const { generation } = state;
    state.phase = "loading";
    this.#touch(view);
    try {
      const page = await this.#api.conversations({ view, cursor });
      if (generation !== state.generation) return;
      for (const item of page.items) this.#store.putItem(item);
      this.#take(view, page);
    } catch (error) {
      if (generation !== state.generation || !(error instanceof ProblemError)) return;
      state.phase = "failed";
      state.problem = error.problem;
      this.#touch(view);
    }
  }

  #take(view: ConversationView, page: ConversationPage): void {
    const state = this.#views[view];
    const last = page.items.at(-1)?.conversation;
    state.phase = "ready";
    state.problem = null;
    state.cursor = page.next_cursor;
    state.floor = page.next_cursor && last ? { at: last.last_activity_at, id: last.id } : null;
    if (state.order.shown.length === 0) state.order.apply();
    else state.order.stir();
    this.#touch(view);
  }

  #sort(id: ConversationId, item: ConversationItem | null): void {
    for (const view of VIEWS) {
      const state = this.#views[view];
      const belongs = item !== null && belongsTo(view, item.conversation, this.#store.me.member.id);
      if (belongs) state.ids.add(id);
      else if (!state.ids.delete(id)) continue;
      state.order.stir();
    }
  }

  #target(view: ConversationView): ConversationId[] {
    const { ids, floor } = this.#views[view];
    return [...ids]
      .map((id) => this.#store.item(id)?.conversation)
      .filter((one) => one !== undefined)
      .filter((one) => floor === null || !isAfter(one, floor))
      .sort((a, b) => b.last_activity_at - a.last_activity_at || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id);
  }

  #touch(view: ConversationView): void {
    this.#store.topics.touch(viewTopic(view));
  }

  #empty(view: ConversationView): View {
    const order = new CalmOrder<ConversationId>(
      () => this.#target(view),
      () => this.#touch(view),
    );
    return {
      ids: new Set(),
      phase: "idle",
      cursor: null,
      floor: NOWHERE,
      problem: null,
      order,
      generation: 0,
    };
  }
}

/** Before the first page nothing belongs, or the list would show a few lucky rows first. */
const NOWHERE = { at: Number.POSITIVE_INFINITY, id: "cnv_" as ConversationId };

function waitsSince({ waiting_since, opened_at }: Conversation): number {
  return waiting_since ?? opened_at;
}

/** The list in which whoever may see it finds it. */
export function homeOf(one: Pick<Conversation, "status" | "snoozed_until">): ConversationView {
  if (one.status === "closed") return "closed";
  return one.snoozed_until === null ? "all" : "snoozed";
}

export function belongsTo(view: ConversationView, one: Conversation, me: MemberId): boolean {
  if (view === "closed") return one.status === "closed";
  if (one.status !== "open") return false;
  if (one.snoozed_until !== null) return view === "snoozed";
  if (view === "queue") return one.holder.kind === "queue";
  if (view === "snoozed") return false;
  return view === "all" || (one.holder.kind === "member" && one.holder.id === me);
}

function isAfter(one: Conversation, floor: { at: number; id: ConversationId }): boolean {
  if (one.last_activity_at !== floor.at) return one.last_activity_at < floor.at;
  return one.id < floor.id;
}
