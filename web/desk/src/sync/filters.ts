// What a list is asked for beside its view, and whether a conversation belongs to it: the same few rules as the
// server's (features/conversations/src/filter.rs), so that a list follows each event without asking.
// Must stay true: a list has one name, which is the rest of its address; what an address says wrongly is left out.
// Absent: rights. The server only sends what I may see.

import {
  isInboxId,
  isMemberId,
  isTagId,
  isTeamId,
  type Channel,
  type CloseReason,
  type Conversation,
  type ConversationId,
  type ConversationItem,
  type ConversationView,
  type InboxId,
  type ListPlace,
  type MemberId,
  type TagId,
  type TeamId,
} from "@sapa/protocol";

export const VIEWS: readonly ConversationView[] = [
  "mine",
  "queue",
  "all",
  "snoozed",
  "closed",
  "mentions",
];
export const SORTS = ["processing", "activity", "oldest"] as const;
export const STATUSES = ["open", "snoozed", "closed"] as const;
const CHANNELS: readonly Channel[] = [
  "website",
  "api",
  "email",
  "telegram",
  "whatsapp",
  "messenger",
  "instagram",
];
const REASONS: readonly CloseReason[] = ["solved", "no_reply", "spam", "merged", "other"];
/** That one list may ask for. */
export const TAGS_MAX = 20;

export interface ListFilter {
  sort?: (typeof SORTS)[number];
  status?: (typeof STATUSES)[number];
  inbox?: InboxId;
  channel?: Channel;
  holder?: MemberId | TeamId | "nobody";
  last_by?: "contact" | "member";
  tags?: "none" | readonly TagId[];
  /** One of the tags is enough. */
  any_tag?: true;
  pinned?: true;
  unread?: true;
  waiting?: true;
  solved?: true;
  reason?: CloseReason;
}

const NAMES: readonly (keyof ListFilter)[] = [
  "sort",
  "status",
  "inbox",
  "channel",
  "holder",
  "last_by",
  "tags",
  "any_tag",
  "pinned",
  "unread",
  "waiting",
  "solved",
  "reason",
];

/** A view, and behind it what narrows it, in a fixed order. */
export type ListId = ConversationView | `${ConversationView}?${string}`;

/** What a filter needs to know beside the conversation. */
export interface Surroundings {
  me: MemberId;
  isPinned: (tag: TagId) => boolean;
  /** Whether a time limit holds in an inbox. */
  isLimited: (inbox: InboxId) => boolean;
}

export function listId(view: ConversationView, filter: ListFilter): ListId {
  const search = formatFilter(filter);
  return search === "" ? view : `${view}?${search}`;
}

export function viewOf(list: ListId): ConversationView {
  return list.split("?", 1)[0] as ConversationView;
}

export function filterOf(list: ListId): ListFilter {
  return parseFilter(new URLSearchParams(list.slice(viewOf(list).length)));
}

export function formatFilter(filter: ListFilter): string {
  const { tags, ...rest } = filter;
  const names = Object.keys(rest).sort() as (keyof typeof rest)[];
  const parts = names.flatMap((name) => {
    const value = rest[name];
    return value === undefined ? [] : [`${name}=${value}`];
  });
  if (tags === "none") parts.push("tags=none");
  else if (tags && tags.length > 0) parts.push(`tags=${[...tags].sort().join(",")}`);
  return parts.join("&");
}

export function parseFilter(params: URLSearchParams): ListFilter {
  const text = (name: string) => params.get(name) ?? "";
  const holder = text("holder");
  const named = text("tags").split(",").filter(isTagId).slice(0, TAGS_MAX);
  const last_by = oneOf(["contact", "member"] as const, text("last_by"));
  const said: { [Name in keyof ListFilter]: ListFilter[Name] | undefined } = {
    sort: oneOf(SORTS, text("sort")),
    status: oneOf(STATUSES, text("status")),
    inbox: isInboxId(text("inbox")) ? (text("inbox") as InboxId) : undefined,
    channel: oneOf(CHANNELS, text("channel")),
    holder: holder === "nobody" || isMemberId(holder) || isTeamId(holder) ? holder : undefined,
    last_by,
    tags: text("tags") === "none" ? "none" : named.length > 0 ? named : undefined,
    any_tag: isOn(text("any_tag")),
    pinned: isOn(text("pinned")),
    unread: isOn(text("unread")),
    waiting: isOn(text("waiting")),
    solved: isOn(text("solved")),
    reason: oneOf(REASONS, text("reason")),
  };
  return pruned(said);
}

/** The filters of an address that say nothing: each that is known by name and not by what it says. */
export function unknownIn(params: URLSearchParams): string[] {
  const known = new URLSearchParams(formatFilter(parseFilter(params)));
  return NAMES.filter((name) => {
    const said = params.get(name);
    if (said === null || said === "") return false;
    if (name !== "tags") return (known.get(name) ?? "false") !== said;
    const named = said.split(",");
    return said !== "none" && !named.slice(0, TAGS_MAX).every(isTagId);
  });
}

/** As the server is asked. */
export function asked(list: ListId): Record<string, string> & { view: ConversationView } {
  const search = new URLSearchParams(list.slice(viewOf(list).length));
  return { ...Object.fromEntries(search), view: viewOf(list) };
}

/** Only what is said. */
export function pruned(filter: {
  [Name in keyof ListFilter]: ListFilter[Name] | undefined;
}): ListFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== undefined),
  ) as ListFilter;
}

export function belongs(
  view: ConversationView,
  filter: ListFilter,
  item: ConversationItem,
  { me, isPinned }: Surroundings,
): boolean {
  const { conversation: one } = item;
  const { holder, tags } = filter;
  const tag_ids = one.tag_ids ?? [];
  const has = (tag: TagId) => tag_ids.includes(tag);
  const held_by = one.holder.kind === "queue" ? "nobody" : one.holder.id;
  const status = statusAsked(view, filter);
  return (
    (status === null || statusOf(one) === status) &&
    (view === "mentions" ? item.mentioned_at !== null : !item.can.includes("look_back")) &&
    (view !== "mine" || held_by === me) &&
    (view !== "queue" || one.holder.kind !== "member") &&
    (holder === undefined || held_by === holder) &&
    (filter.inbox === undefined || one.inbox_id === filter.inbox) &&
    (filter.channel === undefined || one.channel === filter.channel) &&
    (filter.last_by === undefined || one.preview?.author === filter.last_by) &&
    (tags !== "none" || tag_ids.length === 0) &&
    (typeof tags !== "object" || (filter.any_tag ? tags.some(has) : tags.every(has))) &&
    (!filter.pinned || tag_ids.some(isPinned)) &&
    (!filter.unread || item.unread || item.mentioned || one.inbound_count > item.inbound_seen) &&
    (!filter.waiting || one.waiting_since !== null) &&
    (!filter.solved || one.close_reason !== "spam") &&
    (filter.reason === undefined || one.close_reason === filter.reason)
  );
}

/** The status that a list is about; null: whatever it is. */
export function statusAsked(view: ConversationView, filter: ListFilter) {
  if (filter.status) return filter.status;
  if (view === "closed" || filter.solved || filter.reason) return "closed";
  if (view === "mentions") return null;
  return view === "snoozed" ? "snoozed" : "open";
}

function statusOf({ status, snoozed_until }: Conversation) {
  return status === "open" && snoozed_until !== null ? "snoozed" : status;
}

/** Where a conversation stands in a list of this order; nothing said is the order in which it is worked. */
export function placeOf(
  view: ConversationView,
  { conversation: one, mentioned_at }: ConversationItem,
  sort: ListFilter["sort"],
  { isLimited }: Pick<Surroundings, "isLimited">,
): ListPlace {
  if (view === "mentions") return { waiting: false, at: mentioned_at ?? 0, id: one.id };
  const worked = sort === undefined || sort === "processing";
  const limited = one.late_at !== null && isLimited(one.inbox_id);
  const waiting = worked && limited && one.waiting_since !== null;
  return { waiting, at: waiting ? one.waiting_since! : one.last_activity_at, id: one.id };
}

/** Below zero when `a` stands before `b`. */
export function comparePlaces(a: ListPlace, b: ListPlace, sort: ListFilter["sort"]): number {
  if (a.waiting !== b.waiting) return a.waiting ? -1 : 1;
  const rising = a.waiting || sort === "oldest" ? 1 : -1;
  return rising * (a.at - b.at || compareIds(a.id, b.id));
}

function compareIds(a: ConversationId, b: ConversationId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function oneOf<T extends string>(known: readonly T[], text: string): T | undefined {
  return known.find((one) => one === text);
}

function isOn(text: string): true | undefined {
  return text === "true" ? true : undefined;
}
