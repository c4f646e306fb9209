// Small honest objects for tests of sync/ and of what is drawn from it. Not part of the build.

import type {
  Conversation,
  ConversationId,
  ConversationItem,
  Desk,
  DeskEvent,
  Entry,
  EntryId,
  MemberId,
} from "@sapa/protocol";

export const ME: MemberId = "mem_00000000000000000000000000000001";
export const MARC: MemberId = "mem_00000000000000000000000000000002";

export const conversationId = (n: number): ConversationId => `cnv_${hex(n)}`;
export const entryId = (n: number): EntryId => `ent_${hex(n)}`;

const hex = (n: number) => n.toString(16).padStart(32, "0");

export function conversation(n: number, change: Partial<Conversation> = {}): Conversation {
  return {
    id: conversationId(n),
    inbox_id: "inb_00000000000000000000000000000001",
    channel: "website",
    contact: {
      id: `con_${hex(n)}`,
      name: `Customer ${n}`,
      email: null,
      phone: null,
      verified: null,
      color: n % 10,
    },
    status: "open",
    close_reason: null,
    snoozed_until: null,
    scheduled_at: null,
    block: null,
    title: null,
    tag_ids: [],
    visit: null,
    page_data: {},
    holder: { kind: "member", id: ME },
    priority: "normal",
    revision: n,
    last_position: n,
    last_activity_at: n * 1000,
    opened_at: 0,
    waiting_since: null,
    answer_until: null,
    warning_at: null,
    late_at: null,
    inbound_count: 0,
    counts: { sent: 0, notes: 0, ratings: 0, pages: 0, acts: 0 },
    staff_read_position: 0,
    preview: null,
    ...change,
  };
}

export function item(
  n: number,
  change: Partial<Conversation> = {},
  inbound_seen = 0,
): ConversationItem {
  return {
    conversation: conversation(n, change),
    can: ["reply", "close"],
    inbound_seen,
    unread: false,
    muted: false,
    mentioned: false,
    mentioned_at: null,
    mark: 0,
  };
}

export function entry(n: number, of: ConversationId, change: Partial<Entry> = {}): Entry {
  return {
    id: entryId(n),
    conversation_id: of,
    position: n,
    at: n * 1000,
    kind: "message",
    author: { kind: "contact", id: "con_1", name: "Nadia" },
    revision: n,
    text: `text ${n}`,
    files: [],
    delivery: null,
    failure: null,
    failure_detail: null,
    written_at: null,
    unsupported: null,
    about: null,
    reactions: [],
    mail: null,
    assignment: null,
    reason: null,
    tag_id: null,
    until: null,
    score: null,
    page: null,
    mentions: [],
    quote: null,
    card: null,
    record: null,
    clicked_at: null,
    edited_at: null,
    earlier: [],
    removed: null,
    ...change,
  };
}

export function updated(
  position: number,
  one: Conversation,
  entries: Entry[] = [],
): DeskEvent & { kind: "conversation.updated" } {
  const revised = { ...one, revision: position };
  return {
    type: "event",
    position,
    kind: "conversation.updated",
    can: ["reply"],
    data: { conversation: revised, entries, delivery: null },
  };
}

export function desk(items: ConversationItem[] = [], change: Partial<Desk> = {}): Desk {
  const member = {
    id: ME,
    name: "Olga Petrova",
    email: "olga@example.com",
    role: "agent" as const,
    sees: "own" as const,
    disabled: false,
    joined_at: 0,
    skills: [],
  };
  return {
    position: 100,
    me: {
      member,
      workspace: {
        id: "wsp_1",
        name: "Kopi",
        locale: "en",
        limits: {
          message_characters: 2000,
          message_bytes: 8000,
          message_files: 10,
          file_bytes: 26_214_400,
        },
        open_limit: 0,
        away_reasons: [],
        erase_after_days: 30,
      },
      locale: "en",
      signature: "",
      preferences: null,
      rights: [],
      sign_in_id: "sgn_1",
    },
    members: [member, { ...member, id: MARC, name: "Marc Dubois" }],
    presences: [],
    pauses: [],
    teams: [],
    inboxes: [],
    tags: [],
    counters: [],
    team_queues: [],
    page: { items, next_cursor: null, reached: null, position: 100 },
    unread_mine: [],
    mentioned_in: [],
    unseen_alerts: [],
    drafts: [],
    ...change,
  };
}
