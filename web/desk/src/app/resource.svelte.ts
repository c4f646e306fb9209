// A list from the server for a settings page: loading, there, or failed.
// Must stay true: what was shown stays while it is loaded again; of several that are under way the one asked for last
// is shown, whichever comes last.

import { ProblemError, type Problem } from "@sapa/protocol";

export class Resource<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  #load: () => Promise<T>;
  #asked = 0;

  constructor(load: () => Promise<T>) {
    this.#load = load;
    void this.reload();
  }

  async reload(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const value = await this.#load();
      if (asked !== this.#asked) return;
      this.value = value;
      this.problem = null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (asked !== this.#asked) return;
      this.problem = error.problem;
    }
  }
}
