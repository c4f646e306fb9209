// Checks the translations of desk and widget.
// Must stay true: every locale has the same keys, the same placeholders and no empty text; every problem
// code of openapi.json that a part can meet has its sentence, and no sentence outlives its code.

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BASE = "en";
const LOCALES = ["en", "id"];
/** Codes that only a client can know (protocol/src/problem.ts). */
const CLIENT_CODES = ["unreachable", "unexpected_answer"];

/** Refusals that no visitor is told. A new code is the widget's until it is named here. */
const STAFF_ONLY = [
  "account_taken",
  "already_sent",
  "assignee_not_in_inbox",
  "away_reason_invalid",
  "away_reason_unknown",
  "batch_over",
  "block_time",
  "attributes_invalid",
  "card_invalid",
  "calendar_name_invalid",
  "calendar_name_taken",
  "calendar_unknown",
  "calendar_used",
  "channel_address_invalid",
  "channel_field_refused",
  "channel_scope_missing",
  "channel_token_refused",
  "channel_unreachable",
  "channel_webhook_refused",
  "public_address_missing",
  "automation_list_invalid",
  "automation_message_invalid",
  "comment_post_unknown",
  "comment_rule_invalid",
  "too_many_comment_rules",
  "close_after_invalid",
  "closed_day_invalid",
  "contact_blocked",
  "contact_field_invalid",
  "contact_changed",
  "contact_has_chat",
  "visitor_declined",
  "visitor_in_chat",
  "visitor_invitation_invalid",
  "visitor_invited",
  "contact_merge_stale",
  "contact_export_too_large",
  "contact_merge_too_large",
  "contact_merge_too_old",
  "contact_empty",
  "contact_query_invalid",
  "contact_columns_invalid",
  "contact_import_file_invalid",
  "contact_import_file_workbook",
  "contact_import_too_long",
  "contact_import_plan_invalid",
  "contact_import_busy",
  "contact_import_over",
  "contact_import_tag_unknown",
  "contact_import_row_too_wide",
  "contact_import_quote_open",
  "contact_import_ambiguous",
  "contact_import_external_id_invalid",
  "contact_import_external_id_taken",
  "contact_note_invalid",
  "too_many_contact_notes",
  "record_changed",
  "record_lookup_url_invalid",
  "record_number_taken",
  "record_number_invalid",
  "record_title_invalid",
  "record_state_unknown",
  "record_type_unknown",
  "too_many_records",
  "too_many_record_conversations",
  "record_type_name_invalid",
  "record_type_name_taken",
  "record_type_fields_invalid",
  "record_type_states_invalid",
  "record_state_used",
  "record_type_url_invalid",
  "too_many_record_types",
  "attribute_name_invalid",
  "attribute_name_taken",
  "attribute_choices_invalid",
  "attribute_kind_fixed",
  "too_many_attributes",
  "attribute_unknown",
  "attribute_value_invalid",
  "attribute_required",
  "attribute_read_only",
  "data_field_invalid",
  "data_field_taken",
  "too_many_data_fields",
  "consent_invalid",
  "preferences_invalid",
  "signature_invalid",
  "address_invalid",
  "cannot_start",
  "contact_taken",
  "contact_unknown",
  "session_open",
  "conversation_closed",
  "conversation_grew",
  "erase_after_invalid",
  "conversation_taken",
  "conversation_not_begun",
  "created_at_invalid",
  "csv_column_missing",
  "csv_invalid",
  "csv_too_long",
  "draft_moved",
  "draft_too_large",
  "cursor_invalid",
  "email_taken",
  "field_invalid",
  "file_url_invalid",
  "file_url_private",
  "greeting_invalid",
  "hours_invalid",
  "hours_zone_unknown",
  "identity_expired",
  "identity_invalid",
  "identity_key_missing",
  "identity_too_long",
  "inbox_name_invalid",
  "message_length_invalid",
  "inbox_unknown",
  "invitation_invalid",
  "last_administrator",
  "member_token_expiry_invalid",
  "member_token_name_invalid",
  "member_token_right_invalid",
  "member_unknown",
  "mention_blind",
  "message_differs",
  "method_not_allowed",
  "name_invalid",
  "not_failed",
  "note_needed",
  "open_limit_invalid",
  "routing_invalid",
  "skills_invalid",
  "own_place",
  "page_data_invalid",
  "page_invalid",
  "password_common",
  "password_link_invalid",
  "password_too_long",
  "password_too_short",
  "placeholder_unknown",
  "query_empty",
  "query_too_long",
  "query_too_many_tags",
  "query_too_many_words",
  "quick_reply_group_invalid",
  "quick_reply_text_invalid",
  "quick_reply_title_invalid",
  "quote_unknown",
  "scope_unknown",
  "setup_done",
  "setup_token_wrong",
  "shortcut_invalid",
  "shortcut_taken",
  "snooze_time",
  "tag_archived",
  "template_gap",
  "template_unknown",
  "tag_name_invalid",
  "tag_name_taken",
  "tag_needed",
  "tag_unknown",
  "title_invalid",
  "too_many_tokens",
  "too_many_views",
  "time_limit_invalid",
  "too_many_told",
  "window_closed",
  "file_not_taken",
  "reaction_invalid",
  "webhook_url_invalid",
  "webhook_url_private",
  "too_many_mentions",
  "too_many_quick_replies",
  "website_color_invalid",
  "website_greeting_invalid",
  "website_origin_invalid",
  "website_title_invalid",
  "wrong_credentials",
  "wrong_password",
  "zone_unknown",
  "schedule_time",
  "too_many_scheduled",
  "too_many_tags",
  "too_many_tags_on_one",
  "role_name_invalid",
  "role_description_invalid",
  "role_right_unknown",
  "role_right_unseen",
  "role_unknown",
  "role_name_taken",
  "role_held",
  "too_many_member_tokens",
  "too_many_calendars",
  "too_many_roles",
  "team_blind",
  "team_name_invalid",
  "team_name_taken",
  "team_unknown",
  "too_many_teams",
  "too_many_team_members",
  "mail_login_refused",
  "mail_server_certificate",
  "mail_server_invalid",
  "mail_server_plain",
  "mail_server_unreachable",
  "mailbox_address_invalid",
  "mailbox_taken",
  "recipients_invalid",
];

const problems = await problemCodes();
const parts = [
  { folder: "widget/loader/locales", codes: null },
  { folder: "widget/frame/locales", codes: null },
  { folder: "widget/frame/words", codes: null },
  { folder: "widget/frame/problems", codes: problems?.visitor ?? [] },
  ...(existsSync(`${ROOT}desk/messages`)
    ? [{ folder: "desk/messages", codes: problems?.all ?? [] }]
    : []),
];

const faults = [];
for (const part of parts) await checkPart(part);

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`locales: ${parts.length} parts, ${LOCALES.join(" and ")} agree`);

async function checkPart({ folder, codes }) {
  const names = (await readdir(ROOT + folder)).filter((name) => name.endsWith(".json"));
  for (const locale of LOCALES) {
    if (!names.includes(`${locale}.json`)) faults.push(`${folder}: ${locale}.json is missing`);
  }
  const texts = new Map();
  for (const name of names) {
    const text = await readFile(`${ROOT}${folder}/${name}`, "utf8");
    // The later one would win without a word.
    const keys = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key);
    for (const key of keys.filter((key, at) => keys.indexOf(key) !== at)) {
      faults.push(`${folder}/${name}: ${key} is there twice`);
    }
    const messages = flatten(JSON.parse(text));
    texts.set(name.replace(".json", ""), messages);
  }
  const base = texts.get(BASE) ?? new Map();
  for (const [locale, messages] of texts) compare(`${folder}/${locale}.json`, base, messages);
  if (codes) checkCodes(folder, base, codes);
}

function compare(file, base, messages) {
  for (const [key, text] of base) {
    const own = messages.get(key);
    if (own === undefined) faults.push(`${file}: ${key} is missing`);
    else if (own.trim() === "") faults.push(`${file}: ${key} is empty`);
    else if (placeholders(own) !== placeholders(text)) {
      faults.push(
        `${file}: ${key} has placeholders ${placeholders(own)}, not ${placeholders(text)}`,
      );
    }
  }
  for (const key of messages.keys()) {
    if (!base.has(key)) faults.push(`${file}: ${key} is not in ${BASE}.json`);
  }
}

function checkCodes(folder, base, codes) {
  const translated = new Set(
    [...base.keys()].flatMap((key) => /^problem[._](.+)$/.exec(key)?.[1] ?? []),
  );
  for (const code of [...codes, ...CLIENT_CODES]) {
    if (!translated.has(code)) faults.push(`${folder}: problem ${code} has no sentence`);
  }
  const known = new Set([...(problems?.all ?? translated), ...CLIENT_CODES, "other"]);
  for (const code of translated) {
    if (!known.has(code)) faults.push(`${folder}: problem ${code} is no code of the server`);
  }
}

/** A message is a text, or plural forms (any nesting of lists and objects under "match"). */
function flatten(tree, prefix = "", into = new Map()) {
  for (const [name, value] of Object.entries(tree)) {
    if (name.startsWith("$")) continue;
    const key = prefix + name;
    if (typeof value === "string") into.set(key, value);
    else if (Array.isArray(value)) into.set(key, value.flatMap(formTexts).join("\n"));
    else flatten(value, `${key}.`, into);
  }
  return into;
}

function formTexts(variant) {
  return Object.values(variant.match ?? {});
}

function placeholders(text) {
  return [...new Set(text.match(/\{[^}]+\}/g) ?? [])].sort().join(" ") || "none";
}

async function problemCodes() {
  const text = await readFile(`${ROOT}../openapi.json`, "utf8").catch(() => null);
  if (text === null) return null;
  const document = JSON.parse(text);
  const all = document["x-problem-codes"] ?? [];
  return { all, visitor: all.filter((code) => !STAFF_ONLY.includes(code)) };
}
