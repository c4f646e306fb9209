// Tells that a conversation went to somebody else while I was writing, or before what I wrote ahead was sent.

import type { Problem, ScheduleFailed } from "@sapa/protocol";
import { m } from "../paraglide/messages";
import type { Unsent } from "../sync/database";
import { isolated } from "./isolate";
import { sayProblem } from "./problems";
import { navigate } from "./router";
import { toast } from "./toasts.svelte";

export function sayTaken(_message: Unsent, problem: Problem): void {
  if (["contact_blocked", "conversation_not_begun"].includes(problem.code)) {
    return void toast(sayProblem(problem), { tone: "bad" });
  }
  const by = problem.params["by"];
  const why = by ? m.taken_by({ name: isolated(String(by)) }) : m.taken_by_somebody();
  toast(why, { tone: "bad", action: toDrafts() });
}

export function sayNotSent({ data: { code, by } }: ScheduleFailed): void {
  const taken = by !== null && ["not_found", "forbidden"].includes(code);
  const why = taken
    ? m.schedule_failed_by({ name: isolated(by) })
    : m.schedule_failed({
        reason: sayProblem({ type: "about:blank", title: "", status: 0, code, params: {} }),
      });
  toast(why, { tone: "bad", action: toDrafts() });
}

function toDrafts() {
  return { label: m.drafts(), run: () => void navigate("/drafts") };
}
