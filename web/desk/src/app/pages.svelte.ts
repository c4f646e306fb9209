// A list from the server in keyset pages: loading, there, failed, and more of it.
// Must stay true: an answer to an older question never overwrites that to a newer one; what was shown stays while it
// is loaded again, as far down as it was.
// Absent: what is asked for, and markup.

import { ProblemError, type Problem } from "@sapa/protocol";

/** A page may be empty and go on; so many are asked for at once. */
const PAGES_MAX = 20;

export interface Page<T> {
  items: readonly T[];
  next_cursor: string | null;
}

export type AskPage<T> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

export class Pages<T> {
  items = $state.raw<readonly T[]>([]);
  busy = $state(true);
  problem = $state.raw<Problem | null>(null);
  cursor = $state<string | null>(null);
  #ask: AskPage<T>;
  #running: AbortController | null = null;

  constructor(ask: AskPage<T>) {
    this.#ask = ask;
  }

  /** From the beginning: something else is asked for. */
  restart(): void {
    this.items = [];
    void this.#run([], undefined, 1);
  }

  /** The same again, as many as are shown. */
  reload(): void {
    void this.#run([], undefined, Math.max(1, this.items.length));
  }

  more(): void {
    if (this.cursor !== null && !this.busy) void this.#run(this.items, this.cursor, 1);
  }

  stop(): void {
    this.#running?.abort();
  }

  async #run(kept: readonly T[], from: string | undefined, wanted: number): Promise<void> {
    this.stop();
    const { signal } = (this.#running = new AbortController());
    this.busy = true;
    try {
      const found: T[] = [];
      let cursor: string | null | undefined = from;
      for (let page = 0; page < PAGES_MAX && cursor !== null && found.length < wanted; page++) {
        const answer: Page<T> = await this.#ask(cursor, signal);
        found.push(...answer.items);
        cursor = answer.next_cursor;
      }
      if (signal.aborted) return;
      [this.items, this.cursor, this.problem] = [[...kept, ...found], cursor ?? null, null];
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      this.problem = error.problem;
    }
    this.busy = false;
  }
}
