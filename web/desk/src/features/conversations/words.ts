// How conversations are spoken of on screen: names, snippets, system lines, quotes. Pure functions.
// Must stay true: text from outside stays plain text; of whom nothing is known is called
// "Visitor" with a short code of his own everywhere, so that strangers are told apart (C24).

import { plainOf } from "@sapa/protocol/links";
import type {
  Author,
  CloseReason,
  Contact,
  Conversation,
  Entry,
  Holder,
  Mark,
  MemberId,
  Preview,
  Quote,
  RecordNews,
  StoredFile,
  TeamId,
  Why,
} from "@sapa/protocol";
import { formatMoment } from "../../app/format";
import { isolated } from "../../app/isolate";
import { m } from "../../paraglide/messages";

/** The best that a contact can say; the server refuses more. */
export const SCORE_MAX = 5;

/** Of the end of the id, which is random. */
const CODE_LETTERS = 4;

export function nameOf({ id, name, email, phone }: Named): string {
  return name ?? email ?? phone ?? strangerName(id);
}

type Named = Pick<Contact, "id" | "name" | "email" | "phone">;

export function strangerName(id: string): string {
  return m.visitor_coded({ code: id.slice(-CODE_LETTERS).toUpperCase() });
}

/** Who wrote, as he was called then. */
export function authorName({ id, name }: Author): string {
  return name ?? (id ? strangerName(id) : m.visitor());
}

/** Whether what [nameOf] says was signed by the website, and not only said by somebody. */
export function isVerified({ name, email, phone, verified }: Contact): boolean {
  if (!verified) return false;
  if (name !== null) return verified.name;
  if (email !== null) return verified.email;
  return phone === null || verified.phone;
}

/** Why a file of another system is not here. */
export function absentWords(absent: StoredFile["absent"]): string {
  switch (absent) {
    case "fetching":
      return m.file_fetching();
    case "too_large":
      return m.file_absent_too_large();
    case "empty":
      return m.file_absent_empty();
    case "not_found":
      return m.file_absent_not_found();
    case "refused":
      return m.file_absent_refused();
    case "private":
      return m.file_absent_private();
    case "late":
      return m.file_absent_late();
    case "not_kept":
      return m.file_absent_not_kept();
    default:
      return m.file_absent_unreachable();
  }
}

/** One line for a row: the words of a message without their marks, or what happened. */
export function snippetOf(preview: Preview | null, marks: readonly Mark[]): string {
  if (!preview) return m.preview_empty();
  switch (preview.kind) {
    case "opened":
      return m.preview_opened();
    case "closed":
      return m.preview_closed();
    case "reopened":
      return m.preview_reopened();
    case "assigned":
      return m.preview_assigned();
    case "snoozed":
      return m.preview_snoozed();
    case "woken":
      return m.preview_woken();
    case "blocked":
      return m.preview_blocked();
    case "unblocked":
      return m.preview_unblocked();
    case "titled":
      return m.preview_titled();
    case "tagged":
      return m.preview_tagged();
    case "untagged":
      return m.preview_untagged();
    case "prioritized":
      return m.preview_prioritized();
    case "unpinned":
      return m.preview_unpinned();
    case "bound":
      return m.preview_bound();
    case "rating":
      return m.preview_rating();
    case "navigation":
      return m.preview_navigation();
    case "greeted":
      return m.preview_greeted();
    case "card_clicked":
      return m.preview_clicked();
    case "not_sent":
      return m.preview_not_sent();
    case "restored":
      return m.preview_restored();
    case "record":
      return m.preview_record();
    case "note":
      return m.note();
    case "message":
      if (preview.text === "" && preview.files > 0) {
        return m.preview_files({ count: preview.files });
      }
      if (preview.unsupported) return m.preview_unsupported();
      if (preview.text === "") return m.preview_removed();
      return messageSnippet(plainOf(preview.text, marks), preview.files);
  }
}

/** The text may be the name of the first file: one name must not stand for all. */
function messageSnippet(text: string, files: number): string {
  return files > 1 ? `${isolated(text)} · ${m.preview_files({ count: files })}` : text;
}

export function sentenceOf(entry: Entry, me: MemberId): string {
  const mine = entry.author.id === me;
  const name = isolated(authorName(entry.author));
  switch (entry.kind) {
    case "opened":
      return m.line_opened();
    case "closed":
      return closedSentence(entry, mine, name);
    case "reopened":
      if (entry.author.kind !== "member") return m.line_reopened_by_message();
      return mine ? m.line_reopened_by_me() : m.line_reopened({ name });
    case "assigned":
      return assignedSentence(entry, me, mine, name);
    case "snoozed":
      return snoozedSentence(entry, mine, name);
    case "woken":
      return wokenSentence(entry, mine, name);
    case "blocked":
      return blockedSentence(entry, mine, name);
    case "unblocked":
      if (entry.author.kind === "system") return m.line_unblocked_by_itself();
      return mine ? m.line_unblocked_by_me() : m.line_unblocked({ name });
    case "titled":
      if (entry.text === null) return mine ? m.line_untitled_by_me() : m.line_untitled({ name });
      return mine ? m.line_titled_by_me() : m.line_titled({ name });
    case "tagged":
      return mine ? m.line_tagged_by_me() : m.line_tagged({ name });
    case "untagged":
      return mine ? m.line_untagged_by_me() : m.line_untagged({ name });
    case "unpinned":
      return mine ? m.line_unpinned_by_me() : m.line_unpinned({ name });
    case "bound":
      return mine ? m.line_bound_by_me() : m.line_bound({ name });
    case "prioritized": {
      const priority = isolated(priorityName(entry.text));
      return mine ? m.line_prioritized_by_me({ priority }) : m.line_prioritized({ name, priority });
    }
    case "rating":
      return ratedSentence(entry);
    case "greeted":
      if (entry.author.kind !== "member") return m.line_greeted();
      return mine ? m.line_invited_by_me() : m.line_invited({ name });
    case "navigation":
      return m.pages_viewed_one({ page: isolated(entry.page?.url ?? "") });
    case "card_clicked": {
      const title = entry.quote?.text;
      return title
        ? m.line_clicked({ name, title: isolated(title) })
        : m.line_clicked_removed({ name });
    }
    case "not_sent":
      return notSentSentence(entry, mine, name);
    case "restored":
      return mine ? m.line_restored_by_me() : m.line_restored({ name });
    case "record":
      return recordSentence(entry, mine, name);
    case "message":
    case "note":
      return entry.text ?? "";
  }
}

/** By its type and number: "Order KS-7". */
export function recordName({ type_name, number }: RecordNews): string {
  return isolated(`${type_name} ${number}`);
}

function recordSentence(entry: Entry, mine: boolean, name: string): string {
  const news = entry.record;
  if (!news) return m.preview_record();
  const record = recordName(news);
  switch (news.act) {
    case "created":
      if (entry.author.kind === "system") return m.line_record_created_by_itself({ record });
      return mine
        ? m.line_record_created_by_me({ record })
        : m.line_record_created({ name, record });
    case "bound":
      return mine ? m.line_record_bound_by_me({ record }) : m.line_record_bound({ name, record });
    case "unbound":
      return mine
        ? m.line_record_unbound_by_me({ record })
        : m.line_record_unbound({ name, record });
    case "moved": {
      const [before, after] = [isolated(news.before ?? ""), isolated(news.after ?? "")];
      return mine
        ? m.line_record_moved_by_me({ record, before, after })
        : m.line_record_moved({ name, record, before, after });
    }
    case "edited":
      return mine ? m.line_record_edited_by_me({ record }) : m.line_record_edited({ name, record });
  }
}

/** Why what was planned was refused at its time; by the code of the refusal. */
const NOT_SENT: Record<string, () => string> = {
  not_found: m.not_sent_taken,
  forbidden: m.not_sent_taken,
  contact_blocked: m.not_sent_blocked,
  file_unknown: m.not_sent_file,
};

function notSentSentence({ failure }: Entry, mine: boolean, name: string): string {
  const reason = (NOT_SENT[failure ?? ""] ?? m.not_sent_refused)();
  return mine ? m.line_not_sent_by_me({ reason }) : m.line_not_sent({ name, reason });
}

function ratedSentence({ score, text }: Entry): string {
  const given = { score: score ?? 0, max: SCORE_MAX };
  return text ? m.rated_words({ ...given, text: isolated(text) }) : m.rated(given);
}

function closedSentence(entry: Entry, mine: boolean, name: string): string {
  if (entry.author.kind === "system") return m.line_closed_by_itself();
  return mine ? m.line_closed_by_me() : m.line_closed({ name });
}

function snoozedSentence(entry: Entry, mine: boolean, name: string): string {
  const until = formatMoment(entry.until ?? entry.at);
  return mine ? m.line_snoozed_by_me({ until }) : m.line_snoozed({ name, until });
}

function blockedSentence(entry: Entry, mine: boolean, name: string): string {
  if (entry.until === null) return mine ? m.line_blocked_by_me() : m.line_blocked({ name });
  const until = formatMoment(entry.until);
  return mine ? m.line_blocked_until_by_me({ until }) : m.line_blocked_until({ name, until });
}

function wokenSentence(entry: Entry, mine: boolean, name: string): string {
  if (entry.author.kind === "system") return m.line_woken_by_itself();
  if (entry.author.kind === "contact") return m.line_woken_by_message();
  return mine ? m.line_woken_by_me() : m.line_woken({ name });
}

function assignedSentence(entry: Entry, me: MemberId, mine: boolean, name: string): string {
  const { to, to_name } = entry.assignment ?? { to: { kind: "queue" } as Holder, to_name: null };
  if (entry.author.kind === "system") {
    const from = isolated(entry.assignment?.from_name ?? m.somebody());
    const reason = whyOf(entry.assignment?.why);
    if (to.kind === "queue")
      return reason
        ? m.line_queued_because({ name: from, reason })
        : m.line_queued_by_itself({ name: from });
    const receiver = { to: isolated(to_name ?? m.somebody()) };
    if (!reason) return m.line_assigned_by_itself(receiver);
    return to.id === me
      ? m.line_assigned_to_me_because({ reason })
      : m.line_assigned_because({ ...receiver, reason });
  }
  if (to.kind === "queue") return mine ? m.line_queued_by_me() : m.line_queued({ name });
  if (to.kind === "member" && to.id === me)
    return mine ? m.line_taken_by_me() : m.line_assigned_to_me({ name });
  const other = isolated(to_name ?? m.somebody());
  if (entry.author.id === to.id) return m.line_taken({ name: other });
  return mine ? m.line_assigned_by_me({ to: other }) : m.line_assigned({ name, to: other });
}

/** Which rule did it. */
function whyOf(why: Why | null | undefined): string | null {
  switch (why) {
    case "in_turn":
      return m.why_in_turn();
    case "fewest_open":
      return m.why_fewest_open();
    case "longest_free":
      return m.why_longest_free();
    case "last_handler":
      return m.why_last_handler();
    case "skills":
      return m.why_skills();
    case "absent":
      return m.why_absent();
    case "reopened":
      return m.why_reopened();
    case "left":
      return m.why_left();
    case null:
    case undefined:
      return null;
  }
}

export function priorityName(priority: string | null | undefined): string {
  switch (priority) {
    case "urgent":
      return m.priority_urgent();
    case "high":
      return m.priority_high();
    case "low":
      return m.priority_low();
    default:
      return m.priority_normal();
  }
}

/** Nobody is in charge, and nobody has answered since it opened. */
export function isNew({ status, holder, waiting_since, opened_at }: Conversation): boolean {
  const unanswered = waiting_since !== null && waiting_since <= opened_at;
  return status === "open" && holder.kind !== "member" && unanswered;
}

export function reasonOf(reason: CloseReason | null): string | null {
  switch (reason) {
    case "solved":
      return m.reason_solved();
    case "no_reply":
      return m.reason_no_reply();
    case "spam":
      return m.reason_spam();
    case "merged":
      return m.reason_merged();
    case "other":
      return m.reason_other();
    case null:
      return null;
  }
}

export function quotedName({ author }: Quote, me: MemberId, customer: string): string {
  return author.id === me ? m.you() : (author.name ?? customer);
}

export function quotedWords({ text, files }: Quote, marks: readonly Mark[]): string {
  if (text === null && files === 0) return m.preview_removed();
  return text === null ? m.preview_files({ count: files }) : plainOf(text, marks);
}

export function holderName(
  conversation: Conversation,
  me: MemberId,
  nameOf: (id: MemberId | TeamId) => string | undefined,
): string {
  const { holder } = conversation;
  if (holder.kind === "queue") return m.holder_queue();
  if (holder.kind === "team") {
    return m.holder_team({ name: isolated(nameOf(holder.id) ?? m.team()) });
  }
  if (holder.id === me) return m.holder_me();
  return nameOf(holder.id) ?? m.somebody();
}

/** Nobody has it yet: it waits in the queue, or in that of a team. */
export function waits({ holder }: Pick<Conversation, "holder">): boolean {
  return holder.kind !== "member";
}
