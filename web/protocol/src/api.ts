// The shapes on the wire, under the names that everybody imports.
// Must stay true: they are aliases of what openapi.json says (api.gen.ts, written by `npm run generate`);
// nobody imports the generated file, so that names here stay when the document is rearranged.
// Written by hand are only the frames of the sockets, which an OpenAPI document cannot describe.

import type { components } from "./api.gen";

type Schemas = components["schemas"];

/** Milliseconds since 1970, UTC. */
export type Ms = number;
export type Locale = Schemas["Locale"];

export interface Problem extends Omit<Schemas["Problem"], "params"> {
  params: Record<string, string | number>;
}

// People

export type Role = Schemas["Role"];
export type Limits = Schemas["Limits"];
export type Workspace = Schemas["Workspace"];
/** Shipped ones have no name: each desk says them in its language. */
export type AwayReason = Schemas["AwayReason"];
export type Member = Schemas["Member"];
/** Whether a member is there. */
export type Presence = Schemas["Presence"];
export type PresenceState = Schemas["PresenceState"];
/** Whether a member takes nothing from an inbox for now. */
export type Pause = Schemas["Pause"];
/** Rights are "area:action:scope", for example "conversation:reply:own". */
export type Me = Schemas["Me"];
export type SignIn = Schemas["SignIn"];
/** What lets a program act as a member; the token itself is shown once. */
export type MemberToken = Schemas["MemberToken"];
export type MemberTokenRequest = Schemas["CreateMemberToken"];
export type CreatedMemberToken = Schemas["CreatedMemberToken"];
/** The link is there only in the answer to the request that made it. */
export type Invitation = Schemas["Invitation"];
export type InvitationLook = Schemas["InvitationLook"];
export type PasswordLink = Schemas["PasswordLink"];
export type PasswordLinkLook = Schemas["PasswordLinkLook"];

// Inboxes

/** No allowed origins: any site may embed the widget. */
export type Website = Schemas["Website"];
/** What visitors are asked before their first message. */
export type PreChat = Required<Schemas["PreChat"]>;
/** When somebody answers. */
export type Hours = Required<Schemas["Hours"]>;
/** Opening hours of the workspace under a name, that inboxes follow. */
export type AutomationList = Schemas["AutomationList"];
export type CommentAnswer = Schemas["CommentAnswer"];
export type CommentAnswerPage = Schemas["CommentAnswerPage"];
export type CommentCase = Schemas["CommentCase"];
export type CommentRule = Schemas["CommentRule"];
export type CommentRuleRequest = Schemas["SaveCommentRule"];
export type CommentSent = Schemas["CommentSent"];
export type Calendar = Schemas["Calendar"];
export type CalendarHours = Schemas["CalendarHours"];
export type CalendarRequest = Schemas["SaveCalendar"];
export type OpenSpan = Schemas["OpenSpan"];
export type Opening = Schemas["Opening"];
export type Asked = Schemas["Asked"];
/** The same text in other languages. */
export type InLanguages = Partial<Record<Locale, string>>;
export type Inbox = Schemas["Inbox"];
/** Who gets the conversations of an inbox. */
export type Routing = Required<Schemas["Routing"]>;
/** What a channel draws of a text (marks.ts). */
export type Mark = Schemas["Mark"];
/** How an API inbox tells another system, for those who manage inboxes. */
export type Webhook = Schemas["Webhook"];
/** With what a website's server signs who its visitors are, for those who manage inboxes. */
export type IdentityKey = Schemas["IdentityKey"];
/** How an inbox is connected with its provider, for those who manage inboxes. */
export type Connection = Schemas["Connection"];
export type ConnectedAccount = Schemas["ConnectedAccount"];
export type ConnectionRequest = Schemas["PutConnection"];
/** What the provider itself says of it. */
export type CheckedConnection = Schemas["CheckedConnection"];
export type MessageTemplate = Schemas["MessageTemplate"];
export type TemplateRequest = Schemas["SendTemplate"];
export type MailboxOfInbox = Schemas["MailboxOfInbox"];
export type ConnectedMailbox = Schemas["ConnectedMailbox"];
export type MailboxRequest = Schemas["PutMailbox"];
export type MailServer = Schemas["MailServer"];
export type Mail = Schemas["Mail"];
export type MailAddress = Schemas["MailAddress"];
export type MailTo = Schemas["MailTo"];
export type FailedMail = Schemas["FailedMail"];
export type FailedMailPage = Schemas["FailedMailPage"];
export type FailedUpdate = Schemas["FailedUpdate"];
/** What a message may be on a provider's channel. */
export type ChannelLimits = Schemas["ChannelLimits"];
/** What the workspace allows, and what the channel takes. */
export type MessageLimits = Limits & { channel?: ChannelLimits | null };
/** What lets another system write into an API inbox; the token itself is shown once. */
export type ApiToken = Schemas["ApiToken"];
export type CreatedApiToken = Schemas["CreatedApiToken"];
export type Counters = Schemas["Counters"];
export type TeamQueue = Schemas["TeamQueue"];

// Conversations

export type Holder = Schemas["Holder"];
/** The color is 0..9, the avatar's. */
export type Contact = Schemas["Contact"];
export type Verified = Schemas["Verified"];
export type EntryKind = Schemas["EntryKind"];
export type AuthorKind = Schemas["AuthorKind"];
export type CloseReason = Schemas["CloseReason"];
export type Can = Schemas["Can"];
export type Delivery = Schemas["Delivery"];
export type Author = Schemas["Author"];
export type Preview = Schemas["Preview"];
export type Counts = Schemas["EntryCounts"];
/**
 * `revision` is the position of the last event that changed it; an older one never overwrites a newer one.
 * Unread for me = `inbound_count` - `inbound_seen`.
 */
export type Conversation = Schemas["Conversation"];
export type ConversationItem = Schemas["ConversationItem"];
export type File = Schemas["File"];
/** For code that also handles the browser's own File. */
export type StoredFile = File;
export type AskTranscript = Schemas["AskTranscript"];
export type TranscriptWays = Schemas["TranscriptWays"];
/** A file that arrives in parts. */
export type Upload = Schemas["Upload"];
export type Assignment = Schemas["Assignment"];
/** Which rule gave a conversation to somebody. */
export type Why = Schemas["Why"];
export type Priority = Schemas["Priority"];
export type Entry = Schemas["Entry"];
/** Who did what in a conversation, and when. */
export type LogLine = Schemas["LogLine"];
export type LogKind = Schemas["LogKind"];
export type VisitedPage = Schemas["Page"];
export type Visit = Schemas["Visit"];
export type LogPage = Schemas["LogPage"];
export type AuditLine = Schemas["AuditLine"];
export type AuditPage = Schemas["AuditPage"];
/** A file with the message that it came with. */
export type Attachment = Schemas["Attachment"];
export type AttachmentPage = Schemas["AttachmentPage"];
export type AttachmentPart = Schemas["AttachmentPart"];
/** A web address with the message that holds it. */
export type Link = Schemas["Link"];
export type LinkPage = Schemas["LinkPage"];
/** A message or note in which something was found. */
export type Hit = Schemas["Hit"];
/** One line of it, with the places that were found. */
export type Snippet = Schemas["Snippet"];
/** Names on the first page, and messages, newest first. */
export type SearchPage = Schemas["SearchPage"];
/** What an entry said before it was corrected. */
export type Earlier = Schemas["Earlier"];
/** By whom and when the words of an entry were removed. */
export type Removed = Schemas["Removed"];
/** A member or a team that is named in a note. */
export type Mention = Schemas["Mention"];
/** The message that a message answers, as it was then. */
export type Quote = Schemas["Quote"];
/** A sign at a message instead of words. */
export type Reaction = Schemas["Reaction"];
export type Card = Schemas["Card"];
export type ConversationPage = Schemas["ConversationPage"];
/** The newest 50 entries, ascending. */
export type ConversationThread = Schemas["ConversationThread"];
export type Desk = Schemas["Desk"];
/** What a member has begun to write in one conversation. */
export type ServerDraft = Schemas["Draft"];
/** With those of their conversations that are still seen. */
export type DraftPage = Schemas["DraftPage"];
/** Why nothing is exchanged with a contact. */
export type Block = Schemas["Block"];
/** What a contact agreed to. */
export type GivenConsent = Schemas["GivenConsent"];
export type Ack = Schemas["Ack"];
export type ConversationView = Schemas["ListView"];
/** Where an inbox is reached. */
export type Channel = Schemas["Channel"];
/** Where a conversation stands in a list. */
export type ListPlace = Schemas["Place"];
/** How many conversations have a tag. */
export type TagCount = Schemas["TagCount"];

/** How many customers wait. */
export type Waiting = Schemas["Waiting"];

/** One act on many conversations. */
export type Batch = Schemas["Batch"];
export type BatchAct = Schemas["BatchAct"];
export type SessionRequest = Schemas["StartSession"];
export type Deletion = Schemas["Deletion"];
export type DeletionPage = Schemas["DeletionPage"];
/** A contact with whom nothing is exchanged, for whoever may unblock him. */
export type BlockedContact = Schemas["BlockedContact"];
export type BlockedPage = Schemas["BlockedPage"];

// Contacts

/** What is known of a contact. */
export type ContactProfile = Schemas["ContactProfile"];
export type ContactField = Schemas["ContactField"];
export type ContactMerge = Schemas["ContactMerge"];
export type MergePreview = Schemas["MergePreview"];
export type MergeField = Schemas["MergeField"];
export type MergeRequest = Schemas["MergeContacts"];
export type ContactErasure = Schemas["ContactErasure"];
export type Duplicate = Schemas["Duplicate"];
export type Likeness = Schemas["Likeness"];
export type ContactRecordItem = Schemas["RecordItem"];
export type ContactRecordKind = Schemas["RecordKind"];
export type ContactRecordCounts = Schemas["RecordCounts"];
export type ContactRecordPage = Schemas["RecordPage"];
/** Which records are wanted. */
export interface ContactRecordRequest {
  kind?: ContactRecordKind;
  from?: number;
  until?: number;
}
export type ContactTimeline = Schemas["ContactTimeline"];
export type TimelineEntry = Schemas["TimelineEntry"];
/** Which piece of it is wanted: without a place the newest. */
export interface TimelineRequest {
  inbox_id?: Schemas["InboxId"] | undefined;
  before?: string | undefined;
  /** `start`: the oldest. */
  after?: string | undefined;
  limit?: number;
}
export type SiteVisitor = Schemas["SiteVisitorItem"];
export type SiteVisitorPage = Schemas["SiteVisitorPage"];
export type SiteInvitation = Schemas["SiteInvitation"];
/** Which visitors are wanted. */
export interface SiteVisitorRequest {
  inbox_id?: Schemas["InboxId"] | undefined;
  came?: Schemas["SourceKind"] | "unknown" | undefined;
  page?: string | undefined;
  returning?: "true" | "false" | undefined;
  in_chat?: "true" | "false" | undefined;
}
export type ContactIdentity = Schemas["ContactIdentity"];
export type ContactNote = Schemas["ContactNote"];
export type ContactChange = Schemas["ContactChange"];
export type ContactHistory = Schemas["ContactHistory"];
export type ContactEdit = Schemas["EditContact"];
export type ContactRequest = Schemas["CreateContact"];
export type ContactRow = Schemas["ContactRow"];
/** A table of contacts that comes in. */
export type ContactImport = Schemas["ContactImport"];
export type ImportState = Schemas["ImportState"];
export type ImportColumn = Schemas["ImportColumn"];
export type ImportPlan = Schemas["ImportPlan"];
export type ImportFindBy = Schemas["ImportFindBy"];
export type ImportExisting = Schemas["ImportExisting"];
export type ImportDates = Schemas["ImportDates"];
/** With what is in its file. */
export type ShownImport = Schemas["ShownImport"];
/** A row that did not come in. */
export type ImportProblem = Schemas["ImportProblem"];
export type ExportFormat = Schemas["ExportFormat"];
export type ContactPage = Schemas["ContactPage"];
export type ContactSort = Schemas["ContactSort"];
export type ContactHas = Schemas["ContactHas"];
/** What a workspace wants to know of its contacts. */
export type Attribute = Schemas["Attribute"];
export type AttributeKind = Schemas["AttributeKind"];
export type AttributeRequest = Schemas["PutAttribute"];
export type ContactSource = Schemas["ContactSource"];
export type ConversationSession = Schemas["ConversationSession"];
export type DataField = Schemas["DataField"];
export type DataFieldRequest = Schemas["PutDataField"];
export type DataKind = Schemas["DataKind"];
export type SessionPage = Schemas["SessionPage"];
export type RecordType = Schemas["RecordType"];
export type RecordTypeRequest = Schemas["PutRecordType"];
export type RecordState = Schemas["RecordState"];
export type RecordIcon = Schemas["RecordIcon"];
export type CustomerRecord = Schemas["Record"];
export type RecordRequest = Schemas["CreateRecord"];
export type RecordEdit = Schemas["EditRecord"];
export type RecordDetail = Schemas["RecordDetail"];
export type RecordList = Schemas["RecordList"];
export type ListedRecord = Schemas["ListedRecord"];
export type RecordChange = Schemas["RecordChange"];
export type RecordHistory = Schemas["RecordHistory"];
export type ConversationRecord = Schemas["ConversationRecord"];
export type ConversationRecords = Schemas["ConversationRecords"];
export type RecordNews = Schemas["RecordNews"];
export type RecordLookup = Schemas["RecordLookup"];
export type LookupFailure = Schemas["LookupFailure"];
export type RecordLookupAddress = Schemas["RecordLookupAddress"];
export type RecordAct = Schemas["RecordAct"];
export type VisitorProfile = Schemas["VisitorProfile"];

/** A list with what narrows it, under a name. */
export type SavedView = Schemas["SavedView"];
export type SavedViewScope = Schemas["SavedViewScope"];
/** With how many conversations it holds, as far as a glance goes. */
export type SavedViewItem = Schemas["SavedViewItem"];

// Activity

/** Something that I was told, with what it is about as it is now. */
export type Alert = Schemas["Alert"];
export type ActivityPage = Schemas["ActivityPage"];

// Quick replies

export type QuickReply = Schemas["QuickReply"];
export type QuickReplyItem = Schemas["QuickReplyItem"];
export type QuickReplyScope = Schemas["QuickReplyScope"];
/** Follow the stream from `position`. */
export type QuickReplyList = Schemas["QuickReplyList"];
/** What a text may leave open, without its braces. */
export type Placeholder = Schemas["Placeholder"];
/** A message that is sent later. */
export type Scheduled = Schemas["Scheduled"];
export type Scheduling = Schemas["Scheduling"];
export type QuickReplyImport = Schemas["ImportResult"];

// Tags

export type Tag = Schemas["Tag"];
export type TagColor = Schemas["TagColor"];
/** `conversations` is for those who may change tags. */
export type TagItem = Schemas["TagItem"];

// Teams

export type Team = Schemas["Team"];
export type TeamMember = Schemas["TeamMember"];

// Roles

/** How far a right reaches, from the narrowest to the widest. */
export type Scope = Schemas["Scope"];
export type RoleItem = Schemas["RoleItem"];
export type RoleList = Schemas["RoleList"];
export type RightItem = Schemas["RightItem"];
export type MemberRights = Schemas["MemberRights"];
export type ExplainedRight = Schemas["ExplainedRight"];

// Visitors

export interface WidgetConfig extends Omit<Schemas["WidgetConfig"], "locale"> {
  locale: Locale;
}
export type VisitorToken = Schemas["CreatedVisitor"];
export type VisitorConversation = Schemas["VisitorConversation"];
export type VisitorAuthor = Schemas["VisitorAuthor"];
export type VisitorEntry = Schemas["VisitorEntry"];
export type VisitorQuote = Schemas["VisitorQuote"];
/** Entries ascending. */
export type VisitorThread = Schemas["VisitorThread"];

// Events

/** What the desk's socket may carry as an event. */
export type DeskEvent = Schemas["DeskEvent"];
export type ConversationUpdated = EventOf<"conversation.updated">;
/** Somebody named me, or a team of mine, in a note. Changes nothing that is kept. */
export type ConversationMentioned = EventOf<"conversation.mentioned">;
/** My draft has a new version on the server, or is gone. */
export type DraftSaved = EventOf<"draft.saved">;
/** A message that was to go by itself is my draft again. */
export type ScheduleFailed = EventOf<"schedule.failed">;
export type LimitReached = EventOf<"conversation.limit_reached">;
/** What I read, flagged or muted, or where I was mentioned. */
export type ConversationReadMark = EventOf<"conversation.read_mark">;
/** Events that change one quick reply. */
export type QuickReplyEvent =
  EventOf<"quick_reply.updated"> | EventOf<"quick_reply.gone"> | EventOf<"quick_reply.used">;
/** Events that change one conversation. */
export type ConversationEvent =
  ConversationUpdated | EventOf<"conversation.gone"> | ConversationReadMark;
/** Every member's message up to `up_to` moves forward to `state`. */
export type DeliveryMark = Schemas["DeliveryMove"];
/** What a visitor's socket may carry as an event. */
export type VisitorEvent = Schemas["VisitorEvent"];
export type ThreadUpdated = Extract<VisitorEvent, { kind: "thread.updated" }>;

type EventOf<K extends DeskEvent["kind"]> = Extract<DeskEvent, { kind: K }>;

export interface DeskTyping {
  type: "typing";
  conversation_id: Schemas["ConversationId"];
  author: Author;
  on: boolean;
  /** A colleague has it before his eyes, and perhaps writes nothing. */
  viewing: boolean;
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

// Bodies of requests

export type BlockRequest = Schemas["BlockContact"];
export type DraftRequest = Schemas["SaveDraft"];
export type SetupRequest = Schemas["SetUp"];
export type AcceptRequest = Schemas["AcceptInvitation"];
export type PasswordChoice = Schemas["ChoosePassword"];
export type InviteRequest = Schemas["Invite"];
export type InboxRequest = Schemas["CreateInbox"];
export type InboxChange = Schemas["ChangeInbox"];
export type QuickReplyRequest = Schemas["CreateQuickReply"];
export type QuickReplyChange = Schemas["ChangeQuickReply"];
export type TagRequest = Schemas["CreateTag"];
export type TagChange = Schemas["ChangeTag"];
export type TeamRequest = Schemas["CreateTeam"];
/** Who is neither put in nor removed stays as he is. */
export type TeamChange = Schemas["ChangeTeam"];
export type RoleRequest = Schemas["CreateRole"];
export type RoleChange = Schemas["ChangeRole"];
export type BatchRequest = Schemas["BeginBatch"];
export type SavedViewRequest = Schemas["SaveView"];
export type CloseRequest = Schemas["Close"];
export type MemberChange = Schemas["ChangeMember"];
export type MeChange = Schemas["ChangeMe"];
export type MemberPreferences = Schemas["Preferences"];
export type MemberPreferencesChange = Schemas["ChangePreferences"];
export type TimeLimit = Schemas["TimeLimit"];
export type DefaultTimeLimit = Schemas["DefaultTimeLimit"];
export type InboxTimeLimit = Schemas["InboxTimeLimit"];
export type WorkspaceChange = Schemas["ChangeWorkspace"];
export type ScheduleRequest = Schemas["ScheduleMessage"];
/** `holder` is what the writer saw; a changed one is refused with conversation_taken. */
export type MessageRequest = Schemas["SendMessage"];
export type NoteRequest = Schemas["AddNote"];
export type AssignmentRequest = Schemas["Assign"];
export type PresenceChoice = Schemas["ChoosePresence"];
/** What a visitor answers before his first message. */
export type Answers = Partial<Schemas["Answers"]>;
export type RatingRequest = Schemas["Rate"];
export type Greeting = Schemas["Greeting"];
export type IdentifyRequest = Schemas["Identify"];
export type Identified = Schemas["Identified"];
export type PageDataRequest = Schemas["PutPageData"];
export type PageRequest = Schemas["PutPage"];
export type ZoneRequest = Schemas["PutZone"];
export type HereRequest = Schemas["TellHere"];
export type HeardHere = Schemas["HeardHere"];
export type InvitationFateRequest = Schemas["PutInvitation"];
export type SentTrail = Schemas["SentTrail"];
export type VisitorMessageRequest = Schemas["SendVisitorMessage"];
