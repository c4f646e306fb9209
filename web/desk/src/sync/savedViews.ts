// The saved views that I may use, with how many chats each held when it was last asked.
// Must stay true: asked for when a screen needs them, and again when one of them changed; of several answers the one
// asked for last is kept.
// Absent: when the numbers are counted again (features/conversations/list/recount.ts).

import {
  ProblemError,
  type DeskEvent,
  type Problem,
  type SavedViewItem,
  type StaffApi,
} from "@sapa/protocol";
import type { Topics } from "./topics";

export const SAVED_VIEWS_TOPIC = "saved_views";

export class SavedViews {
  #api: Pick<StaffApi, "savedViews">;
  #topics: Topics;
  #all: readonly SavedViewItem[] | null = null;
  #problem: Problem | null = null;
  #asked = 0;

  constructor(api: Pick<StaffApi, "savedViews">, topics: Topics) {
    this.#api = api;
    this.#topics = topics;
  }

  /** Null until they are loaded. */
  get all(): readonly SavedViewItem[] | null {
    return this.#all;
  }

  /** Why they could not be loaded. */
  get problem(): Problem | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    if (this.#asked === 0) await this.reload();
  }

  async reload(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const { items } = await this.#api.savedViews();
      if (asked !== this.#asked) return;
      this.#all = items;
      this.#problem = null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (asked !== this.#asked) return;
      this.#problem = error.problem;
    }
    this.#topics.touch(SAVED_VIEWS_TOPIC);
  }

  /** The connection is back. */
  async retry(): Promise<void> {
    if (this.#problem !== null) await this.reload();
  }

  /** Too much was missed, or my rights changed. */
  async reset(): Promise<void> {
    if (this.#asked > 0) await this.reload();
  }

  apply({ kind }: DeskEvent): void {
    if (kind === "saved_view.updated" || kind === "saved_view.gone") void this.reset();
  }
}
