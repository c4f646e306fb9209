// The fields of what is audited, and their values, in the words of the pages on which they are set.
// Must stay true: a path that is not here is shown as it is, so that a new setting is told before it has words.

import type { Scope } from "@sapa/protocol";
import { formatNumber } from "../../app/format";
import { m } from "../../paraglide/messages";
import { rightName, scopeName } from "../roles/words";

type Words = Record<string, () => string>;

/** By the whole path; what is in a list has no place in it. */
const FIELDS: Words = {
  name: m.audit_field_name,
  post: m.audit_field_post,
  cases: m.audit_field_cases,
  listed: m.automation_listed,
  message: m.automation_message,
  title: m.quick_reply_title,
  email: m.email,
  role: m.audit_field_role,
  rights: m.audit_field_rights,
  description: m.role_description,
  created_at: m.audit_field_made,
  expires_at: m.audit_field_expires,
  hint: m.audit_field_token_begins,
  member_id: m.audit_field_member,
  group: m.audit_field_group,
  files: m.files,
  uses: m.audit_field_uses,
  disabled: m.audit_field_disabled,
  joined_at: m.audit_field_joined,
  skills: m.skills,
  sees: m.audit_field_sees,
  open_limit: m.open_limit,
  locale: m.language,
  away_reasons: m.away_reasons,
  erase_after_days: m.erase_after,
  "limits.message_characters": m.audit_field_characters,
  members: m.members,
  member_ids: m.members,
  team_ids: m.teams,
  inbox_ids: m.audit_field_inboxes,
  channel: m.channel,
  enabled: m.audit_field_enabled,
  close_after_minutes: m.close_after,
  close_waiting: m.audit_field_close_waiting,
  close_queued_after_minutes: m.close_queued_after,
  choices: m.attribute_choices,
  required: m.attribute_required,
  read_only: m.attribute_read_only,
  label: m.data_field_label,
  fields: m.record_type_fields,
  states: m.record_type_states,
  url: m.record_type_url,
  icon: m.record_type_icon,
  shown: m.data_field_shown,
  kind: m.attribute_kind,
  closing_needs_tag: m.closing_needs_tag,
  closing_needs_note: m.closing_needs_note,
  formers_read: m.formers_read,
  in_record: m.in_record,
  own_time_limit: m.audit_field_own_limit,
  snippet: m.snippet,
  "api.webhook_url": m.webhook_url,
  signature: m.mail_signature,
  "email.signature": m.mail_signature,
  "routing.absence": m.absence,
  "routing.claim": m.claim,
  "routing.last_handler_first": m.last_handler_first,
  "routing.open_limit": m.routing_limit,
  "routing.order": m.order,
  "routing.reopening": m.reopening,
  "routing.skills": m.routing_skills,
  processing_seconds: m.limit_processing,
  warning_seconds: m.limit_warning,
  in_hours: m.limit_in_hours,
  counts_from: m.counts_from,
  "late.in_charge": m.audit_field_late_in_charge,
  "late.member_ids": m.audit_field_late_members,
  "late.supervisors": m.audit_field_late_supervisors,
  "warned.in_charge": m.audit_field_warned_in_charge,
  "warned.member_ids": m.audit_field_warned_members,
  "warned.supervisors": m.audit_field_warned_supervisors,
  "website.allowed_origins": m.allowed_origins,
  "website.color": m.widget_color,
  "website.greeting": m.widget_greeting,
  "website.greetings": m.greetings,
  "website.title": m.widget_title,
  "website.page_visits": m.page_visits,
  "website.visitors_now": m.visitors_now,
  "website.left_is_failure": m.left_is_failure,
  "website.rating": m.rating_ask,
  "website.pre_chat.name": m.ask_name,
  "website.pre_chat.email": m.ask_email,
  "website.pre_chat.phone": m.ask_phone,
  "website.pre_chat.consent_text": m.consent_text,
  "website.pre_chat.consent_link": m.consent_link,
  "hours.week": m.hours,
  "hours.zone": m.hours_zone,
  "hours.closed_days": m.audit_field_closed_days,
  "hours.enabled": m.hours_on,
  color: m.tag_color,
  pinned: m.tag_pinned,
  archived: m.tags_archived,
  shortcut: m.quick_reply_shortcut,
  text: m.audit_field_text,
  "scope.kind": m.quick_reply_scope,
  "scope.inbox_id": m.inbox,
  "scope.member_id": m.audit_field_member,
  "scope.team_id": m.audit_field_team,
  list: m.audit_field_list,
};

const SCOPES: readonly string[] = ["own", "team", "inbox", "all"] satisfies Scope[];

/** A right of a role with how far it reaches, or one of a token, which reaches as far as its member's. */
function rightWord(right: string): string {
  const at = right.lastIndexOf(":");
  const scope = right.slice(at + 1);
  if (!SCOPES.includes(scope)) return rightName(right);
  const name = right.slice(0, at);
  return m.audit_right({ right: rightName(name), reach: scopeName(name, scope as Scope) });
}

/** Words that settings have, by the last part of the path. */
const VALUES: Record<string, Words> = {
  role: {
    administrator: m.role_administrator,
    chat_administrator: m.role_chat_administrator,
    supervisor: m.role_supervisor,
    agent: m.role_agent,
    reader: m.role_reader,
  },
  claim: {
    on_reply: m.claim_on_reply,
    on_open: m.claim_on_open,
    on_start: m.claim_on_start,
    automatic: m.claim_automatic,
  },
  order: {
    in_turn: m.order_in_turn,
    fewest_open: m.order_fewest_open,
    longest_free: m.order_longest_free,
  },
  reopening: { keep: m.reopening_keep, queue: m.reopening_queue },
  counts_from: {
    first_unanswered: m.counts_from_first_unanswered,
    last_message: m.counts_from_last_message,
    first_of_session: m.counts_from_first_of_session,
  },
  icon: {
    order: m.record_icon_order,
    claim: m.record_icon_claim,
    lead: m.record_icon_lead,
    booking: m.record_icon_booking,
    invoice: m.record_icon_invoice,
    delivery: m.record_icon_delivery,
    record: m.record_icon_record,
  },
  absence: { keep: m.absence_keep, unanswered: m.absence_unanswered, all: m.absence_all },
  color: {
    gray: m.color_gray,
    red: m.color_red,
    orange: m.color_orange,
    yellow: m.color_yellow,
    olive: m.color_olive,
    green: m.color_green,
    teal: m.color_teal,
    cyan: m.color_cyan,
    blue: m.color_blue,
    indigo: m.color_indigo,
    violet: m.color_violet,
    pink: m.color_pink,
  },
};

const COMMON: Words = { true: m.audit_yes, false: m.audit_no };

/** A website's hours and an inbox's own limit are named as what others share. */
const within = (field: string) => field.replace(/^(?:website|time_limit|limit)\.(?=.)/, "");

export function fieldName(field: string): string {
  return (FIELDS[field] ?? FIELDS[within(field)])?.() ?? field;
}

export function valueWord(field: string, value: string): string | undefined {
  if (field === "rights") return rightWord(value);
  const word = VALUES[field.split(".").at(-1)!]?.[value] ?? COMMON[value];
  if (word) return word();
  return /_(?:seconds|minutes|days|limit|characters)$/.test(field) && /^\d{1,12}$/.test(value)
    ? formatNumber(Number(value)) + unit(field)
    : undefined;
}

function unit(field: string): string {
  if (field.endsWith("_seconds")) return ` ${m.unit_seconds()}`;
  return field.endsWith("_minutes") ? ` ${m.unit_minutes()}` : "";
}
