// A search while it is typed: names and messages everywhere, page by page.
// Must stay true: an answer to older words never overwrites that to newer ones; what was found stays on screen until
// something newer is there.
// Absent: markup, and what may be found. The server decides.

import {
  ProblemError,
  type Hit,
  type Problem,
  type SearchPage,
  type StaffApi,
} from "@sapa/protocol";

const WAIT_MS = 200;
/** A page may be empty and go on; so many are asked for at once. */
const EMPTY_PAGES_MAX = 10;

export type Phase = "idle" | "waiting" | "ready" | "failed";

export class Search {
  words = $state("");
  phase = $state<Phase>("idle");
  names = $state.raw<SearchPage["names"]>([]);
  hits = $state.raw<readonly Hit[]>([]);
  problem = $state.raw<Problem | null>(null);
  cursor = $state<string | null>(null);
  #api: Pick<StaffApi, "search">;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  constructor(api: Pick<StaffApi, "search">) {
    this.#api = api;
  }

  type(words: string): void {
    this.words = words;
    this.stop();
    if (words.trim() === "") return this.#rest();
    this.phase = "waiting";
    this.#timer = setTimeout(() => void this.run(), WAIT_MS);
  }

  async run(): Promise<void> {
    await this.#ask(async (signal) => {
      const page = await this.#page(null, signal);
      [this.names, this.hits, this.cursor] = [page.names, page.hits, page.next_cursor];
    });
  }

  async more(): Promise<void> {
    if (this.cursor === null || this.phase === "waiting") return;
    await this.#ask(async (signal) => {
      const page = await this.#page(this.cursor, signal);
      [this.hits, this.cursor] = [[...this.hits, ...page.hits], page.next_cursor];
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  #rest(): void {
    [this.phase, this.names, this.hits, this.cursor] = ["idle", [], [], null];
  }

  async #page(cursor: string | null, signal: AbortSignal): Promise<SearchPage> {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const ask = (from: string | null) =>
      this.#api.search({ q: this.words, zone, ...(from ? { cursor: from } : {}) }, signal);
    let page = await ask(cursor);
    const { names } = page;
    for (let empty = 1; empty < EMPTY_PAGES_MAX; empty++) {
      if (page.hits.length > 0 || !page.next_cursor) break;
      page = await ask(page.next_cursor);
    }
    return { ...page, names };
  }

  async #ask(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.phase = "waiting";
    try {
      await run(running.signal);
      if (this.#running === running) this.phase = "ready";
    } catch (error) {
      if (running.signal.aborted) return;
      if (!(error instanceof ProblemError)) throw error;
      // Signs alone are no words yet.
      if (error.problem.code === "query_empty") return this.#rest();
      [this.problem, this.phase] = [error.problem, "failed"];
    }
  }
}
