// A list from the server for a settings page: loading, there, or failed.
// Must stay true: what was shown stays while it is loaded again.

import { ProblemError, type Problem } from "@sapa/protocol";

export class Resource<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  #load: () => Promise<T>;

  constructor(load: () => Promise<T>) {
    this.#load = load;
    void this.reload();
  }

  async reload(): Promise<void> {
    try {
      this.value = await this.#load();
      this.problem = null;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.problem = error.problem;
    }
  }
}
