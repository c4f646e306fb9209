// One signed-in desk from sign-in to sign-out: builds the parts, connects them to the event stream.
// Must stay true: one request loads everything for the first picture; after a reset snapshots are loaded again
// without leaving the page; a signed-out session stops asking.
// Absent: any rule of its own. Each part keeps its own promise.

import {
  createStaffApi,
  EventStream,
  isQuickReplyEvent,
  TypingBoard,
  type Author,
  type ConversationId,
  type ConversationMentioned,
  type Desk,
  type DeskEvent,
  type DeskStream,
  type DeskTyping,
  type InboxId,
  type Problem,
  type ScheduleFailed,
  type StaffApi,
  type StreamStatus,
  type UploadId,
} from "@sapa/protocol";
import {
  attentionOf,
  givenOf,
  mentionOf,
  waitingOf,
  type Attention,
  type AttentionRules,
  type Given,
  type Mentioned,
  type Waiting,
} from "./attention";
import { Commands } from "./commands";
import { openDeskDatabase, type DeskDatabase, type Unsent } from "./database";
import { Drafts } from "./drafts";
import { DraftSync } from "./draftSync";
import { VIEWS, type ListId } from "./filters";
import { entryOf, Outbox } from "./outbox";
import { forgetPicture, PictureKeeper, type Picture } from "./picture";
import { QuickReplies } from "./quickReplies";
import { SavedViews } from "./savedViews";
import { DeskStore } from "./store";
import { alone, Tabs, type TabNews } from "./tabs";
import { Threads } from "./threads";
import { Unread } from "./unread";
import { Unseen } from "./unseen";
import { Viewers } from "./viewers";
import { Views } from "./views";

export const CONNECTION_TOPIC = "connection";
export const typingTopic = (id: ConversationId) => `typing:${id}`;
export const VIEWERS_TOPIC = "viewers";

const RELOAD_RETRY_MS = 3_000;
const MENTION_WAITS_MS = 200;
const KEEP_EVERY_MS = 10_000;
/** Many may be deleted at once. */
const COUNT_WAITS_MS = 1_000;
/** Refused because of whose the chat is: not a failed message, but a draft. */
const TAKEN_CODES = [
  "conversation_taken",
  "conversation_not_begun",
  "not_found",
  "forbidden",
  "contact_blocked",
];

export interface SessionHooks {
  /** A customer wrote and nobody is looking. */
  onAttention(what: Attention): void;
  /** Somebody named me in a note, and I am not looking at it. */
  onMentioned(what: Mentioned): void;
  /** A chat was given to me or to a team of mine, and I am not looking at it. */
  onGiven(what: Given): void;
  /** A message came back: its text is a draft again. */
  onTaken(message: Unsent, problem: Problem): void;
  /** It was to go by itself, and is a draft again. */
  onNotSent(event: ScheduleFailed): void;
  onWaiting(what: Waiting): void;
  onSignedOut(): void;
  onPreferences(): void;
}

export class Session {
  readonly store: DeskStore;
  readonly views: Views;
  readonly threads: Threads;
  readonly commands: Commands;
  readonly unread: Unread;
  readonly unseen: Unseen;
  readonly drafts: Drafts;
  readonly draftSync: DraftSync;
  readonly outbox: Outbox;
  readonly viewers: Viewers;
  readonly quickReplies: QuickReplies;
  /** Files that were not with the server yet when their box was left: they go on where it is opened again. */
  readonly left_files = new Map<ConversationId, readonly { id: UploadId; content: File }[]>();
  readonly savedViews: SavedViews;
  #typing = new TypingBoard<Typist, Author>((who) => this.#showTyping(who));
  readonly api: StaffApi;
  #stream: DeskStream;
  #tabs: Tabs;
  #database: DeskDatabase;
  #hooks: SessionHooks;
  #status: StreamStatus = { state: "connecting" };
  #was_live = false;
  /** Events that arrived since the connection came back. */
  #caught_up = 0;
  #looking_at: ConversationId | null = null;
  /** Whose own marks are being asked. */
  readonly #unseen_marks = new Set<ConversationId>();
  #counting: ReturnType<typeof setTimeout> | undefined;
  #keeper = new PictureKeeper();
  /** Painted from a picture, and not caught up yet. */
  #stale: boolean;
  #ending = new AbortController();
  #listeners = new Set<(event: DeskEvent) => void>();
  #visitor_listeners = new Set<(inbox: InboxId) => void>();

  /** Shows what is known; `follow` connects it. */
  static async start(
    api: StaffApi,
    first: Desk | Picture,
    list: ListId,
    hooks: SessionHooks,
  ): Promise<Session> {
    const { me } = "pages" in first ? first.desk : first;
    const database = await openDeskDatabase(me.member.id);
    const session = new Session(api, first, list, database, hooks);
    await Promise.all([session.drafts.restore(), session.outbox.restore()]);
    // A picture is older than what this device kept: its drafts come with the events that follow.
    if (!("pages" in first)) await session.draftSync.reconcile(first.drafts);
    return session;
  }

  follow(): void {
    this.#stream.start();
    const { signal } = this.#ending;
    const keep = () => this.#keepPicture();
    const timer = setInterval(keep, KEEP_EVERY_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
    // After "pagehide", so that drafts, which are worth more, are on their way first.
    document.addEventListener("visibilitychange", () => document.hidden && keep(), { signal });
  }

  private constructor(
    api: StaffApi,
    first: Desk | Picture,
    list: ListId,
    database: DeskDatabase,
    hooks: SessionHooks,
  ) {
    const picture = "pages" in first ? first : null;
    const desk = "pages" in first ? first.desk : first;
    this.#stale = picture !== null;
    this.api = api;
    this.#hooks = hooks;
    this.#database = database;
    this.store = new DeskStore(desk);
    this.unread = new Unread(this.store, desk, (id) => this.#unseen_marks.has(id));
    this.unseen = new Unseen(this.store, desk);
    this.views = new Views(this.store, api);
    if (picture === null) this.views.adopt(list, desk.page);
    for (const view of VIEWS) {
      const page = picture?.pages[view];
      if (page) this.views.adopt(view, page);
    }
    this.threads = new Threads(this.store, api);
    for (const thread of picture?.threads ?? []) this.threads.adopt(thread);
    this.commands = new Commands(this.store, api, (id, position) => this.unseen.has(id, position));
    this.#tabs = new Tabs(`sapa-desk-${desk.me.member.id}`, (news) => this.#onNews(news));
    const { topics } = this.store;
    this.drafts = new Drafts(database, topics, (draft) =>
      this.#tabs.tell({ kind: "draft", draft }),
    );
    const leaving = createStaffApi({
      fetch: (address, init) => fetch(address, { ...init, keepalive: true }),
    });
    this.draftSync = new DraftSync(this.drafts, api, leaving);
    this.viewers = new Viewers(
      (conversation_id, on) => this.#stream.typing({ conversation_id, on, viewing: true }),
      () => topics.touch(VIEWERS_TOPIC),
    );
    this.quickReplies = new QuickReplies(api, topics, () => this.store.me);
    this.savedViews = new SavedViews(api, topics);
    this.outbox = new Outbox({
      database,
      topics,
      alone,
      tell: () => this.#tabs.tell({ kind: "outbox" }),
      send: (id, message) => api.sendMessage(id, message),
      note: (id, note) => api.addNote(id, note),
      schedule: (id, message) => api.scheduleMessage(id, message),
      onSent: (message, ack) => {
        if (!ack) return;
        const channel = this.store.item(message.conversation_id)?.conversation.channel;
        this.store.putAnswer(
          message.conversation_id,
          entryOf(message, ack, this.store.me.member, channel),
        );
      },
      onRefused: (message, problem) => this.#onRefused(message, problem),
    });
    this.#stream = new EventStream<DeskEvent, DeskTyping>({
      url: "/ws",
      after: desk.position,
      onEvent: (event) => this.#onEvent(event),
      onReset: () => void this.#reload(),
      onStatus: (status) => this.#onStatus(status),
      onTyping: (typing) => this.#onTyping(typing),
      onVisitors: (inbox) => this.#visitor_listeners.forEach((listener) => listener(inbox)),
    });
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** Was connected once and is not now. */
  get offline(): boolean {
    return this.#was_live && this.#status.state !== "live";
  }

  get stale(): boolean {
    return this.#stale;
  }

  /** False once this session was stopped. */
  get running(): boolean {
    return !this.#ending.signal.aborted;
  }

  get caughtUp(): number {
    return this.#caught_up;
  }

  /** Of all tabs this one speaks. */
  get leading(): boolean {
    return this.#tabs.leading;
  }

  /** Each event, for what is loaded later than this; returns how to stop listening. */
  hear(listener: (event: DeskEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where somebody came to a website, left it or went to another page; returns how to stop listening. */
  hearVisitors(listener: (inbox: InboxId) => void): () => void {
    this.#visitor_listeners.add(listener);
    return () => this.#visitor_listeners.delete(listener);
  }

  sayTyping(id: ConversationId, on: boolean): void {
    this.#stream.typing({ conversation_id: id, on });
  }

  /** The customer, or a colleague, who is writing right now. */
  typingIn(id: ConversationId, kind: "contact" | "member"): Author | null {
    return this.#typing.get(typist(id, kind)) ?? null;
  }

  /** The conversation that is open in a tab in front of a person. */
  lookAt(id: ConversationId | null): void {
    if (this.#looking_at === id) return;
    this.#looking_at = id;
    this.viewers.look(id);
    this.#tabs.tell({ kind: "looking", tab: this.#tabs.id, at: id });
  }

  tellPreferences(): void {
    this.#tabs.tell({ kind: "preferences" });
  }

  /** The page may be gone before a disk or a server answers. */
  leavePage(): void {
    // Should it come back, it says again where it is as soon as it is connected.
    this.viewers.look(null);
    void this.drafts.saveAll();
    this.draftSync.leave();
  }

  stop(): void {
    this.#ending.abort();
    clearTimeout(this.#counting);
    this.#keeper.stop();
    this.viewers.stop();
    this.#stream.stop();
    this.outbox.stop();
    this.draftSync.stop();
    void this.drafts.saveAll();
    this.#tabs.close();
  }

  /** Signing out on purpose leaves nothing on this device. */
  async signOut(): Promise<void> {
    await this.api.signOut();
    this.#tabs.tell({ kind: "signed_out" });
    this.stop();
    await Promise.all([this.#database.wipe(), forgetPicture()]);
  }

  #keepPicture(): void {
    if (this.#status.state !== "live" || !this.store.settled) return;
    const position = this.#stream.cursor;
    const pages: Picture["pages"] = {};
    for (const view of VIEWS) {
      const page = this.views.page(view, position);
      if (page) pages[view] = page;
    }
    const threads = this.threads.kept();
    const items = [
      ...Object.values(pages).flatMap((page) => page.items),
      ...threads.flatMap(({ id }) => this.store.item(id) ?? []),
    ];
    const page = { position, items, next_cursor: null, reached: null };
    const { by_inbox: unread_mine, mentioned_in } = this.unread;
    const own = { unread_mine, mentioned_in, unseen_alerts: this.unseen.all };
    const desk = { ...this.store.snapshot(position, own), page };
    this.#keeper.keep({ desk, pages, threads });
  }

  #onEvent(event: DeskEvent): void {
    if (this.unread.isUncertain(event)) this.#countUnread();
    if (event.kind === "draft.saved") void this.draftSync.hear(event);
    else if (isQuickReplyEvent(event)) this.quickReplies.apply(event);
    else if (event.kind === "conversation.updated") this.#onUpdate(event);
    else this.store.apply(event);
    this.unseen.apply(event);
    this.savedViews.apply(event);
    for (const listener of this.#listeners) listener(event);
    if (event.kind === "tag.updated" || event.kind === "inbox.updated") this.views.sortAnew();
    if (this.#status.state !== "live") this.#caught_up += 1;
    if (event.kind === "conversation.read_mark") return this.unread.hearMark(event.data);
    if (event.kind === "conversation.mentioned") return this.#onMentioned(event);
    if (event.kind === "alert.added") {
      const { conversation_id: id } = event.data;
      return this.#looking_at === id ? void this.commands.read(id) : undefined;
    }
    if (event.kind === "conversation.limit_reached") {
      const item = this.store.item(event.data.conversation_id);
      const waiting = waitingOf(event, item, this.#rules());
      return waiting ? this.#hooks.onWaiting(waiting) : undefined;
    }
    if (event.kind === "schedule.failed") {
      void this.draftSync.takeBack(event.data.conversation_id);
      return this.#hooks.onNotSent(event);
    }
    if (event.kind !== "conversation.updated") return;
    const { conversation, entries } = event.data;
    for (const { author } of entries) {
      this.#typing.hear(typist(conversation.id, author.kind), author, false);
    }
    if (entries.some(({ kind }) => kind === "assigned")) this.viewers.askAnew(conversation.id);
    const [item, rules] = [this.store.item(conversation.id), this.#rules()];
    const attention = attentionOf(event, item, rules);
    if (attention) this.#hooks.onAttention(attention);
    const given = givenOf(event, item, rules);
    if (given) this.#hooks.onGiven(given);
  }

  #onMentioned(event: ConversationMentioned): void {
    const rules = this.#rules();
    // The conversation itself follows this event.
    setTimeout(() => {
      const item = this.store.item(event.data.conversation_id);
      const mentioned = mentionOf(event, item, rules);
      if (mentioned && this.running) this.#hooks.onMentioned(mentioned);
    }, MENTION_WAITS_MS);
  }

  #rules(): AttentionRules {
    return {
      me: this.store.me.member.id,
      my_teams: this.store.myTeams,
      paused: (id) => this.store.isPaused(this.store.me.member.id, id),
      live: this.#status.state === "live",
      leading: this.#tabs.leading,
      looked_at: (id) => this.#looking_at === id || this.#tabs.someoneLooksAt(id),
    };
  }

  #onStatus(status: StreamStatus): void {
    this.#status = status;
    if (status.state === "connecting") this.#caught_up = 0;
    if (status.state !== "live") this.#forgetTyping();
    else this.viewers.look(this.#looking_at);
    if (status.state === "live") {
      this.#was_live = true;
      this.#stale = false;
      this.outbox.wake();
      this.draftSync.wake();
      this.views.retry();
      void this.savedViews.retry();
      // Not before there is a connection: what the first picture needs goes first.
      if (!this.quickReplies.ready) void this.quickReplies.load();
      for (const id of this.threads.shown) void this.threads.load(id);
    }
    if (status.state === "signed_out") this.#hooks.onSignedOut();
    this.store.topics.touch(CONNECTION_TOPIC);
  }

  /** Who stopped meanwhile could not be heard. */
  #forgetTyping(): void {
    this.#typing.forget();
    this.viewers.forget();
  }

  /** Only where somebody types is drawn again. */
  #showTyping(who: Typist): void {
    this.store.topics.touch(typingTopic(who.slice(who.indexOf(":") + 1) as ConversationId));
  }

  #onTyping({ conversation_id, author, on, viewing }: DeskTyping): void {
    if (author.id === this.store.me.member.id) return;
    if (viewing) return this.viewers.hear(conversation_id, author, on);
    this.#typing.hear(typist(conversation_id, author.kind), author, on);
  }

  #onRefused(message: Unsent, problem: Problem): void {
    if (!TAKEN_CODES.includes(problem.code)) return;
    void this.#giveBack(message);
    const { by } = problem.params;
    if (by) this.store.noteTaker(message.conversation_id, String(by));
    this.#hooks.onTaken(message, problem);
    void this.threads.refresh(message.conversation_id);
  }

  /** Together with what was to follow it, in one piece. */
  async #giveBack(message: Unsent): Promise<void> {
    const all = await this.outbox.withdraw(message);
    this.drafts.giveBack(message.conversation_id, {
      ...message,
      text: all.map(({ text }) => text).join("\n\n"),
      files: all.flatMap(({ files }) => files),
      card: all.find(({ card }) => card)?.card ?? null,
      ...(message.mentions && { mentions: all.flatMap(({ mentions }) => mentions ?? []) }),
    });
  }

  /** Too far behind, or my rights changed: snapshots anew, the page stays. */
  async #reload(): Promise<void> {
    try {
      const known = this.draftSync.versions();
      const desk = await this.api.desk();
      this.views.reset();
      this.store.reset(desk, new Set(this.threads.shown));
      this.views.adopt("mine", desk.page);
      this.unread.reset(desk);
      this.unseen.reset(desk);
      await this.draftSync.reconcile(desk.drafts, known);
      await this.threads.reset();
      await this.quickReplies.reset();
      await this.savedViews.reset();
    } catch {
      if (this.#status.state === "stopped" || this.#status.state === "signed_out") return;
      setTimeout(() => void this.#reload(), RELOAD_RETRY_MS);
    }
  }

  /** An event says nothing of what I have seen: of one that was not known here, with more in it than is new, it is asked. */
  #onUpdate(event: DeskEvent & { kind: "conversation.updated" }): void {
    const { conversation, entries } = event.data;
    const unknown = this.store.item(conversation.id) === null;
    const news = entries.filter(({ author }) => author.kind === "contact").length;
    const asks = unknown && conversation.inbound_count > news;
    if (asks) this.#unseen_marks.add(conversation.id);
    this.store.apply(event);
    if (asks && this.#unseen_marks.size === 1) void this.#learnMarks();
  }

  /** One after the other. */
  async #learnMarks(): Promise<void> {
    for (const id of this.#unseen_marks) {
      try {
        this.store.putItem((await this.api.conversation(id, this.#ending.signal)).item);
      } catch {
        // It is gone, or the network is: the next answer that has it says what is read.
      }
      this.#unseen_marks.delete(id);
      this.unread.learn(id);
    }
    this.#countUnread();
  }

  /** What happened to a chat that is counted and not loaded here. */
  #countUnread(): void {
    clearTimeout(this.#counting);
    this.#counting = setTimeout(() => {
      const asked = this.api.desk({ view: "mine", limit: 1 }, this.#ending.signal);
      // The next such event asks again.
      asked.then((desk) => this.unread.reset(desk)).catch(() => undefined);
    }, COUNT_WAITS_MS);
  }

  #onNews(news: TabNews): void {
    switch (news.kind) {
      case "outbox":
        return void this.outbox.restore();
      case "draft":
        return this.drafts.hear(news.draft);
      case "preferences":
        return this.#hooks.onPreferences();
      case "signed_out":
        return this.#hooks.onSignedOut();
      case "looking":
        return;
    }
  }
}

type Typist = `${Author["kind"]}:${ConversationId}`;

function typist(id: ConversationId, kind: Author["kind"]): Typist {
  return `${kind}:${id}`;
}
