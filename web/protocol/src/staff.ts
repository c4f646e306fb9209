// Every request a member's browser makes, one function each, typed by api.ts.
// Must stay true: paths and methods equal openapi.json (paths.test.ts compares them).
// Absent: state. The desk's store decides what an answer changes.

import type { components } from "./api.gen";
import type {
  ActivityPage,
  ApiToken,
  AcceptRequest,
  Ack,
  AssignmentRequest,
  AttachmentPage,
  AttachmentPart,
  AuthorKind,
  Batch,
  BatchAct,
  BatchRequest,
  BlockedPage,
  BlockRequest,
  AutomationList,
  Calendar,
  CalendarRequest,
  CommentAnswerPage,
  CommentRule,
  CommentRuleRequest,
  CheckedConnection,
  CloseRequest,
  Connection,
  ConnectionRequest,
  MailboxOfInbox,
  MailboxRequest,
  CreatedApiToken,
  CreatedMemberToken,
  Attribute,
  AttributeRequest,
  DataField,
  DataFieldRequest,
  SessionPage,
  ConversationRecords,
  CustomerRecord,
  RecordDetail,
  RecordEdit,
  RecordHistory,
  RecordList,
  RecordLookup,
  RecordLookupAddress,
  RecordRequest,
  RecordType,
  RecordTypeRequest,
  ContactEdit,
  ContactHas,
  ContactHistory,
  ContactNote,
  ContactImport,
  ContactPage,
  ContactErasure,
  ContactProfile,
  ContactRecordPage,
  ContactRecordRequest,
  ContactTimeline,
  SiteVisitor,
  SiteVisitorPage,
  SiteVisitorRequest,
  TimelineRequest,
  Duplicate,
  MergePreview,
  MergeRequest,
  ContactRequest,
  ContactSort,
  ConversationItem,
  ConversationPage,
  ConversationThread,
  ConversationView,
  DefaultTimeLimit,
  DeletionPage,
  Desk,
  DraftPage,
  DraftRequest,
  Entry,
  FailedMailPage,
  FailedUpdate,
  GivenConsent,
  IdentityKey,
  Inbox,
  InboxChange,
  InboxRequest,
  Invitation,
  InvitationLook,
  InviteRequest,
  LinkPage,
  LogKind,
  LogPage,
  AuditPage,
  Me,
  MeChange,
  MemberPreferences,
  MemberPreferencesChange,
  Member,
  MemberChange,
  MemberRights,
  MemberToken,
  MemberTokenRequest,
  MessageRequest,
  MessageTemplate,
  NoteRequest,
  PasswordChoice,
  PasswordLink,
  PasswordLinkLook,
  Pause,
  Presence,
  PresenceChoice,
  Priority,
  QuickReplyChange,
  QuickReplyImport,
  QuickReplyItem,
  QuickReplyList,
  QuickReplyRequest,
  Role,
  RoleChange,
  RoleItem,
  RoleList,
  RoleRequest,
  SessionRequest,
  SavedViewItem,
  SavedViewRequest,
  Scheduled,
  ScheduleRequest,
  Scheduling,
  SetupRequest,
  SignIn,
  StoredFile,
  Tag,
  TagChange,
  TagCount,
  Waiting,
  TagItem,
  TagRequest,
  Team,
  TeamChange,
  TeamRequest,
  Webhook,
  Workspace,
  WorkspaceChange,
  TemplateRequest,
  ExportFormat,
  ImportPlan,
  Locale,
  ShownImport,
} from "./api";
import type {
  ApiTokenId,
  AttributeId,
  DataFieldId,
  BatchId,
  CalendarId,
  CommentRuleId,
  EntryId,
  ContactId,
  ContactImportId,
  ContactNoteId,
  ConversationId,
  FileId,
  InboxId,
  InvitationId,
  MemberId,
  MemberTokenId,
  QuickReplyId,
  QuickReplyUseId,
  RecordId,
  RecordStateId,
  RecordTypeId,
  RoleId,
  SavedViewId,
  SiteVisitorId,
  SignInId,
  TagId,
  TeamId,
  UpdateId,
} from "./ids";
import { search, type ClientOptions } from "./rest";
import { createFileClient } from "./transfer";
import type { UploadOptions } from "./upload";

const API = "/api/v1";
const CSV = "text/csv; charset=utf-8";

interface Items<T> {
  items: T[];
}

export interface PageQuery {
  view: ConversationView;
  cursor?: string | undefined;
  limit?: number | undefined;
  /** What narrows it, by the names of the interface's description. */
  [filter: string]: string | number | undefined;
}

export interface PlaceQuery {
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Which records; what is absent narrows nothing. */
export interface RecordQuery extends PlaceQuery {
  type_id?: RecordTypeId | undefined;
  state_id?: RecordStateId | undefined;
  number?: string | undefined;
}

/** Which contacts; what is absent narrows nothing. Times in milliseconds. */
export interface ContactQuery extends PlaceQuery {
  q?: string | undefined;
  sort?: ContactSort | undefined;
  tag?: TagId | undefined;
  channel?: string | undefined;
  email?: ContactHas | undefined;
  phone?: ContactHas | undefined;
  since?: number | undefined;
  until?: number | undefined;
  attribute?: AttributeId | undefined;
  value?: string | undefined;
}

/** Which contacts go out, in which columns, with times in which zone. */
export interface ExportRequest {
  list: ContactQuery;
  columns: readonly string[];
  format: ExportFormat;
  zone: string;
}

export interface DraftQuery extends PlaceQuery {
  conversation?: ConversationId | undefined;
}

export type EntriesQuery = { limit?: number } & (
  { before: number } | { after: number } | { around: EntryId }
);

export type StaffApi = ReturnType<typeof createStaffApi>;

export interface SearchRequest {
  q: string;
  zone?: string;
  part?: components["schemas"]["SearchPart"];
  cursor?: string;
  limit?: number;
}

/** Which lines; times in milliseconds, both included. */
export interface AuditRequest {
  from?: number;
  until?: number;
  member?: MemberId;
  area?: string;
  before?: number;
}

export interface LogRequest {
  from?: number;
  until?: number;
  actor?: AuthorKind;
  member?: MemberId;
  kind?: LogKind;
}

export type WithinRequest = Pick<SearchRequest, "q" | "zone">;

export function createStaffApi(options: ClientOptions = {}) {
  const client = createFileClient({ ...options, base: (options.base ?? "") + API });
  const { json, empty } = client;
  const one = (id: ConversationId) => `/conversations/${id}`;
  const person = (id: ContactId) => `/contacts/${id}`;
  const table = (id: ContactImportId) => `/contact-imports/${id}`;

  return {
    setup: () => json<{ needed: boolean }>("GET", "/setup"),
    setUp: (body: SetupRequest) => json<Me>("POST", "/setup", { body }),
    signIn: (email: string, password: string) =>
      json<Me>("POST", "/sign-in", { body: { email, password } }),
    signOut: () => empty("DELETE", "/sign-in"),

    me: () => json<Me>("GET", "/me"),
    changeMe: (body: MeChange) => json<Me>("PATCH", "/me", { body }),
    changePreferences: (body: MemberPreferencesChange) =>
      json<MemberPreferences>("PATCH", "/me/preferences", { body }),
    changePassword: (current: string, replacement: string, end_tokens = false) =>
      empty("PUT", "/me/password", { body: { current, new: replacement, end_tokens } }),
    signIns: () => json<Items<SignIn>>("GET", "/me/sign-ins"),
    endSignIn: (id: SignInId) => empty("DELETE", `/me/sign-ins/${id}`),
    endOtherSignIns: () => empty("DELETE", "/me/sign-ins"),
    memberTokens: () => json<Items<MemberToken>>("GET", "/member-tokens"),
    createMemberToken: (body: MemberTokenRequest) =>
      json<CreatedMemberToken>("POST", "/member-tokens", { body }),
    endMemberToken: (id: MemberTokenId) => empty("DELETE", `/member-tokens/${id}`),

    choosePresence: (body: PresenceChoice) => json<Presence>("PUT", "/me/presence", { body }),
    presences: () => json<Items<Presence>>("GET", "/presences"),
    setPause: (id: InboxId, paused: boolean) =>
      json<Pause>("PUT", `/me/pauses/${id}`, { body: { paused } }),

    members: () => json<Items<Member>>("GET", "/members"),
    changeWorkspace: (body: WorkspaceChange) => json<Workspace>("PATCH", "/workspace", { body }),
    changeMember: (id: MemberId, body: MemberChange) =>
      json<Member>("PATCH", `/members/${id}`, { body }),

    invitations: () => json<Items<Invitation>>("GET", "/invitations"),
    invite: (body: InviteRequest) => json<Invitation>("POST", "/invitations", { body }),
    withdrawInvitation: (id: InvitationId) => empty("DELETE", `/invitations/${id}`),
    lookAtInvitation: (token: string) =>
      json<InvitationLook>("POST", "/invitations/look", { body: { token } }),
    acceptInvitation: (body: AcceptRequest) => json<Me>("POST", "/invitations/accept", { body }),

    resetPassword: (id: MemberId) => json<PasswordLink>("POST", `/members/${id}/password-link`),
    lookAtPasswordLink: (token: string) =>
      json<PasswordLinkLook>("POST", "/password-links/look", { body: { token } }),
    choosePassword: (body: PasswordChoice) => json<Me>("POST", "/password-links/use", { body }),

    inboxes: () => json<Items<Inbox>>("GET", "/inboxes"),
    timeLimit: () => json<DefaultTimeLimit>("GET", "/time-limit"),
    setTimeLimit: (body: DefaultTimeLimit) =>
      json<DefaultTimeLimit>("PUT", "/time-limit", { body }),
    inbox: (id: InboxId) => json<Inbox>("GET", `/inboxes/${id}`),
    createInbox: (body: InboxRequest) => json<Inbox>("POST", "/inboxes", { body }),
    changeInbox: (id: InboxId, body: InboxChange) =>
      json<Inbox>("PATCH", `/inboxes/${id}`, { body }),
    webhook: (id: InboxId) => json<Webhook>("GET", `/inboxes/${id}/webhook`),
    replaceSecret: (id: InboxId) => json<Webhook>("POST", `/inboxes/${id}/webhook/secret`),
    startWebhook: (id: InboxId) => json<Inbox>("DELETE", `/inboxes/${id}/webhook/stop`),
    connection: (id: InboxId) => json<Connection>("GET", `/inboxes/${id}/connection`),
    connect: (id: InboxId, body: ConnectionRequest) =>
      json<Connection>("PUT", `/inboxes/${id}/connection`, { body }),
    disconnect: (id: InboxId) => empty("DELETE", `/inboxes/${id}/connection`),
    checkConnection: (id: InboxId) =>
      json<CheckedConnection>("POST", `/inboxes/${id}/connection/check`),
    mailUrl: (id: ConversationId) => `${API}/conversations/${id}/mail`,
    mailbox: (id: InboxId) => json<MailboxOfInbox>("GET", `/inboxes/${id}/mailbox`),
    connectMailbox: (id: InboxId, body: MailboxRequest) =>
      json<MailboxOfInbox>("PUT", `/inboxes/${id}/mailbox`, { body }),
    disconnectMailbox: (id: InboxId) => empty("DELETE", `/inboxes/${id}/mailbox`),
    checkMailbox: (id: InboxId) => empty("POST", `/inboxes/${id}/mailbox/check`),
    failedMails: (id: InboxId, cursor?: string, signal?: AbortSignal) =>
      json<FailedMailPage>("GET", `/inboxes/${id}/failed-mails`, { query: { cursor }, signal }),
    failedMailUrl: (id: InboxId, mail: UpdateId) => `${API}/inboxes/${id}/failed-mails/${mail}`,
    replayMail: (id: InboxId, mail: UpdateId) =>
      empty("POST", `/inboxes/${id}/failed-mails/${mail}/replay`),
    failedUpdates: (id: InboxId) =>
      json<Items<FailedUpdate>>("GET", `/inboxes/${id}/failed-updates`),
    commentRules: (id: InboxId) => json<Items<CommentRule>>("GET", `/inboxes/${id}/comment-rules`),
    saveCommentRule: (id: InboxId, rule: CommentRuleId, body: CommentRuleRequest) =>
      json<Items<CommentRule>>("PUT", `/inboxes/${id}/comment-rules/${rule}`, { body }),
    removeCommentRule: (id: InboxId, rule: CommentRuleId) =>
      empty("DELETE", `/inboxes/${id}/comment-rules/${rule}`),
    commentAnswers: (id: InboxId, rule: CommentRuleId, cursor?: string, signal?: AbortSignal) =>
      json<CommentAnswerPage>("GET", `/inboxes/${id}/comment-rules/${rule}/answers`, {
        query: { cursor },
        signal,
      }),
    automationList: (id: InboxId) => json<AutomationList>("GET", `/inboxes/${id}/automation-list`),
    saveAutomationList: (id: InboxId, body: AutomationList) =>
      json<AutomationList>("PUT", `/inboxes/${id}/automation-list`, { body }),
    templates: (id: InboxId) => json<Items<MessageTemplate>>("GET", `/inboxes/${id}/templates`),
    sendTemplate: (id: ConversationId, body: TemplateRequest) =>
      json<Ack>("POST", `/conversations/${id}/templates`, { body }),
    replayUpdate: (id: InboxId, update: UpdateId) =>
      empty("POST", `/inboxes/${id}/failed-updates/${update}/replay`),
    identityKey: (id: InboxId) => json<IdentityKey>("GET", `/inboxes/${id}/identity-key`),
    replaceIdentityKey: (id: InboxId) => json<IdentityKey>("POST", `/inboxes/${id}/identity-key`),
    removeIdentityKey: (id: InboxId) => empty("DELETE", `/inboxes/${id}/identity-key`),
    calendars: () => json<Items<Calendar>>("GET", "/calendars"),
    saveCalendar: (id: CalendarId, body: CalendarRequest) =>
      json<Calendar>("PUT", `/calendars/${id}`, { body }),
    removeCalendar: (id: CalendarId) => empty("DELETE", `/calendars/${id}`),
    apiTokens: (id: InboxId) => json<Items<ApiToken>>("GET", `/inboxes/${id}/tokens`),
    createApiToken: (id: InboxId) => json<CreatedApiToken>("POST", `/inboxes/${id}/tokens`),
    revokeApiToken: (id: InboxId, token: ApiTokenId) =>
      empty("DELETE", `/inboxes/${id}/tokens/${token}`),

    desk: (query: PageQuery = { view: "mine" }, signal?: AbortSignal) =>
      json<Desk>("GET", "/desk", { query: { ...query }, signal }),
    conversations: (query: PageQuery, signal?: AbortSignal) =>
      json<ConversationPage>("GET", "/conversations", { query: { ...query }, signal }),
    tagCounts: () => json<Items<TagCount>>("GET", "/conversations/tags"),
    waiting: (inbox?: InboxId, signal?: AbortSignal) =>
      json<Waiting>("GET", "/conversations/waiting", { query: { inbox }, signal }),
    conversation: (id: ConversationId, signal?: AbortSignal) =>
      json<ConversationThread>("GET", one(id), { signal }),
    entries: (id: ConversationId, query: EntriesQuery, signal?: AbortSignal) =>
      json<{ entries: Entry[] }>("GET", `${one(id)}/entries`, { query: { ...query }, signal }),
    search: (query: SearchRequest, signal?: AbortSignal) =>
      json<components["schemas"]["SearchPage"]>("GET", "/search", { query: { ...query }, signal }),
    searchWithin: (id: ConversationId, query: WithinRequest, signal?: AbortSignal) =>
      json<components["schemas"]["ConversationHits"]>("GET", `${one(id)}/search`, {
        query: { ...query },
        signal,
      }),
    block: (id: ConversationId, body: BlockRequest) =>
      json<ConversationItem>("PUT", `${one(id)}/block`, { body }),
    unblock: (id: ConversationId) => json<ConversationItem>("DELETE", `${one(id)}/block`),
    blocks: (query: { q?: string; cursor?: string; limit?: number }, signal?: AbortSignal) =>
      json<BlockedPage>("GET", "/blocks", { query: { ...query }, ...(signal && { signal }) }),
    endBlock: (id: ContactId) => empty("DELETE", `/blocks/${id}`),
    contacts: (query: ContactQuery, signal?: AbortSignal) =>
      json<ContactPage>("GET", "/contacts", { query: { ...query }, signal }),
    createContact: (body: ContactRequest) => json<ContactProfile>("POST", "/contacts", { body }),
    setContactColumns: (columns: string[]) =>
      json<{ columns: string[] }>("PUT", "/contact-columns", { body: { columns } }),
    contactsExportUrl: ({ list, columns, format, zone }: ExportRequest) => {
      const what = search({ ...list }).replace(/^\?/, "");
      return `${API}/contact-export${search({ list: what, columns: columns?.join(","), format, zone })}`;
    },
    contactImports: (query: PlaceQuery, signal?: AbortSignal) =>
      json<components["schemas"]["ImportList"]>("GET", "/contact-imports", {
        query: { ...query },
        signal,
      }),
    beginContactImport: (id: ContactImportId, file_id: FileId) =>
      json<ShownImport>("PUT", table(id), { body: { file_id } }),
    contactImport: (id: ContactImportId, signal?: AbortSignal) =>
      json<ShownImport>("GET", table(id), { signal }),
    planContactImport: (id: ContactImportId, body: ImportPlan) =>
      json<ShownImport>("PUT", `${table(id)}/plan`, { body }),
    runContactImport: (id: ContactImportId) => json<ShownImport>("POST", `${table(id)}/run`),
    stopContactImport: (id: ContactImportId) => json<ShownImport>("POST", `${table(id)}/stop`),
    takeContactImportBack: (id: ContactImportId) => json<ContactImport>("DELETE", table(id)),
    contactImportProblems: (id: ContactImportId, query: PlaceQuery, signal?: AbortSignal) =>
      json<components["schemas"]["ImportProblems"]>("GET", `${table(id)}/problems`, {
        query: { ...query },
        signal,
      }),
    contactImportProblemsUrl: (id: ContactImportId, locale: Locale) =>
      `${API}${table(id)}/problems.csv${search({ locale })}`,
    contact: (id: ContactId, signal?: AbortSignal) =>
      json<ContactProfile>("GET", person(id), { signal }),
    editContact: (id: ContactId, body: ContactEdit) =>
      json<ContactProfile>("PATCH", person(id), { body }),
    contactHistory: (id: ContactId, query: PlaceQuery, signal?: AbortSignal) =>
      json<ContactHistory>("GET", `${person(id)}/history`, { query: { ...query }, signal }),
    contactConversations: (id: ContactId) =>
      json<Items<ConversationItem>>("GET", `${person(id)}/conversations`),
    contactTimeline: (id: ContactId, query: TimelineRequest, signal?: AbortSignal) =>
      json<ContactTimeline>("GET", `${person(id)}/timeline`, { query: { ...query }, signal }),
    siteVisitors: (query: SiteVisitorRequest & PlaceQuery, signal?: AbortSignal) =>
      json<SiteVisitorPage>("GET", "/site-visitors", { query: { ...query }, signal }),
    inviteSiteVisitor: (id: SiteVisitorId, text: string) =>
      json<SiteVisitor>("POST", `/site-visitors/${id}/invitation`, { body: { text } }),
    tagContact: (id: ContactId, tag: TagId) =>
      json<ContactProfile>("PUT", `${person(id)}/tags/${tag}`),
    untagContact: (id: ContactId, tag: TagId) =>
      json<ContactProfile>("DELETE", `${person(id)}/tags/${tag}`),
    noteContact: (id: ContactId, note: ContactNoteId, text: string) =>
      json<Items<ContactNote>>("PUT", `${person(id)}/notes/${note}`, { body: { text } }),
    removeContactNote: (id: ContactId, note: ContactNoteId) =>
      json<Items<ContactNote>>("DELETE", `${person(id)}/notes/${note}`),
    mergePreview: (id: ContactId, other: ContactId) =>
      json<MergePreview>("GET", `${person(id)}/merges/${other}`),
    mergeContacts: (id: ContactId, other: ContactId, body: MergeRequest) =>
      json<ContactProfile>("PUT", `${person(id)}/merges/${other}`, { body }),
    partContacts: (id: ContactId, other: ContactId) =>
      json<ContactProfile>("DELETE", `${person(id)}/merges/${other}`),
    contactErasure: (id: ContactId) => json<ContactErasure>("GET", `${person(id)}/erasure`),
    eraseContact: (id: ContactId) => empty("PUT", `${person(id)}/erasure`),
    contactExportUrl: (id: ContactId) => `${API}${person(id)}/export`,
    duplicates: (id: ContactId) => json<Items<Duplicate>>("GET", `${person(id)}/duplicates`),
    tellApart: (id: ContactId, other: ContactId) =>
      empty("PUT", `${person(id)}/strangers/${other}`),
    forgetApart: (id: ContactId, other: ContactId) =>
      empty("DELETE", `${person(id)}/strangers/${other}`),
    contactRecords: (query: ContactRecordRequest & PlaceQuery, signal?: AbortSignal) =>
      json<ContactRecordPage>("GET", "/contact-records", { query: { ...query }, signal }),
    contactRecordsTableUrl: (query: ContactRecordRequest & { zone: string }) =>
      `${API}/contact-records.csv${search({ ...query })}`,
    contactAttributes: () => json<Items<Attribute>>("GET", "/contact-attributes"),
    saveContactAttribute: (id: AttributeId, body: AttributeRequest) =>
      json<Attribute>("PUT", `/contact-attributes/${id}`, { body }),
    dataFields: () => json<Items<DataField>>("GET", "/data-fields"),
    saveDataField: (id: DataFieldId, body: DataFieldRequest) =>
      json<DataField>("PUT", `/data-fields/${id}`, { body }),
    removeDataField: (id: DataFieldId) => empty("DELETE", `/data-fields/${id}`),
    recordTypes: () => json<Items<RecordType>>("GET", "/record-types"),
    saveRecordType: (id: RecordTypeId, body: RecordTypeRequest) =>
      json<RecordType>("PUT", `/record-types/${id}`, { body }),
    recordLookupAddress: (id: RecordTypeId) =>
      json<RecordLookupAddress>("GET", `/record-types/${id}/lookup`),
    saveRecordLookupAddress: (id: RecordTypeId, url: string) =>
      json<RecordLookupAddress>("PUT", `/record-types/${id}/lookup`, { body: { url } }),
    lookUpRecords: (id: ConversationId, type: RecordTypeId, again: boolean) =>
      json<RecordLookup>("POST", `${one(id)}/record-lookups/${type}`, { body: { again } }),
    recordsBeside: (id: ConversationId) => json<ConversationRecords>("GET", `${one(id)}/records`),
    createRecord: (id: ConversationId, record: RecordId, body: RecordRequest) =>
      json<CustomerRecord>("PUT", `${one(id)}/records/${record}`, { body }),
    records: (query: RecordQuery, signal?: AbortSignal) =>
      json<RecordList>("GET", "/records", { query: { ...query }, signal }),
    record: (id: RecordId) => json<RecordDetail>("GET", `/records/${id}`),
    editRecord: (id: RecordId, body: RecordEdit) =>
      json<CustomerRecord>("PATCH", `/records/${id}`, { body }),
    recordHistory: (id: RecordId, query: PlaceQuery, signal?: AbortSignal) =>
      json<RecordHistory>("GET", `/records/${id}/history`, { query: { ...query }, signal }),
    bindRecord: (record: RecordId, id: ConversationId) =>
      json<CustomerRecord>("PUT", `/records/${record}/conversations/${id}`, { body: {} }),
    unbindRecord: (record: RecordId, id: ConversationId) =>
      json<CustomerRecord>("DELETE", `/records/${record}/conversations/${id}`),
    sessions: (id: ConversationId, query: PlaceQuery) =>
      json<SessionPage>("GET", `${one(id)}/sessions`, { query: { ...query } }),
    unpinContact: (id: ConversationId) => json<ConversationItem>("DELETE", `${one(id)}/contact`),
    bindContact: (id: ConversationId, contact_id: ContactId) =>
      json<ConversationItem>("PUT", `${one(id)}/contact`, { body: { contact_id } }),
    setTitle: (id: ConversationId, title: string) =>
      json<ConversationItem>("PUT", `${one(id)}/title`, { body: { title } }),
    tagConversation: (id: ConversationId, tag: TagId) =>
      json<ConversationItem>("PUT", `${one(id)}/tags/${tag}`),
    untagConversation: (id: ConversationId, tag: TagId) =>
      json<ConversationItem>("DELETE", `${one(id)}/tags/${tag}`),
    drafts: (query: DraftQuery = {}) => json<DraftPage>("GET", "/drafts", { query: { ...query } }),
    saveDraft: (id: ConversationId, body: DraftRequest) =>
      json<{ saved_at: number }>("PUT", `${one(id)}/draft`, { body }),
    discardDraft: (id: ConversationId) => empty("DELETE", `/drafts/${id}`),

    log: (id: ConversationId, query: LogRequest & PlaceQuery, signal?: AbortSignal) =>
      json<LogPage>("GET", `${one(id)}/log`, { query: { ...query }, signal }),
    logTableUrl: (id: ConversationId, query: LogRequest & { zone: string }) =>
      `${API}${one(id)}/log.csv${search({ ...query })}`,
    attachments: (
      id: ConversationId,
      query: PlaceQuery & { part: AttachmentPart },
      signal?: AbortSignal,
    ) => json<AttachmentPage>("GET", `${one(id)}/attachments`, { query: { ...query }, signal }),
    links: (id: ConversationId, query: PlaceQuery, signal?: AbortSignal) =>
      json<LinkPage>("GET", `${one(id)}/links`, { query: { ...query }, signal }),
    consents: (id: ConversationId) => json<Items<GivenConsent>>("GET", `${one(id)}/consents`),
    sendMessage: (id: ConversationId, body: MessageRequest) =>
      json<Ack>("POST", `${one(id)}/messages`, { body }),
    scheduleMessage: (id: ConversationId, body: ScheduleRequest) =>
      json<Scheduling>("POST", `${one(id)}/scheduled`, { body }),
    scheduled: (id: ConversationId) => json<Items<Scheduled>>("GET", `${one(id)}/scheduled`),
    rescheduleMessage: (id: ConversationId, entry: EntryId, delay_ms: number) =>
      json<Scheduling>("PUT", `${one(id)}/scheduled/${entry}`, { body: { delay_ms } }),
    takeMessageBack: (id: ConversationId, entry: EntryId) =>
      empty("DELETE", `${one(id)}/scheduled/${entry}`),
    addNote: (id: ConversationId, body: NoteRequest) =>
      json<Ack>("POST", `${one(id)}/notes`, { body }),
    assign: (id: ConversationId, body: AssignmentRequest) =>
      json<ConversationItem>("PUT", `${one(id)}/assignment`, { body }),
    takeNext: () => json<{ item: ConversationItem | null }>("POST", "/queue/next", { body: {} }),
    setPriority: (id: ConversationId, priority: Priority) =>
      json<ConversationItem>("PUT", `${one(id)}/priority`, { body: { priority } }),
    close: (id: ConversationId, body: CloseRequest) =>
      json<ConversationItem>("PUT", `${one(id)}/closure`, { body }),
    reopen: (id: ConversationId) => json<ConversationItem>("DELETE", `${one(id)}/closure`),
    snooze: (id: ConversationId, until: number) =>
      json<ConversationItem>("PUT", `${one(id)}/snooze`, { body: { until } }),
    wake: (id: ConversationId) => json<ConversationItem>("DELETE", `${one(id)}/snooze`),
    markRead: (id: ConversationId, position: number) =>
      empty("PUT", `${one(id)}/read`, { body: { position } }),

    markUnread: (id: ConversationId) => empty("PUT", `${one(id)}/unread`),
    mute: (id: ConversationId) => empty("PUT", `${one(id)}/mute`),
    unmute: (id: ConversationId) => empty("DELETE", `${one(id)}/mute`),
    editEntry: (id: ConversationId, entry: EntryId, text: string) =>
      json<Entry>("PATCH", `${one(id)}/entries/${entry}`, { body: { text } }),
    removeEntry: (id: ConversationId, entry: EntryId) =>
      json<Entry>("DELETE", `${one(id)}/entries/${entry}`),
    retryMessage: (id: ConversationId, entry: EntryId) =>
      json<Entry>("POST", `${one(id)}/entries/${entry}/retry`),
    reactToEntry: (id: ConversationId, entry: EntryId, emoji: string | null) =>
      json<Entry>("PUT", `${one(id)}/entries/${entry}/reaction`, { body: { emoji } }),

    startSession: (id: InboxId, body: SessionRequest) =>
      json<ConversationItem>("POST", `/inboxes/${id}/sessions`, { body }),
    deleteConversation: (id: ConversationId) =>
      json<{ erase_at: number }>("PUT", `${one(id)}/deletion`, { body: {} }),
    restoreConversation: (id: ConversationId) =>
      json<ConversationItem>("DELETE", `${one(id)}/deletion`),
    eraseConversation: (id: ConversationId) => empty("PUT", `${one(id)}/erasure`, { body: {} }),
    deletions: (query: { cursor?: string; limit?: number }, signal?: AbortSignal) =>
      json<DeletionPage>("GET", "/deletions", { query: { ...query }, ...(signal && { signal }) }),
    beginBatch: (id: BatchId, body: BatchRequest) => json<Batch>("PUT", `/batches/${id}`, { body }),
    actOnBatch: (id: BatchId, body: BatchAct) => json<Batch>("PUT", `/batches/${id}/act`, { body }),
    batch: (id: BatchId) => json<Batch>("GET", `/batches/${id}`),
    savedViews: () => json<Items<SavedViewItem>>("GET", "/saved-views"),
    saveView: (id: SavedViewId, body: SavedViewRequest) =>
      json<SavedViewItem>("PUT", `/saved-views/${id}`, { body }),
    removeSavedView: (id: SavedViewId) => empty("DELETE", `/saved-views/${id}`),
    takeBatchBack: (id: BatchId) => json<Batch>("DELETE", `/batches/${id}`),

    activity: (query: { cursor?: string | undefined }) =>
      json<ActivityPage>("GET", "/activity", { query }),
    seeActivity: (seen_at: number) => empty("PUT", "/activity/seen", { body: { seen_at } }),

    quickReplies: () => json<QuickReplyList>("GET", "/quick-replies"),
    createQuickReply: (body: QuickReplyRequest) =>
      json<QuickReplyItem>("POST", "/quick-replies", { body }),
    changeQuickReply: (id: QuickReplyId, body: QuickReplyChange) =>
      json<QuickReplyItem>("PATCH", `/quick-replies/${id}`, { body }),
    deleteQuickReply: (id: QuickReplyId) => empty("DELETE", `/quick-replies/${id}`),
    countUse: (id: QuickReplyId, use: QuickReplyUseId) =>
      empty("POST", `/quick-replies/${id}/uses`, { body: { id: use } }),
    copyQuickReplyFiles: (id: QuickReplyId) =>
      json<Items<StoredFile>>("POST", `/quick-replies/${id}/copies`),
    quickReplyPreviewUrl: (id: QuickReplyId, file: FileId) =>
      `${API}/quick-replies/${id}/files/${file}/preview`,
    importQuickReplies: (csv: string) =>
      json<QuickReplyImport>("POST", "/quick-replies/import", { body: csv, type: CSV }),
    quickRepliesExportUrl: () => `${API}/quick-replies/export`,

    tags: () => json<Items<TagItem>>("GET", "/tags"),
    createTag: (body: TagRequest) => json<Tag>("POST", "/tags", { body }),
    changeTag: (id: TagId, body: TagChange) => json<Tag>("PATCH", `/tags/${id}`, { body }),

    audit: (query: AuditRequest, signal?: AbortSignal) =>
      json<AuditPage>("GET", "/audit", { query: { ...query }, signal }),
    auditTableUrl: (query: AuditRequest) => `${API}/audit.csv${search({ ...query })}`,

    roles: () => json<RoleList>("GET", "/roles"),
    createRole: (body: RoleRequest) => json<RoleItem>("POST", "/roles", { body }),
    changeRole: (id: RoleId, body: RoleChange) => json<RoleItem>("PATCH", `/roles/${id}`, { body }),
    removeRole: (id: RoleId, replacement: Role) =>
      empty("DELETE", `/roles/${id}?replacement=${replacement}`),
    memberRights: (id: MemberId) => json<MemberRights>("GET", `/members/${id}/rights`),

    teams: () => json<Items<Team>>("GET", "/teams"),
    createTeam: (body: TeamRequest) => json<Team>("POST", "/teams", { body }),
    changeTeam: (id: TeamId, body: TeamChange) => json<Team>("PATCH", `/teams/${id}`, { body }),
    removeTeam: (id: TeamId) => empty("DELETE", `/teams/${id}`),

    upload: (name: string, content: Blob, upload?: UploadOptions) =>
      client.upload(name, content, upload),
    copyFile: (id: FileId) => json<StoredFile>("POST", `/files/${id}/copies`),
    fileUrl: (id: FileId) => `${API}/files/${id}`,
    previewUrl: (id: FileId) => `${API}/files/${id}/preview`,
  };
}
