// The lists: mine, queue, all, snoozed, closed, and each of them narrowed by filters. Which conversations belong, how far
// they are loaded, in which order.
// Must stay true: nothing behind the last place that was looked at is mixed in, so that a list has no hidden gaps; the
// drawn order is calm (calm.ts); as many narrowed lists are kept as can be followed at every event.
// Absent: rights. The server only sends what I may see; the rules (filters.ts) only sort it into lists.

import {
  ProblemError,
  type Conversation,
  type ConversationId,
  type ConversationItem,
  type ConversationPage,
  type ConversationView,
  type ListPlace,
  type Problem,
  type StaffApi,
} from "@sapa/protocol";
import { CalmOrder } from "./calm";
import {
  asked,
  belongs,
  comparePlaces,
  filterOf,
  placeOf,
  viewOf,
  VIEWS,
  type ListFilter,
  type ListId,
  type Surroundings,
} from "./filters";
import type { DeskStore } from "./store";

/** A list that was scrolled further is loaded anew after a reload. */
const PAGE_KEPT_MAX = 500;

/** Narrowed lists that are kept: the newest. */
const NARROWED_MAX = 8;

/** A page may come with little in it and go on; so many are asked for before the person is. */
const PAGES_AT_ONCE = 4;
const ENOUGH = 15;

export const viewTopic = (list: ListId) => `view:${list}`;

export type Phase = "idle" | "loading" | "ready" | "failed";

interface View {
  view: ConversationView;
  filter: ListFilter;
  ids: Set<ConversationId>;
  phase: Phase;
  /** Where the next page begins; null: everything is loaded. */
  cursor: string | null;
  /** The last place that was looked at; null: everything belongs. */
  floor: ListPlace | null;
  /** Little was found for long: the person says whether to look on. */
  paused: boolean;
  problem: Problem | null;
  order: CalmOrder<ConversationId>;
  /** Answers to requests made before a reset are not for us. */
  generation: number;
}

export class Views {
  #store: DeskStore;
  #api: Pick<StaffApi, "conversations">;
  /** Plain ones always; narrowed ones in the order in which they were asked for. */
  #lists = new Map<ListId, View>();
  readonly around: Surroundings;

  constructor(store: DeskStore, api: Pick<StaffApi, "conversations">) {
    this.#store = store;
    this.#api = api;
    this.around = {
      me: store.me.member.id,
      isPinned: (tag) => store.tag(tag)?.pinned === true,
      isLimited: (inbox) => (store.inbox(inbox)?.time_limit ?? null) !== null,
    };
    for (const view of VIEWS) this.#begin(view);
    store.onConversation((id, after) => {
      for (const list of this.#lists.values()) this.#sort(list, id, after);
    });
  }

  /** Drawn order. */
  ids(list: ListId): readonly ConversationId[] {
    return this.#list(list).order.shown;
  }

  phase(list: ListId): Phase {
    return this.#list(list).phase;
  }

  problem(list: ListId): Problem | null {
    return this.#list(list).problem;
  }

  hasMore(list: ListId): boolean {
    return this.#list(list).cursor !== null;
  }

  /** All that it holds; null unless it is loaded to its end. Asking for it keeps no list. */
  whole(list: ListId): readonly ConversationId[] | null {
    const known = this.#lists.get(list);
    if (known?.phase !== "ready" || known.cursor !== null) return null;
    return [...known.ids];
  }

  /** Until when was looked without finding much, when it goes on only if the person wants it to. */
  paused(list: ListId): ListPlace | null {
    const { paused, floor } = this.#list(list);
    return paused ? floor : null;
  }

  /** Whether a conversation belongs to it, drawn already or still drawn. */
  holds(list: ListId, id: ConversationId): boolean {
    return this.#list(list).ids.has(id);
  }

  moved(list: ListId): number {
    return this.#list(list).order.moved;
  }

  hold(list: ListId, on: boolean): void {
    this.#list(list).order.hold(on);
  }

  applyOrder(list: ListId): void {
    this.#list(list).order.apply();
  }

  /** After the person's own action the lists follow at once. */
  applyAll(): void {
    for (const { order } of this.#lists.values()) order.apply();
  }

  /** What is pinned, or where a time limit holds, changed: it decides what belongs, and in which order. */
  sortAnew(): void {
    for (const list of this.#lists.values()) {
      list.order.stir();
      if (!list.filter.pinned) continue;
      for (const item of this.#store.items()) this.#sort(list, item.conversation.id, item);
    }
  }

  /** The first page of a list came with another answer (the boot request). */
  adopt(list: ListId, page: ConversationPage): void {
    this.#take(list, page);
  }

  /** What is loaded of a list, as the server would answer it; null when that is nothing, or too much to keep. */
  page(list: ListId, position: number): ConversationPage | null {
    const { phase, cursor, floor } = this.#list(list);
    const ids = this.#target(list);
    if (phase !== "ready" || ids.length > PAGE_KEPT_MAX) return null;
    const items = ids.flatMap((id) => this.#store.item(id) ?? []);
    return { position, items, next_cursor: cursor, reached: floor };
  }

  async load(list: ListId): Promise<void> {
    const { phase, cursor } = this.#list(list);
    // What failed goes on where it was.
    if (phase === "idle" || phase === "failed") await this.#fetch(list, cursor ?? undefined);
  }

  /** The connection is back: whoever shows what failed without it asks again, as he does for what was never loaded. */
  retry(): void {
    for (const [name, list] of this.#lists) {
      if (list.phase !== "failed") continue;
      list.phase = "idle";
      this.#touch(name);
    }
  }

  async more(list: ListId): Promise<void> {
    const { phase, cursor } = this.#list(list);
    if (cursor !== null && phase !== "loading") await this.#fetch(list, cursor);
  }

  /** Everything must be loaded anew; what is drawn stays until it is. */
  reset(): void {
    for (const [name, list] of this.#lists) {
      list.generation += 1;
      Object.assign(list, NOTHING_LOADED);
      this.#touch(name);
    }
  }

  async #fetch(name: ListId, from: string | undefined): Promise<void> {
    const list = this.#list(name);
    const { generation } = list;
    Object.assign(list, { phase: "loading", paused: false });
    this.#touch(name);
    try {
      let cursor = from;
      let found = 0;
      for (let pages = 0; pages < PAGES_AT_ONCE && found < ENOUGH; pages++) {
        const page = await this.#api.conversations({ ...asked(name), cursor });
        if (generation !== list.generation) return;
        for (const item of page.items) this.#store.putItem(item);
        found += page.items.length;
        this.#take(name, page);
        if (page.next_cursor === null) return;
        cursor = page.next_cursor;
        list.phase = "loading";
      }
      Object.assign(list, { phase: "ready", paused: found < ENOUGH });
      this.#touch(name);
    } catch (error) {
      if (generation !== list.generation || !(error instanceof ProblemError)) return;
      Object.assign(list, { phase: "failed", problem: error.problem });
      this.#touch(name);
    }
  }

  #take(name: ListId, page: ConversationPage): void {
    const list = this.#list(name);
    Object.assign(list, { problem: null, cursor: page.next_cursor, floor: page.reached });
    if (list.order.shown.length === 0) list.order.apply();
    else list.order.stir();
    list.phase = "ready";
    this.#touch(name);
  }

  /** What was loaded left all at once: a list with more in it is not empty. */
  #drawn(name: ListId): void {
    this.#touch(name);
    const { phase, cursor, paused, order } = this.#list(name);
    if (order.shown.length > 0 || phase !== "ready" || cursor === null || paused) return;
    void this.#fetch(name, cursor);
  }

  #sort(list: View, id: ConversationId, item: ConversationItem | null): void {
    if (item && belongs(list.view, list.filter, item, this.around)) list.ids.add(id);
    else if (!list.ids.delete(id)) return;
    list.order.stir();
  }

  #target(name: ListId): ConversationId[] {
    const { view, ids, floor, filter } = this.#list(name);
    return [...ids]
      .flatMap((id) => this.#store.item(id) ?? [])
      .map((item) => placeOf(view, item, filter.sort, this.around))
      .filter((place) => floor === null || comparePlaces(place, floor, filter.sort) <= 0)
      .sort((a, b) => comparePlaces(a, b, filter.sort))
      .map(({ id }) => id);
  }

  #touch(name: ListId): void {
    this.#store.topics.touch(viewTopic(name));
  }

  /** Who asks for a list that is not kept begins it. */
  #list(name: ListId): View {
    const known = this.#lists.get(name);
    if (known) return known;
    const narrowed = [...this.#lists.keys()].slice(VIEWS.length);
    for (const old of narrowed.slice(0, Math.max(0, narrowed.length + 1 - NARROWED_MAX))) {
      this.#lists.delete(old);
    }
    return this.#begin(name);
  }

  #begin(name: ListId): View {
    const list: View = {
      view: viewOf(name),
      filter: filterOf(name),
      ids: new Set(),
      ...NOTHING_LOADED,
      order: new CalmOrder<ConversationId>(
        () => this.#target(name),
        () => this.#drawn(name),
      ),
      generation: 0,
    };
    this.#lists.set(name, list);
    for (const item of this.#store.items()) {
      if (belongs(list.view, list.filter, item, this.around)) list.ids.add(item.conversation.id);
    }
    return list;
  }
}

/** Before the first page nothing belongs, or the list would show a few lucky rows first: no place is before this one. */
const NOWHERE: ListPlace = { waiting: true, at: Number.NEGATIVE_INFINITY, id: "cnv_" };

const NOTHING_LOADED = {
  phase: "idle" as Phase,
  cursor: null,
  floor: NOWHERE as ListPlace | null,
  paused: false,
  problem: null,
};

/** The list in which whoever may see it finds it. */
export function homeOf(one: Pick<Conversation, "status" | "snoozed_until">): ConversationView {
  if (one.status === "closed") return "closed";
  return one.snoozed_until === null ? "all" : "snoozed";
}
