// How the log speaks: who, what he did, and the choices of its filters.

import type {
  Author,
  EntryKind,
  Holder,
  LogKind,
  LogLine,
  Member,
  MemberId,
  RecordAct,
} from "@sapa/protocol";
import type { IconName } from "@sapa/ui";
import { isolated } from "../../../app/isolate";
import { m } from "../../../paraglide/messages";
import { SCORE_MAX } from "../words";
import type { LogFilters } from "./filters";

export const LOG_ICONS: Record<LogKind, IconName> = {
  message: "message",
  note: "lock",
  opened: "plus",
  closed: "check",
  reopened: "reopen",
  assigned: "user-check",
  snoozed: "moon",
  woken: "bell",
  blocked: "ban",
  unblocked: "shield",
  titled: "pencil",
  tagged: "tag",
  untagged: "tag",
  prioritized: "alert",
  unpinned: "user",
  bound: "user-check",
  rating: "star",
  navigation: "eye",
  greeted: "message",
  card_clicked: "external",
  not_sent: "circle-alert",
  restored: "reopen",
  record: "archive",
  corrected: "pencil",
  removed: "trash",
};

interface Choice<T> {
  value: T;
  label: string;
}

export function kindChoices(): Choice<LogFilters["kind"]>[] {
  return [
    { value: "all", label: m.log_all_kinds() },
    { value: "message", label: m.log_messages() },
    { value: "note", label: m.log_notes() },
    { value: "assigned", label: m.log_assignments() },
    { value: "opened", label: m.log_openings() },
    { value: "closed", label: m.log_closings() },
    { value: "reopened", label: m.log_reopenings() },
    { value: "snoozed", label: m.log_snoozes() },
    { value: "woken", label: m.log_wakings() },
    { value: "blocked", label: m.log_blocks() },
    { value: "unblocked", label: m.log_unblocks() },
    { value: "titled", label: m.log_titles() },
    { value: "tagged", label: m.log_tags() },
    { value: "untagged", label: m.log_untags() },
    { value: "prioritized", label: m.log_priorities() },
    { value: "unpinned", label: m.log_unpinnings() },
    { value: "bound", label: m.log_bindings() },
    { value: "rating", label: m.log_ratings() },
    { value: "navigation", label: m.log_navigations() },
    { value: "greeted", label: m.log_greetings() },
    { value: "card_clicked", label: m.log_clicks() },
    { value: "not_sent", label: m.log_not_sent() },
    { value: "restored", label: m.log_restorings() },
    { value: "record", label: m.log_records() },
    { value: "corrected", label: m.log_corrections() },
    { value: "removed", label: m.log_removals() },
  ];
}

/** The sides, then everybody of the team by name. */
export function actorChoices(members: readonly Member[]): Choice<LogFilters["actor"]>[] {
  return [
    { value: "all", label: m.log_everybody() },
    { value: "member", label: m.log_team() },
    { value: "contact", label: m.log_customer() },
    { value: "system", label: m.log_system() },
    ...members.map(({ id, name }) => ({ value: id, label: isolated(name) })),
  ];
}

export function actorName(author: Author, me: MemberId, customer: string): string {
  if (author.kind === "system") return m.log_system();
  if (author.id === me) return m.you();
  return author.name ?? (author.kind === "contact" ? customer : m.somebody());
}

const RECORD_DEEDS: Record<RecordAct, () => string> = {
  created: m.log_did_record_create,
  bound: m.log_did_record_bind,
  unbound: m.log_did_record_unbind,
  moved: m.log_did_record_move,
  edited: m.log_did_record_edit,
};

/** Goes on after the name: "wrote a message". */
export function deedOf({ kind, entry_kind, card, record }: LogLine): string {
  switch (kind) {
    case "message":
      return card ? m.log_did_card() : m.log_did_message();
    case "note":
      return m.log_did_note();
    case "opened":
      return m.log_did_open();
    case "closed":
      return m.log_did_close();
    case "reopened":
      return m.log_did_reopen();
    case "assigned":
      return m.log_did_assign();
    case "snoozed":
      return m.log_did_snooze();
    case "woken":
      return m.log_did_wake();
    case "blocked":
      return m.log_did_block();
    case "unblocked":
      return m.log_did_unblock();
    case "titled":
      return m.log_did_title();
    case "tagged":
      return m.log_did_tag();
    case "untagged":
      return m.log_did_untag();
    case "prioritized":
      return m.log_did_prioritize();
    case "unpinned":
      return m.log_did_unpin();
    case "bound":
      return m.log_did_bind();
    case "rating":
      return m.log_did_rate();
    case "navigation":
      return m.log_did_view();
    case "greeted":
      return m.log_did_greet();
    case "card_clicked":
      return m.log_did_click();
    case "not_sent":
      return m.log_did_not_send();
    case "restored":
      return m.log_did_restore();
    case "record":
      return RECORD_DEEDS[record?.act ?? "edited"]();
    case "corrected":
      if (entry_kind === "rating") return m.log_did_correct_rating();
      return isNote(entry_kind) ? m.log_did_correct_note() : m.log_did_correct();
    case "removed":
      if (entry_kind === "rating") return m.log_did_remove_rating();
      return isNote(entry_kind) ? m.log_did_remove_note() : m.log_did_remove();
  }
}

/** What was said: of a rating the score before the words. */
export function wordsOf(score: number | null | undefined, text: string | null): string | null {
  if (score === null || score === undefined) return text;
  const given = { score, max: SCORE_MAX };
  return text === null
    ? m.rating_of(given)
    : m.rating_score_words({ ...given, text: isolated(text) });
}

export function handedOver({ assignment }: LogLine, me: MemberId): string | null {
  if (!assignment) return null;
  const name = (holder: Holder, name: string | null) => {
    if (holder.kind === "queue") return m.log_queue();
    return holder.kind === "member" && holder.id === me ? m.you() : isolated(name ?? m.somebody());
  };
  const { from, from_name, to, to_name } = assignment;
  return m.log_from_to({ from: name(from, from_name), to: name(to, to_name) });
}

const isNote = (kind: EntryKind) => kind === "note";
