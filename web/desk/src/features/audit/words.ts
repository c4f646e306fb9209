// The lines of the audit log in words.
// Must stay true: what is not known by name here is shown as the server calls it, never left out.

import type { AuditLine } from "@sapa/protocol";
import { formatExact, formatList } from "../../app/format";
import { m } from "../../paraglide/messages";
import { valueWord } from "./fields";

type Change = AuditLine["changes"][number];

const AREAS: Record<string, () => string> = {
  workspace: m.audit_area_workspace,
  member: m.audit_area_member,
  invitation: m.audit_area_invitation,
  member_token: m.audit_area_member_token,
  team: m.audit_area_team,
  role: m.audit_area_role,
  inbox: m.audit_area_inbox,
  calendar: m.audit_area_calendar,
  comment_rule: m.audit_area_comment_rule,
  automation_list: m.audit_area_automation_list,
  tag: m.audit_area_tag,
  contact: m.contact,
  contact_attribute: m.attribute,
  contact_import: m.audit_area_contact_import,
  contact_export: m.audit_area_contact_export,
  data_field: m.data_field,
  record_type: m.record_type,
  quick_reply: m.audit_area_quick_reply,
  view: m.audit_area_view,
  conversation: m.audit_area_conversation,
};

const DEEDS: Record<string, () => string> = {
  created: m.audit_did_create,
  changed: m.audit_did_change,
  removed: m.audit_did_remove,
  joined: m.audit_did_join,
  withdrawn: m.audit_did_withdraw,
  password_changed: m.audit_did_change_password,
  password_reset: m.audit_did_reset_password,
  password_link_made: m.audit_did_make_password_link,
  token_created: m.audit_did_create_token,
  token_revoked: m.audit_did_revoke_token,
  secret_replaced: m.audit_did_replace_secret,
  mailbox_connected: m.audit_did_connect,
  mailbox_disconnected: m.audit_did_disconnect,
  messenger_connected: m.audit_did_connect,
  messenger_disconnected: m.audit_did_disconnect,
  webhook_started: m.audit_did_start_webhook,
  identity_key_replaced: m.audit_did_replace_key,
  identity_key_removed: m.audit_did_remove_key,
  deleted: m.audit_did_delete,
  restored: m.audit_did_restore,
  erasing_begun: m.audit_did_begin_erasing,
  erased: m.audit_did_erase,
  moved: m.audit_did_move,
  started: m.audit_did_start,
  taken_back: m.audit_did_take_back,
  exported: m.audit_did_export,
  lookup_connected: m.audit_did_connect,
  lookup_disconnected: m.audit_did_disconnect,
};

export function areaName(area: string): string {
  return AREAS[area]?.() ?? area;
}

export function deedName(action: string): string {
  return DEEDS[action]?.() ?? action;
}

export function areaChoices(): { value: string; label: string }[] {
  return Object.entries(AREAS).map(([value, name]) => ({ value, label: name() }));
}

/** The word that its page has for it, a moment as a date, and names in place of the ids that are known. */
export function readable(field: string, value: string, names: ReadonlyMap<string, string>): string {
  if (/_(at|until)$/.test(field) && /^\d{13}$/.test(value)) return formatExact(Number(value));
  const several = listed(value);
  if (several) {
    const words = several.map((one) => readable(field, one, names));
    return words.length > 0 ? formatList(words) : m.audit_nothing_there();
  }
  const word = valueWord(field, value);
  if (word !== undefined) return word;
  return value.replaceAll(/\b[a-z]{2,4}_[0-9a-z]{20,}\b/g, (id) => names.get(id) ?? id);
}

/** Of a role's many rights only those that came, went or reach elsewhere; anything else as it is. */
export function differing(change: Change): Change {
  const { field, before, after } = change;
  if (field !== "rights" || !before || !after) return change;
  const [gone, come] = [listed(before) ?? [], listed(after) ?? []];
  return {
    field,
    before: JSON.stringify(gone.filter((one) => !come.includes(one))),
    after: JSON.stringify(come.filter((one) => !gone.includes(one))),
  };
}

/** A list of words or numbers; anything else is not one. */
function listed(value: string): string[] | null {
  if (!/^\[.*\]$/s.test(value)) return null;
  try {
    const all = JSON.parse(value) as unknown[];
    return all.every((one) => typeof one === "string" || typeof one === "number")
      ? all.map(String)
      : null;
  } catch {
    return null;
  }
}
