// What the desk knows: one Known per conversation, plus members, teams, inboxes, tags, counters and me.
// Must stay true: every change goes through the reducers of @sapa/protocol, so that answers and events may
// arrive in any order; objects that did not change keep their identity; each change touches its topics.
// Absent: requests (boot, threads, commands), order of lists (views.ts), the DOM.

import {
  applyConversationEvent,
  applyEntries,
  applyItem,
  applyTold,
  conversationIdOf,
  extendFar,
  isConversationEvent,
  newest,
  NOTHING_KNOWN,
  openFar,
  type Conversation,
  type ConversationId,
  type ConversationItem,
  type Counters,
  type Desk,
  type DeskEvent,
  type Entry,
  type Inbox,
  type InboxId,
  type Known,
  type Mark,
  type Me,
  type Member,
  type MemberId,
  type MessageLimits,
  type Pause,
  type Presence,
  type Stamped,
  type Tag,
  type TagId,
  type Team,
  type TeamId,
  type TeamQueue,
} from "@sapa/protocol";
import { Topics } from "./topics";

const NOT_THERE: Omit<Presence, "member_id"> = {
  state: "offline",
  chosen: "online",
  reason: null,
  since: 0,
  open: 0,
  open_limit: 0,
};

/** What the person just did and the server has not answered yet. */
export type Overlay = Partial<
  Pick<Conversation, "status" | "holder" | "close_reason" | "snoozed_until" | "tag_ids">
>;

/** Called on every change of a conversation, before the screen hears of it. */
export type ConversationListener = (
  id: ConversationId,
  after: ConversationItem | null,
  before: ConversationItem | null,
) => void;

export const topic = {
  conversation: (id: ConversationId) => `conversation:${id}`,
  thread: (id: ConversationId) => `thread:${id}`,
  members: "members",
  presences: "presences",
  teams: "teams",
  roles: "roles",
  inboxes: "inboxes",
  tags: "tags",
  counters: "counters",
  me: "me",
};

export class DeskStore {
  readonly topics: Topics;
  #known = new Map<ConversationId, Known>();
  #overlays = new Map<ConversationId, readonly Overlay[]>();
  #items = new Map<ConversationId, ConversationItem>();
  #gone_by = new Map<ConversationId, string | null>();
  #joined = new Map<ConversationId, ConversationId>();
  #deleted = new Set<ConversationId>();
  #members = new Map<MemberId, Stamped<Member>>();
  #presences = new Map<MemberId, Stamped<Presence>>();
  /** Without a value: it is gone, and nothing older brings it back. */
  #pauses = new Map<string, Stamped<Pause>>();
  #teams = new Map<TeamId, Stamped<Team | null>>();
  #inboxes = new Map<InboxId, Stamped<Inbox>>();
  #tags = new Map<TagId, Stamped<Tag>>();
  #counters = new Map<InboxId, Stamped<Counters>>();
  #team_queues = new Map<string, Stamped<TeamQueue>>();
  #me: Me;
  #listeners: ConversationListener[] = [];

  constructor(desk: Omit<Desk, "drafts">, topics: Topics = new Topics()) {
    this.topics = topics;
    this.#me = desk.me;
    this.#adopt(desk);
  }

  onConversation(listener: ConversationListener): void {
    this.#listeners.push(listener);
  }

  // Reading

  get me(): Me {
    return this.#me;
  }

  get members(): Member[] {
    return [...this.#members.values()]
      .map(({ value }) => value)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** By name. */
  get teams(): Team[] {
    return [...this.#teams.values()]
      .flatMap(({ value }) => value ?? [])
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  get myTeams(): TeamId[] {
    const me = this.#me.member.id;
    const mine = this.teams.filter(({ members }) => members.some((one) => one.member_id === me));
    return mine.map(({ id }) => id);
  }

  get inboxes(): Inbox[] {
    return [...this.#inboxes.values()].map(({ value }) => value);
  }

  /** Archived ones too, by name. */
  get tags(): Tag[] {
    return [...this.#tags.values()]
      .map(({ value }) => value)
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  get counters(): Counters[] {
    return [...this.#counters.values()].map(({ value }) => value);
  }

  get presences(): Presence[] {
    return [...this.#presences.values()].map(({ value }) => value);
  }

  /** What is not known of a member who just joined is that he is not there. */
  presence(id: MemberId): Presence {
    return this.#presences.get(id)?.value ?? { ...NOT_THERE, member_id: id };
  }

  /** Who takes nothing from which inbox for now. */
  get pauses(): Pause[] {
    return [...this.#pauses.values()].map(({ value }) => value).filter(({ paused }) => paused);
  }

  /** Does the member take nothing from the inbox for now? */
  isPaused(member_id: MemberId, inbox_id: InboxId): boolean {
    return this.#pauses.get(placeOf({ member_id, inbox_id }))?.value.paused ?? false;
  }

  member(id: MemberId): Member | undefined {
    return this.#members.get(id)?.value;
  }

  get team_queues(): TeamQueue[] {
    return [...this.#team_queues.values()].map(({ value }) => value);
  }

  /** What waits for somebody, as far as it is mine to see. */
  get queued(): number {
    const sum = (all: readonly { queued: number }[]) =>
      all.reduce((sum, { queued }) => sum + queued, 0);
    return sum(this.counters) + sum(this.team_queues);
  }

  team(id: TeamId): Team | undefined {
    return this.#teams.get(id)?.value ?? undefined;
  }

  /** Of whoever may have a conversation. */
  nameOf(id: MemberId | TeamId): string | undefined {
    return this.member(id as MemberId)?.name ?? this.team(id as TeamId)?.name;
  }

  inbox(id: InboxId): Inbox | undefined {
    return this.#inboxes.get(id)?.value;
  }

  /** What the conversation's channel draws of a text. Another inbox of it knows that too: I may see none but this chat. */
  marksOf({ inbox_id, channel }: Pick<Conversation, "inbox_id" | "channel">): readonly Mark[] {
    const inbox = this.inbox(inbox_id) ?? this.inboxes.find((one) => one.channel === channel);
    return inbox?.marks ?? [];
  }

  /** What a message of the conversation may be: by the workspace, and by what its channel takes. */
  limitsOf(id: ConversationId): MessageLimits {
    const { conversation } = this.item(id) ?? {};
    const inbox =
      conversation &&
      (this.inbox(conversation.inbox_id) ??
        this.inboxes.find(({ channel }) => channel === conversation.channel));
    return { ...this.me.workspace.limits, channel: inbox?.limits ?? null };
  }

  tag(id: TagId): Tag | undefined {
    return this.#tags.get(id)?.value;
  }

  /** The tags of a conversation, in the order in which they were put on. */
  tagsOf({ tag_ids = [] }: Conversation): Tag[] {
    return tag_ids.flatMap((id) => this.tag(id) ?? []);
  }

  item(id: ConversationId): ConversationItem | null {
    return this.#items.get(id) ?? null;
  }

  items(): Iterable<ConversationItem> {
    return this.#items.values();
  }

  /** Null while nobody looked at the thread. */
  entries(id: ConversationId): readonly Entry[] | null {
    return this.#known.get(id)?.entries ?? null;
  }

  /** A piece further back that somebody looks at. */
  far(id: ConversationId): readonly Entry[] | null {
    return this.#known.get(id)?.far ?? null;
  }

  /** Who took a conversation that I can no longer see; undefined while I can. */
  goneBy(id: ConversationId): string | null | undefined {
    return this.#items.has(id) ? undefined : this.#gone_by.get(id);
  }

  /** Into which conversation one went over that is no more. */
  joinedInto(id: ConversationId): ConversationId | null {
    return this.#joined.get(id) ?? null;
  }

  isDeleted(id: ConversationId): boolean {
    return this.#deleted.has(id);
  }

  // Changing

  apply(event: DeskEvent): void {
    if (isConversationEvent(event)) {
      const id = conversationIdOf(event);
      if (event.kind === "conversation.gone") {
        const { by, joined, deleted } = event.data;
        this.#gone_by.set(id, by);
        if (joined) this.#joined.set(id, joined);
        if (deleted) this.#deleted.add(id);
        else this.#deleted.delete(id);
      }
      return this.#update(id, (known) => applyConversationEvent(known, event));
    }
    this.#applyOther(event);
  }

  putItem(item: ConversationItem): void {
    this.#update(item.conversation.id, (known) => applyItem(known, item));
  }

  putEntries(id: ConversationId, entries: readonly Entry[]): void {
    this.#update(id, (known) => applyEntries(known, entries));
  }

  /** What a command answered, wherever it is in the thread. */
  putAnswer(id: ConversationId, entry: Entry): void {
    this.#update(id, (known) => applyTold(known, [entry]));
  }

  openFar(id: ConversationId, page: readonly Entry[]): void {
    this.#update(id, (known) => openFar(known, page));
  }

  extendFar(id: ConversationId, page: readonly Entry[]): void {
    this.#update(id, (known) => extendFar(known, page));
  }

  leaveFar(id: ConversationId): void {
    this.#update(id, (known) => (known.far === null ? known : { ...known, far: null }));
  }

  /** From now on events fill this thread, even while its first page is still on the way. */
  watchThread(id: ConversationId): void {
    this.#update(id, (known) => (known.entries === null ? { ...known, entries: [] } : known));
  }

  /** Keeps the newest entries of a thread that nobody looks at. */
  shortenThread(id: ConversationId, keep: number): void {
    this.#update(id, (known) => {
      if (known.entries === null || known.entries.length <= keep) return known;
      const entries = known.entries.slice(-keep);
      return { ...known, entries, floor: entries[0]!.position };
    });
  }

  /** From its newest page on; a piece further back stays. */
  restartThread(id: ConversationId): void {
    this.#update(id, (known) => ({ ...known, entries: [], floor: 0 }));
  }

  dropThread(id: ConversationId): void {
    this.#update(id, (known) => {
      if (known.entries === null) return known;
      return { ...known, entries: null, floor: 0, far: null, loose: [] };
    });
  }

  /** What I have seen, and whether I flagged or muted it, until the server's own mark comes. */
  putMark(
    id: ConversationId,
    change: Partial<Pick<ConversationItem, "inbound_seen" | "unread" | "muted" | "mentioned">>,
  ): void {
    const item = this.item(id);
    const { inbound_seen = 0, unread = false, muted = false, mark = 0 } = item ?? {};
    const { mentioned = false, mentioned_at = null } = item ?? {};
    const own = {
      inbound_seen,
      unread,
      muted,
      mentioned,
      mentioned_at,
      ...change,
      mark: mark + 1,
      position: 0,
    };
    this.apply({
      type: "event",
      position: 0,
      kind: "conversation.read_mark",
      data: { conversation_id: id, ...own },
    });
  }

  /** The request says that I may not see it (any more). */
  forget(id: ConversationId): void {
    if (!this.#gone_by.has(id)) this.#gone_by.set(id, null);
    this.#update(id, (known) => ({ ...known, item: null }));
  }

  /** A refusal names who took it, when no event did. */
  noteTaker(id: ConversationId, by: string): void {
    this.#gone_by.set(id, by);
    this.topics.touch(topic.conversation(id));
  }

  /** Laid over what is known, and over what was done before. */
  overlay(id: ConversationId, overlay: Overlay): void {
    this.#overlays.set(id, [...(this.#overlays.get(id) ?? []), overlay]);
    this.#publish(id);
  }

  /** The server has answered; what was done since is still laid over it. */
  uncover(id: ConversationId, overlay: Overlay): void {
    const left = this.#overlays.get(id)?.filter((one) => one !== overlay) ?? [];
    if (left.length > 0) this.#overlays.set(id, left);
    else this.#overlays.delete(id);
    this.#publish(id);
  }

  setMe(me: Me): void {
    this.#me = me;
    this.topics.touch(topic.me);
  }

  // Asked for before a request of the person, these take its answer, or null when it removed something. An event that
  // came meanwhile is newer, or will be followed by one that is; none that comes later is held back.

  inboxAnswer(id: InboxId): (inbox: Inbox) => void {
    return this.#answer(this.#inboxes, id, topic.inboxes);
  }

  tagAnswer(id: TagId): (tag: Tag) => void {
    return this.#answer(this.#tags, id, topic.tags);
  }

  teamAnswer(id: TeamId): (team: Team | null) => void {
    return this.#answer(this.#teams, id, topic.teams);
  }

  presenceAnswer(id: MemberId): (presence: Presence) => void {
    return this.#answer(this.#presences, id, topic.presences);
  }

  pauseAnswer(inbox_id: InboxId): (pause: Pause) => void {
    const place = placeOf({ member_id: this.#me.member.id, inbox_id });
    return this.#answer(this.#pauses, place, topic.presences);
  }

  memberAnswer(id: MemberId): (member: Member) => void {
    return this.#answer(this.#members, id, topic.members);
  }

  /** Nothing is shown that the server has not confirmed. */
  get settled(): boolean {
    return this.#overlays.size === 0;
  }

  /** What the boot answer would say at this position, without conversations. */
  snapshot(
    position: number,
    own: Pick<Desk, "unread_mine" | "mentioned_in" | "unseen_alerts">,
  ): Omit<Desk, "page" | "drafts"> {
    const { me, members, presences, pauses, teams, inboxes, tags, counters, team_queues } = this;
    return {
      ...{ position, ...own, me, members, presences, pauses },
      ...{ teams, inboxes, tags, counters, team_queues },
    };
  }

  /** Starts again from a snapshot: what is not in it and not kept is no longer known. */
  reset(desk: Desk, keep: ReadonlySet<ConversationId>): void {
    for (const id of [...this.#known.keys()]) {
      if (keep.has(id)) continue;
      this.#known.delete(id);
      this.#publish(id);
    }
    this.#members.clear();
    this.#presences.clear();
    this.#pauses.clear();
    this.#teams.clear();
    this.#inboxes.clear();
    this.#tags.clear();
    this.#counters.clear();
    this.#team_queues.clear();
    this.#me = desk.me;
    this.#adopt(desk);
  }

  #adopt(desk: Omit<Desk, "drafts">): void {
    const at = desk.position;
    for (const member of desk.members) this.#members.set(member.id, { at, value: member });
    for (const one of desk.presences) this.#presences.set(one.member_id, { at, value: one });
    for (const one of desk.pauses) this.#pauses.set(placeOf(one), { at, value: one });
    for (const team of desk.teams) this.#teams.set(team.id, { at, value: team });
    for (const inbox of desk.inboxes) this.#inboxes.set(inbox.id, { at, value: inbox });
    for (const tag of desk.tags) this.#tags.set(tag.id, { at, value: tag });
    for (const counters of desk.counters) {
      this.#counters.set(counters.inbox_id, { at, value: counters });
    }
    for (const queue of desk.team_queues) this.#team_queues.set(keyOf(queue), { at, value: queue });
    for (const item of desk.page.items) this.putItem(item);
    const { me, members, roles, presences, teams, inboxes, tags, counters } = topic;
    this.topics.touch(me, members, roles, presences, teams, inboxes, tags, counters);
  }

  #applyOther(event: DeskEvent): void {
    const at = event.position;
    switch (event.kind) {
      case "inbox.counters":
        return this.#set(this.#counters, event.data.inbox_id, at, event.data, topic.counters);
      case "inbox.team_queue":
        return this.#set(this.#team_queues, keyOf(event.data), at, event.data, topic.counters);
      case "inbox.updated":
        return this.#set(this.#inboxes, event.data.inbox.id, at, event.data.inbox, topic.inboxes);
      case "tag.updated":
        return this.#set(this.#tags, event.data.tag.id, at, event.data.tag, topic.tags);
      case "team.updated":
        return this.#setTeam(event.data.team.id, at, event.data.team);
      case "role.updated":
        return this.topics.touch(topic.roles);
      case "team.gone":
        return this.#setTeam(event.data.team_id, at, null);
      case "presence.updated":
        return this.#applyPresence(event.data.presence, at);
      case "pause.updated":
        return this.#set(this.#pauses, placeOf(event.data), at, event.data, topic.presences);
      case "member.updated":
        return this.#applyMember(event.data.member, at);
      case "workspace.updated":
        return this.setMe({ ...this.#me, workspace: event.data.workspace });
      case "conversation.mentioned":
      case "conversation.limit_reached":
        // The note, and the marks, come with their conversation.
        return;
    }
  }

  #applyPresence(presence: Presence, at: number): void {
    this.#set(this.#presences, presence.member_id, at, presence, topic.presences);
  }

  #applyMember(member: Member, at: number): void {
    this.#set(this.#members, member.id, at, member, topic.members);
    if (member.id === this.#me.member.id) this.setMe({ ...this.#me, member });
  }

  #setTeam(id: TeamId, at: number, team: Team | null): void {
    this.#set<TeamId, Team | null>(this.#teams, id, at, team, topic.teams);
  }

  #set<K, V>(map: Map<K, Stamped<V>>, key: K, at: number, value: V, touched: string): void {
    map.set(key, newest(map.get(key), at, value));
    this.topics.touch(touched);
  }

  #answer<K, V>(map: Map<K, Stamped<V>>, key: K, touched: string): (value: V) => void {
    const asked_at = map.get(key)?.at;
    return (value) => {
      if (map.get(key)?.at !== asked_at) return;
      map.set(key, { at: asked_at ?? 0, value });
      this.topics.touch(touched);
    };
  }

  #update(id: ConversationId, change: (known: Known) => Known): void {
    const before = this.#known.get(id) ?? NOTHING_KNOWN;
    const after = seenAgain(before, change(before));
    if (after === before) return;
    this.#known.set(id, after);
    if (after.entries !== before.entries || after.far !== before.far)
      this.topics.touch(topic.thread(id));
    if (after.item !== before.item) this.#publish(id);
  }

  /** Lays the overlay over what is known and tells everybody. */
  #publish(id: ConversationId): void {
    const before = this.#items.get(id) ?? null;
    const after = covered(this.#known.get(id)?.item ?? null, this.#overlays.get(id));
    if (after === before) return;
    if (after) this.#items.set(id, after);
    else this.#items.delete(id);
    this.topics.touch(topic.conversation(id));
    for (const listener of this.#listeners) listener(id, after, before);
  }
}

function placeOf({ member_id, inbox_id }: Pick<Pause, "member_id" | "inbox_id">): string {
  return `${member_id} ${inbox_id}`;
}

function keyOf({ inbox_id, team_id }: TeamQueue): string {
  return inbox_id + team_id;
}

/** Back in sight: its older history is mine to see as well. */
function seenAgain(before: Known, after: Known): Known {
  const returned = before.item === null && after.item !== null && after.marks.gone > 0;
  return returned ? { ...after, marks: { ...after.marks, gone: 0 } } : after;
}

function covered(item: ConversationItem | null, overlays: readonly Overlay[] | undefined) {
  if (!item || !overlays) return item;
  const lay = (under: Conversation, overlay: Overlay) => ({ ...under, ...overlay });
  return { ...item, conversation: overlays.reduce(lay, item.conversation) };
}
