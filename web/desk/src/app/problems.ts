// Turns a problem code into a sentence.
// Must stay true: every code of the contract has its sentence in every language (problems.test.ts); an unknown
// code still says something and shows itself, so that it can be reported.

import { ProblemError, type Problem } from "@sapa/protocol";
import { m } from "../paraglide/messages";
import { formatBytes, formatNumber } from "./format";
import { isolated } from "./isolate";
import { sentences } from "./sentences.svelte";
import { toast } from "./toasts.svelte";

export function sayProblem(problem: Problem): string {
  const say = sentences.current[`problem_${problem.code}`];
  return say ? say(readable(problem.params)) : m.problem_other({ code: problem.code });
}

/** The sentence of whatever was thrown. */
export function sayError(error: unknown): string {
  if (error instanceof ProblemError) return sayProblem(error.problem);
  return m.problem_other({ code: "client" });
}

/** Runs a command of the person and says why when it did not work. */
export async function attempt<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    await sentences.loaded;
    // Unlike messages, what is done to a chat does not wait for the network: others may do something else meanwhile.
    const lost = error instanceof ProblemError && error.code === "unreachable";
    toast(lost ? m.not_done_unreachable() : sayError(error), { tone: "bad" });
    return undefined;
  }
}

/** Sizes and numbers as people write them. */
function readable(params: Problem["params"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === "string") return [name, isolated(value)];
      return [name, name.endsWith("_bytes") ? formatBytes(value) : formatNumber(value)];
    }),
  );
}
