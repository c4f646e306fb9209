// Typed ids and the one place that makes new ones.
// Must stay true: prefixes equal the server's list (crates/sapa-ids); an id made here is a UUIDv7 as
// 32 lower-case hex digits behind the prefix, so ids sort by the time they were made.
// Absent: parsing of the time inside an id. Nothing may depend on it.

export type WorkspaceId = `wsp_${string}`;
export type MemberId = `mem_${string}`;
export type SignInId = `sgn_${string}`;
export type InvitationId = `inv_${string}`;
export type InboxId = `inb_${string}`;
export type ContactId = `con_${string}`;
export type ContactNoteId = `cno_${string}`;
export type AttributeId = `att_${string}`;
export type DataFieldId = `dfd_${string}`;
export type VisitorId = `vis_${string}`;
export type ConversationId = `cnv_${string}`;
export type EntryId = `ent_${string}`;
export type FileId = `fil_${string}`;
export type QuickReplyId = `qrp_${string}`;
export type QuickReplyUseId = `qru_${string}`;
export type ApiTokenId = `atk_${string}`;
export type MemberTokenId = `mtk_${string}`;
export type OutgoingId = `out_${string}`;
export type TagId = `tag_${string}`;
export type TeamId = `tea_${string}`;
export type RoleId = `rol_${string}`;
export type BatchId = `bat_${string}`;
export type SavedViewId = `svw_${string}`;
export type CalendarId = `cal_${string}`;
export type AlertId = `alt_${string}`;
export type UpdateId = `upd_${string}`;
export type CommentRuleId = `cru_${string}`;
export type UploadId = `upl_${string}`;
export type ContactImportId = `cim_${string}`;
export type ContactRecordId = `crd_${string}`;
export type RecordTypeId = `rty_${string}`;
export type RecordStateId = `rst_${string}`;
export type RecordId = `rec_${string}`;
export type SiteVisitorId = `svs_${string}`;

const RANDOM_BYTES = 10;
const VARIANTS = "89ab";
const DIGITS = /^[0-9a-f]{32}$/;

export function newEntryId(now_ms: number = Date.now()): EntryId {
  return `ent_${uuid7(now_ms)}`;
}

export function newSiteVisitorId(now_ms: number = Date.now()): SiteVisitorId {
  return `svs_${uuid7(now_ms)}`;
}

export function newInboxId(now_ms: number = Date.now()): InboxId {
  return `inb_${uuid7(now_ms)}`;
}

export function newContactId(now_ms: number = Date.now()): ContactId {
  return `con_${uuid7(now_ms)}`;
}

export function newContactNoteId(now_ms: number = Date.now()): ContactNoteId {
  return `cno_${uuid7(now_ms)}`;
}

export function newAttributeId(now_ms: number = Date.now()): AttributeId {
  return `att_${uuid7(now_ms)}`;
}

export function newRecordTypeId(now_ms: number = Date.now()): RecordTypeId {
  return `rty_${uuid7(now_ms)}`;
}

export function newRecordStateId(now_ms: number = Date.now()): RecordStateId {
  return `rst_${uuid7(now_ms)}`;
}

export function newRecordId(now_ms: number = Date.now()): RecordId {
  return `rec_${uuid7(now_ms)}`;
}

export function newDataFieldId(now_ms: number = Date.now()): DataFieldId {
  return `dfd_${uuid7(now_ms)}`;
}

export function newQuickReplyId(now_ms: number = Date.now()): QuickReplyId {
  return `qrp_${uuid7(now_ms)}`;
}

export function newQuickReplyUseId(now_ms: number = Date.now()): QuickReplyUseId {
  return `qru_${uuid7(now_ms)}`;
}

export function newTagId(now_ms: number = Date.now()): TagId {
  return `tag_${uuid7(now_ms)}`;
}

export function newTeamId(now_ms: number = Date.now()): TeamId {
  return `tea_${uuid7(now_ms)}`;
}

export function newRoleId(now_ms: number = Date.now()): RoleId {
  return `rol_${uuid7(now_ms)}`;
}

export function newBatchId(now_ms: number = Date.now()): BatchId {
  return `bat_${uuid7(now_ms)}`;
}

export function newSavedViewId(now_ms: number = Date.now()): SavedViewId {
  return `svw_${uuid7(now_ms)}`;
}

export function newCalendarId(now_ms: number = Date.now()): CalendarId {
  return `cal_${uuid7(now_ms)}`;
}

export function newCommentRuleId(now_ms: number = Date.now()): CommentRuleId {
  return `cru_${uuid7(now_ms)}`;
}

export function newUploadId(now_ms: number = Date.now()): UploadId {
  return `upl_${uuid7(now_ms)}`;
}

export function newContactImportId(now_ms: number = Date.now()): ContactImportId {
  return `cim_${uuid7(now_ms)}`;
}

export function isContactImportId(text: string): text is ContactImportId {
  return text.startsWith("cim_") && DIGITS.test(text.slice(4));
}

export function isMemberId(text: string): text is MemberId {
  return text.startsWith("mem_") && DIGITS.test(text.slice(4));
}

export function isTeamId(text: string): text is TeamId {
  return text.startsWith("tea_") && DIGITS.test(text.slice(4));
}

export function isContactId(text: string): text is ContactId {
  return text.startsWith("con_") && DIGITS.test(text.slice(4));
}

export function isRecordId(text: string): text is RecordId {
  return text.startsWith("rec_") && DIGITS.test(text.slice(4));
}

export function isTagId(text: string): text is TagId {
  return text.startsWith("tag_") && DIGITS.test(text.slice(4));
}

export function isInboxId(text: string): text is InboxId {
  return text.startsWith("inb_") && DIGITS.test(text.slice(4));
}

export function isConversationId(text: string): text is ConversationId {
  return text.startsWith("cnv_") && DIGITS.test(text.slice(4));
}

export function isEntryId(text: string): text is EntryId {
  return text.startsWith("ent_") && DIGITS.test(text.slice(4));
}

// 48 bits of time, version 7, 12 random bits, variant, 60 random bits and two in the variant's digit.
function uuid7(now_ms: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  const time = now_ms.toString(16).padStart(12, "0");
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${time}7${random.slice(0, 3)}${VARIANTS[bytes[9]! & 3]}${random.slice(3, 18)}`;
}
