// The quick replies that I may use, kept current by events.
// Must stay true: loaded once, when the desk is connected, and again after a reset; answers and events may arrive in
// any order; the list keeps its identity until something in it changed, so that what is derived from it is kept too.
// Absent: finding and filling (features/replies), the order on screen.

import {
  newest,
  newQuickReplyUseId,
  ProblemError,
  type Me,
  type Problem,
  type QuickReplyEvent,
  type QuickReplyId,
  type QuickReplyItem,
  type QuickReplyList,
  type StaffApi,
  type Stamped,
} from "@sapa/protocol";
import type { Topics } from "./topics";

export const QUICK_REPLIES_TOPIC = "quick_replies";

const RIGHT = "conversation:reply:";

type Api = Pick<StaffApi, "quickReplies" | "countUse">;

const NONE: QuickReplyList = { position: 0, items: [] };

export class QuickReplies {
  #api: Api;
  #topics: Topics;
  #me: () => Pick<Me, "rights">;
  /** Without a value: it is gone, and nothing older brings it back. */
  #known = new Map<QuickReplyId, Stamped<QuickReplyItem | null>>();
  #all: readonly QuickReplyItem[] | null = null;
  #problem: Problem | null = null;
  #loading = false;

  constructor(api: Api, topics: Topics, me: () => Pick<Me, "rights">) {
    this.#api = api;
    this.#me = me;
    this.#topics = topics;
  }

  /** By shortcut; null until they are loaded. */
  get all(): readonly QuickReplyItem[] | null {
    return this.#all;
  }

  /** Why they could not be loaded. */
  get problem(): Problem | null {
    return this.#problem;
  }

  get ready(): boolean {
    return this.#all !== null && this.#problem === null;
  }

  async load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { position, items } = this.#mayUse ? await this.#api.quickReplies() : NONE;
      const listed = new Map(items.map((item) => [item.quick_reply.id, item]));
      for (const [id, { at }] of this.#known) {
        if (at <= position && !listed.has(id)) this.#known.delete(id);
      }
      for (const [id, item] of listed) {
        this.#known.set(id, newest(this.#known.get(id), position, item));
      }
      this.#problem = null;
      this.#publish(true);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#problem = error.problem;
      this.#topics.touch(QUICK_REPLIES_TOPIC);
    } finally {
      this.#loading = false;
    }
  }

  /** Too much was missed, or my rights changed. */
  async reset(): Promise<void> {
    this.#known.clear();
    await this.load();
  }

  apply(event: QuickReplyEvent): void {
    const at = event.position;
    if (event.kind === "quick_reply.updated") {
      const { quick_reply } = event.data;
      return this.#set(quick_reply.id, at, { quick_reply, can: event.can });
    }
    const id = event.data.quick_reply_id;
    if (event.kind === "quick_reply.gone") return this.#set(id, at, null);
    const known = this.#known.get(id)?.value;
    if (!known) return;
    const { uses, last_used_at } = event.data;
    this.#set(id, at, { ...known, quick_reply: { ...known.quick_reply, uses, last_used_at } });
  }

  /** What my own request was answered with. */
  put(item: QuickReplyItem): void {
    const { id } = item.quick_reply;
    this.#set(id, (this.#known.get(id)?.at ?? 0) + 1, item);
  }

  drop(id: QuickReplyId): void {
    this.#set(id, (this.#known.get(id)?.at ?? 0) + 1, null);
  }

  /** An insertion that is not counted is no harm: it is not worth a word to the person who writes. */
  countUse(id: QuickReplyId): void {
    this.#api.countUse(id, newQuickReplyUseId()).catch(() => undefined);
  }

  /** Who answers nobody has none, and need not ask. */
  get #mayUse(): boolean {
    return this.#me().rights.some((held) => held.startsWith(RIGHT) && !held.endsWith(":none"));
  }

  #set(id: QuickReplyId, at: number, item: QuickReplyItem | null): void {
    const before = this.#known.get(id);
    const after = newest<QuickReplyItem | null>(before, at, item);
    if (after === before) return;
    this.#known.set(id, after);
    this.#publish(this.#all !== null);
  }

  #publish(loaded: boolean): void {
    if (!loaded) return;
    this.#all = [...this.#known.values()]
      .flatMap(({ value }) => value ?? [])
      .sort((a, b) => a.quick_reply.shortcut.localeCompare(b.quick_reply.shortcut));
    this.#topics.touch(QUICK_REPLIES_TOPIC);
  }
}
