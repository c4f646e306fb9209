// Rights and scopes in words: only where they are looked at, so that no other page loads them.

import type { Scope } from "@sapa/protocol";
import { m } from "../../paraglide/messages";

const RIGHTS: Record<string, () => string> = {
  "conversation:view": m.right_conversation_view,
  "conversation:reply": m.right_conversation_reply,
  "conversation:assign": m.right_conversation_assign,
  "conversation:close": m.right_conversation_close,
  "conversation:note": m.right_conversation_note,
  "conversation:redact": m.right_conversation_redact,
  "conversation:delete": m.right_conversation_delete,
  "conversation:export": m.right_conversation_export,
  "contact:block": m.right_contact_block,
  "contact:unblock": m.right_contact_unblock,
  "contact:edit": m.right_contact_edit,
  "contact:view": m.right_contact_view,
  "record:view": m.right_record_view,
  "record:edit": m.right_record_edit,
  "quick_reply:manage_shared": m.right_quick_reply_manage_shared,
  "tag:manage": m.right_tag_manage,
  "view:manage_shared": m.right_view_manage_shared,
  "inbox:manage": m.right_inbox_manage,
  "member:manage": m.right_member_manage,
  "workspace:manage": m.right_workspace_manage,
  "audit:view": m.right_audit_view,
};

/** A right that this desk does not know yet shows its own name. */
export function rightName(right: string): string {
  return RIGHTS[right]?.() ?? right;
}

const SHARED = ["quick_reply:", "tag:", "view:"];

export type Area = "chats" | "texts" | "workspace";

/** Where a right stands among the others. */
export function areaOf(right: string): Area {
  if (right === "contact:view" || right === "record:view") return "workspace";
  if (/^(?:conversation|contact|record):/.test(right)) return "chats";
  return SHARED.some((area) => right.startsWith(area)) ? "texts" : "workspace";
}

export function areaName(area: Area): string {
  switch (area) {
    case "chats":
      return m.right_area_chats();
    case "texts":
      return m.right_area_texts();
    case "workspace":
      return m.right_area_workspace();
  }
}

/** What waits in a queue is seen, answered and noted by whoever works there; the rest is for who has it. */
const WITH_THE_QUEUE: readonly string[] = [
  "conversation:view",
  "conversation:reply",
  "conversation:note",
  "conversation:export",
  "contact:edit",
  "record:edit",
];

export function scopeName(right: string, scope: Scope): string {
  if (areaOf(right) === "chats") {
    switch (scope) {
      case "none":
        return m.reach_none();
      case "own":
        return WITH_THE_QUEUE.includes(right) ? m.reach_own() : m.reach_own_only();
      case "team":
        return WITH_THE_QUEUE.includes(right) ? m.reach_team() : m.reach_team_only();
      case "inbox":
        return m.reach_inbox();
      case "all":
        return m.reach_all();
    }
  }
  if (scope === "none") return m.reach_none();
  return scope === "inbox" ? m.reach_inbox_texts() : m.reach_yes();
}
