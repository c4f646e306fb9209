// Tells that a conversation went to somebody else while I was writing.

import type { Problem } from "@sapa/protocol";
import { m } from "../paraglide/messages";
import type { Unsent } from "../sync/database";
import { isolated } from "./isolate";
import { sayProblem } from "./problems";
import { toast } from "./toasts.svelte";

export function sayTaken(_message: Unsent, problem: Problem): void {
  if (problem.code === "contact_blocked") return void toast(sayProblem(problem), { tone: "bad" });
  const by = problem.params["by"];
  toast(by ? m.taken_by({ name: isolated(String(by)) }) : m.taken_by_somebody(), { tone: "bad" });
}
