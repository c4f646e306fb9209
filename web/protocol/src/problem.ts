// The one form of refusal: the server's problem, or one that only the client can know.
// Absent: translations. Each part has its own sentence per code.

import type { Problem } from "./api";

/** Codes that only the client can know; translated like the server's. */
export const CLIENT_PROBLEM_CODES = ["unreachable", "unexpected_answer"] as const;

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  /** The same request may succeed later: the network, a busy or a restarting server. */
  get temporary(): boolean {
    const { status } = this.problem;
    return status === 0 || status === 408 || status === 429 || status >= 500;
  }
}

export function problemOf(status: number, text: string): ProblemError {
  try {
    const answer: unknown = JSON.parse(text);
    if (isProblem(answer)) return new ProblemError({ ...answer, params: answer.params ?? {} });
  } catch {
    // Not ours: a proxy's page, or nothing at all.
  }
  return clientProblem(
    status >= 502 && status <= 504 ? "unavailable" : "unexpected_answer",
    status,
  );
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === "object" && answer !== null && "code" in answer && "status" in answer;
}

export function unreachable(): ProblemError {
  return clientProblem("unreachable", 0);
}

export function clientProblem(code: string, status: number): ProblemError {
  return new ProblemError({ type: "about:blank", title: code, status, code, params: {} });
}
