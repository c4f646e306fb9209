// What is done to many chats, in words.

import type { BatchAct } from "@sapa/protocol";
import { formatNumber } from "../../../app/format";
import { m } from "../../../paraglide/messages";

export function doingWords({ kind }: BatchAct): string {
  return {
    assign: m.batch_assigning,
    close: m.batch_closing,
    snooze: m.batch_snoozing,
    tag: m.batch_tagging,
    untag: m.batch_untagging,
    read: m.batch_reading,
    unread: m.batch_unreading,
    delete: m.batch_deleting,
  }[kind]();
}

export function doneWords({ kind }: BatchAct, count: number): string {
  const said = { count, shown: formatNumber(count) };
  return {
    assign: m.batch_assigned,
    close: m.batch_closed,
    snooze: m.batch_snoozed,
    tag: m.batch_tagged,
    untag: m.batch_untagged,
    read: m.batch_read,
    unread: m.batch_unread,
    delete: m.batch_deleted,
  }[kind](said);
}

/** Why some were left as they were. */
export function refusalWords(code: string, count: number): string {
  const said = { count, shown: formatNumber(count) };
  switch (code) {
    case "forbidden":
      return m.batch_left_forbidden(said);
    case "not_found":
      return m.batch_left_hidden(said);
    case "conversation_taken":
      return m.batch_left_taken(said);
    case "assignee_not_in_inbox":
      return m.batch_left_assignee(said);
    case "tag_needed":
      return m.batch_left_tag_needed(said);
    case "note_needed":
      return m.batch_left_note_needed(said);
    case "too_many_tags_on_one":
      return m.batch_left_tags_full(said);
    case "tag_archived":
      return m.batch_left_archived(said);
    case "contact_blocked":
      return m.batch_left_blocked(said);
    case "conversation_grew":
      return m.batch_left_grew(said);
    default:
      return m.batch_left_other({ ...said, code });
  }
}
