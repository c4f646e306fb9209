// The shapes on the wire, under the exact schema names of openapi.json.
// Must stay true: names and fields equal the server's. Everybody imports from here, never from the
// generated file, so that the source of these types can change without touching a caller.
// Absent: behaviour. Rules about these shapes live on the server; merging lives in reduce.ts.

import type {
  ContactId,
  ConversationId,
  EntryId,
  FileId,
  InboxId,
  InvitationId,
  MemberId,
  SignInId,
  VisitorId,
  WorkspaceId,
} from "./ids";

/** Milliseconds since 1970, UTC. */
export type Ms = number;
export type Locale = "en" | "id";

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  params: Record<string, string | number>;
}

// People

export type Role = "administrator" | "chat_administrator" | "supervisor" | "agent" | "reader";

export interface Limits {
  message_characters: number;
  message_bytes: number;
  message_files: number;
  file_bytes: number;
}

export interface Workspace {
  id: WorkspaceId;
  name: string;
  locale: Locale;
  limits: Limits;
}

export interface Member {
  id: MemberId;
  name: string;
  email: string;
  role: Role;
  disabled: boolean;
  joined_at: Ms;
}

export interface Me {
  member: Member;
  workspace: Workspace;
  locale: Locale;
  /** "area:action:scope", for example "conversation:reply:own". */
  rights: string[];
  sign_in_id: SignInId;
}

export interface SignIn {
  id: SignInId;
  created_at: Ms;
  last_seen_at: Ms;
  address: string;
  user_agent: string;
  current: boolean;
}

export interface Invitation {
  id: InvitationId;
  email: string;
  role: Role;
  /** Name of the member who invited. */
  invited_by: string;
  created_at: Ms;
  expires_at: Ms;
  /** Only in the answer to the request that made it. */
  link: string | null;
}

// Inboxes

export interface Website {
  /** Empty: any site may embed the widget. */
  allowed_origins: string[];
  title: string;
  greeting: string;
  color: string;
}

export interface Inbox {
  id: InboxId;
  name: string;
  channel: "website";
  enabled: boolean;
  member_ids: MemberId[];
  website: Website;
  snippet: string;
}

export interface Counters {
  inbox_id: InboxId;
  queued: number;
  open: number;
}

// Conversations

export type Holder = { kind: "queue" } | { kind: "member"; id: MemberId };

export interface Contact {
  id: ContactId;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** 0..9, the avatar's color. */
  color: number;
}

export type EntryKind = "message" | "opened" | "closed" | "reopened" | "assigned";
export type AuthorKind = "contact" | "member" | "system";
export type CloseReason = "solved" | "no_reply" | "spam" | "merged" | "other";
export type Can = "reply" | "assign_self" | "assign_any" | "close" | "reopen";
export type Delivery = "queued" | "sent" | "delivered" | "read" | "failed" | "uncertain";

export interface Author {
  kind: AuthorKind;
  id: string | null;
  name: string | null;
}

export interface Preview {
  kind: EntryKind;
  author: AuthorKind;
  text: string;
  files: number;
}

export interface Conversation {
  id: ConversationId;
  inbox_id: InboxId;
  contact: Contact;
  status: "open" | "closed";
  close_reason: CloseReason | null;
  holder: Holder;
  /** Position of the last event that changed it; an older one never overwrites a newer one. */
  revision: number;
  /** Position of its newest entry. */
  last_position: number;
  last_activity_at: Ms;
  opened_at: Ms;
  waiting_since: Ms | null;
  /** Unread for me = inbound_count - inbound_seen. */
  inbound_count: number;
  staff_read_position: number;
  preview: Preview | null;
}

export interface ConversationItem {
  conversation: Conversation;
  can: Can[];
  inbound_seen: number;
}

export interface File {
  id: FileId;
  name: string;
  media_type: string;
  size: number;
  kind: "image" | "audio" | "video" | "file";
  width: number | null;
  height: number | null;
  preview: "none" | "pending" | "ready" | "failed";
}

/** For code that also handles the browser's own File. */
export type StoredFile = File;

export interface Assignment {
  from: Holder;
  to: Holder;
  from_name: string | null;
  to_name: string | null;
  comment: string | null;
}

export interface Entry {
  id: EntryId;
  conversation_id: ConversationId;
  position: number;
  at: Ms;
  kind: EntryKind;
  author: Author;
  /** Event position of its last change. */
  revision: number;
  text: string | null;
  files: File[];
  /** Members' messages only. */
  delivery: Delivery | null;
  /** Problem code when failed. */
  failure: string | null;
  assignment: Assignment | null;
  reason: CloseReason | null;
}

export interface ConversationPage {
  items: ConversationItem[];
  next_cursor: string | null;
  position: number;
}

export interface ConversationThread {
  item: ConversationItem;
  /** The newest 50, ascending. */
  entries: Entry[];
  position: number;
}

export interface Desk {
  position: number;
  me: Me;
  members: Member[];
  inboxes: Inbox[];
  counters: Counters[];
  page: ConversationPage;
  unread_mine: number;
}

export interface Ack {
  id: EntryId;
  conversation_id: ConversationId;
  position: number;
  at: Ms;
  revision: number;
}

export type ConversationView = "mine" | "queue" | "all" | "closed";

// Visitors

export interface WidgetConfig {
  inbox_id: InboxId;
  title: string;
  greeting: string;
  color: string;
  locale: Locale;
  limits: Limits;
  enabled: boolean;
}

export interface VisitorToken {
  visitor_id: VisitorId;
  token: string;
}

export interface VisitorConversation {
  id: ConversationId;
  status: "open" | "closed";
  revision: number;
  staff_read_position: number;
  agent: { name: string } | null;
}

export interface VisitorAuthor {
  kind: "visitor" | "agent" | "system";
  name: string | null;
}

export interface VisitorEntry {
  id: EntryId;
  position: number;
  at: Ms;
  kind: "message" | "closed" | "reopened" | "assigned";
  author: VisitorAuthor;
  revision: number;
  text: string | null;
  files: File[];
}

export interface VisitorThread {
  position: number;
  conversation: VisitorConversation | null;
  /** Ascending. */
  entries: VisitorEntry[];
  has_more: boolean;
}

// Events

export interface DeliveryMark {
  state: "delivered" | "read";
  /** Every member's message up to this position moves forward to `state`. */
  up_to: number;
}

interface EventBase<K extends string, D> {
  type: "event";
  position: number;
  kind: K;
  data: D;
}

export interface ConversationUpdated extends EventBase<
  "conversation.updated",
  { conversation: Conversation; entries: Entry[]; delivery: DeliveryMark | null }
> {
  can?: Can[];
}
export type ConversationGone = EventBase<
  "conversation.gone",
  { conversation_id: ConversationId; by: string | null }
>;
export type ConversationReadMark = EventBase<
  "conversation.read_mark",
  { conversation_id: ConversationId; inbound_seen: number }
>;
export type InboxCounters = EventBase<"inbox.counters", Counters>;
export type InboxUpdated = EventBase<"inbox.updated", { inbox: Inbox }>;
export type MemberUpdated = EventBase<"member.updated", { member: Member }>;
export type WorkspaceUpdated = EventBase<"workspace.updated", { workspace: Workspace }>;

/** Events that change one conversation. */
export type ConversationEvent = ConversationUpdated | ConversationGone | ConversationReadMark;
/** What the desk's socket may carry as an event. */
export type DeskEvent =
  ConversationEvent | InboxCounters | InboxUpdated | MemberUpdated | WorkspaceUpdated;

/** What a visitor's socket may carry as an event. */
export type VisitorEvent = EventBase<
  "thread.updated",
  { conversation: VisitorConversation; entries: VisitorEntry[] }
>;

export interface DeskTyping {
  type: "typing";
  conversation_id: ConversationId;
  author: Author;
  on: boolean;
}

export interface VisitorTyping {
  type: "typing";
  author: VisitorAuthor;
  on: boolean;
}

/** Frames that both sockets share. */
export type ControlFrame =
  | { type: "ready"; position: number }
  | { type: "position"; position: number }
  | { type: "reset"; position: number }
  | { type: "pong" };
