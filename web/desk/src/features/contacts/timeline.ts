// How everything with one person is drawn: by day, and within a day by the sessions in which it happened. Pure functions.

import type { ConversationId, Entry, LogLine, TimelineEntry } from "@sapa/protocol";
import { dayOf } from "../../app/days";

/** What happened in one session without a word of another in between. */
export interface Stretch {
  key: string;
  conversation: ConversationId;
  session: number;
  title: string | null;
  lines: LogLine[];
}

export interface Day {
  day: string;
  at: number;
  stretches: Stretch[];
}

export function daysOf(items: readonly TimelineEntry[]): Day[] {
  const days: Day[] = [];
  for (const { entry, session, session_title } of items) {
    const day = String(dayOf(entry.at));
    let last = days.at(-1);
    if (last?.day !== day) days.push((last = { day, at: entry.at, stretches: [] }));
    let stretch = last.stretches.at(-1);
    if (stretch?.conversation !== entry.conversation_id || stretch.session !== session) {
      stretch = {
        key: entry.id,
        conversation: entry.conversation_id,
        session,
        title: session_title ?? null,
        lines: [],
      };
      last.stretches.push(stretch);
    }
    stretch.lines.push(lineOf(entry));
  }
  return days;
}

/** As the log tells it. */
function lineOf(entry: Entry): LogLine {
  const { id, kind, at, author, position, text, files, card, assignment, record, reason, until } =
    entry;
  return {
    kind,
    at,
    actor: author,
    entry_id: id,
    entry_kind: kind,
    position,
    text,
    before: null,
    files: files.map(({ name }) => name),
    card,
    assignment,
    record,
    reason,
    until,
    score: entry.score ?? null,
    score_before: null,
  };
}
