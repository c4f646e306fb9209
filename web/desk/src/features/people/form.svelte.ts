// A form that is sent once at a time and shows its refusal at the field it is about.
// Must stay true: what was typed stays; a second click while sending does nothing.

import { ProblemError, type Problem } from "@sapa/protocol";
import { sayProblem } from "../../app/problems";

export class Form {
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);

  async send(run: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = null;
    try {
      await run();
      return true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.problem = error.problem;
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** The sentence, when the refusal is about this field: its code begins so. */
  about(...beginnings: string[]): string | null {
    const { problem } = this;
    if (!problem || !beginnings.some((start) => problem.code.startsWith(start))) return null;
    return sayProblem(problem);
  }

  /** The sentence, when it is about none of these. */
  except(...beginnings: string[]): string | null {
    if (!this.problem || this.about(...beginnings)) return null;
    return sayProblem(this.problem);
  }
}
