// The visitor's conversation as the frame knows it: one state object, one way to change it.
// Must stay true: server news go through reduce.ts only; what was shown before is painted again at once
// on the next visit and then caught up by the stream; receipts only rise; nothing typed is lost.
// Absent: anything drawn. view/ reads `state` and calls the methods.

import {
  applyVisitorEvent,
  applyVisitorNews,
  createVisitorApi,
  ProblemError,
  unreachable,
  type Ack,
  type Answers,
  type EntryId,
  type InboxId,
  type Limits,
  type Locale,
  type StreamStatus,
  type TypingBoard,
  type TypingSender,
  type VisitorAuthor,
  type VisitorConversation,
  type VisitorEntry,
  type VisitorEvent,
  type VisitorKnown,
  type VisitorQuote,
  type VisitorStream,
  type WidgetConfig,
} from "@sapa/protocol";
import { extras } from "./extras";
import type { Files } from "./files";
import { chooseLocale } from "./i18n";
import { Outbox, type Outgoing, type OutgoingFile } from "./outbox";
import { Storage } from "./storage";
import type { HostPage } from "../bridge";
import { Pages } from "./pages";
import { timeline, type Row } from "./timeline";

const KEPT_ENTRIES = 30;
const PAGE_ENTRIES = 30;
const SAVE_AFTER_MS = 300;
const RECEIPT_AFTER_MS = 150;
const RELOAD_FIRST_MS = 1_000;
const RELOAD_MAX_MS = 30_000;
/** Short breaks pass unnoticed. */
const SHOW_BREAK_AFTER_MS = 2_000;
const SHOW_BACK_MS = 2_000;
/** A page that knows who is there says so soon after it loaded. */
const PAGE_SAYS_WITHIN_MS = 5_000;

/** How the site calls whom this browser's session belongs to, once he proved it (identity.ts). */
export const PERSON = "person";
/** What the composer keeps. */
export const DRAFT = "draft";
const QUOTE = "quote";

export type Connection = "quiet" | "offline" | "connecting" | "back";

export interface ChatState {
  config: WidgetConfig | null;
  /** This visitor is offered no chat. */
  gone: boolean;
  /** Nor is anybody, or not he. */
  away?: boolean;
  known: VisitorKnown;
  rows: Row[];
  has_more: boolean;
  older: "idle" | "loading" | "failed";
  connection: Connection;
  typing: VisitorAuthor | null;
  unread: number;
  sound: boolean;
  opened: boolean;
  /** What is kept may be somebody's: nothing of it is shown or sent before the page had its say. */
  held: boolean;
  /** What was said to the visitor before he opened the chat. */
  greeted: string | null;
  /** What the next message answers. */
  quote: VisitorQuote | null;
  /** Share of a message's files already sent, 0 to 1. */
  progress: ReadonlyMap<EntryId, number>;
}

type Timer = "save" | "receipt" | "reload" | "break" | "config" | "held";

interface Kept {
  position: number;
  conversation: VisitorConversation | null;
  entries: readonly VisitorEntry[];
  has_more: boolean;
  seen: number;
}

const NOTHING: VisitorKnown = { conversation: null, entries: [] };

export class Chat {
  readonly storage: Storage;
  readonly pages: Pages;
  /** Grows when somebody else comes to this browser: what was typed goes with the one before. */
  turn = 0;
  /** Whether an answer is on screen, as the thread knows. */
  isShown: ((id: EntryId) => boolean) | undefined;
  /** The server is being asked who he is: another token may come. */
  proving: Promise<unknown> = Promise.resolve();
  state: ChatState;

  #inbox_id: InboxId;
  #origin: string;
  #api = createVisitorApi({ authorization: () => this.token && `Bearer ${this.token}` });
  #files: Files | null = null;
  #outbox: Outbox;
  #stream: VisitorStream | null = null;
  /** The token of what is shown. */
  #followed: string | null = null;
  #listeners = new Set<() => void>();
  #typing_in: TypingBoard<"agent", VisitorAuthor> | null = null;
  #typing_out: TypingSender | null = null;
  #seen = 0;
  /** The thread that was shown is over, and what is there now is not known yet. */
  #stale = false;
  #delivered = 0;
  /** Both together: each only rises. */
  #reported = 0;
  #timers: Partial<Record<Timer, number>> = {};

  constructor(inbox_id: InboxId, origin: string) {
    this.#inbox_id = inbox_id;
    this.#origin = origin;
    this.storage = new Storage(inbox_id);
    this.pages = new Pages(
      this.storage,
      () => ({
        config: this.state.config,
        open: this.state.known.conversation?.status === "open",
        known: this.token !== null,
      }),
      (page) => this.#api.look(page),
    );
    this.#outbox = new Outbox(
      inbox_id,
      (message, keep) => this.#send(message, keep),
      () => {
        this.update({});
        if (!this.#stream) this.#showConnection();
      },
    );
    this.state = {
      config: this.storage.get<WidgetConfig>("config"),
      gone: this.storage.get("thread") === false,
      known: NOTHING,
      rows: [],
      has_more: false,
      older: "idle",
      connection: navigator.onLine ? "quiet" : "offline",
      typing: null,
      unread: 0,
      sound: this.storage.get<boolean>("sound") ?? true,
      opened: false,
      held: true,
      greeted: null,
      quote: this.storage.get<VisitorQuote>(QUOTE),
      progress: new Map(),
    };
  }

  /** Unknown until the first configuration arrived; the server refuses anyway. */
  get limits(): Limits | undefined {
    return this.state.config?.limits;
  }

  get token(): string | null {
    return this.storage.get<string>("token");
  }

  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** `alone`: there is no page that could say who is there. */
  async start(alone = true): Promise<void> {
    void this.loadConfig();
    await chooseLocale(navigator.language, this.state.config?.locale ?? "en");
    if (alone || this.storage.get(PERSON) === null) this.#goOn();
    else this.#hold();
    addEventListener("online", () => {
      this.#outbox.wake();
      this.#showConnection();
    });
    addEventListener("offline", () => this.#showConnection());
    addEventListener("pagehide", () => this.#save());
    document.addEventListener("visibilitychange", () => this.see());
    // Another tab wrote the first message, or its page said who the visitor is.
    addEventListener("storage", ({ key, oldValue }) => {
      if (key?.endsWith(`:${PERSON}`) && oldValue !== null) this.#putAway();
      else if (key?.endsWith(":token") && this.token !== this.#followed) this.#begin();
    });
  }

  /** What the page keeps for a frame that may store nothing itself. */
  get souvenir(): string {
    const person = this.storage.get<string>(PERSON);
    return (this.token ?? "") + (person === null ? "" : `,${encodeURIComponent(person)}`);
  }

  adopt(souvenir: string): void {
    if (this.token !== null) return;
    const [token, person] = souvenir.split(",");
    this.storage.set("token", token);
    if (person === undefined) return void this.#load();
    this.storage.set(PERSON, decodeURIComponent(person));
    this.#hold();
  }

  /** The page says who is there; nothing: nobody. Whether it is true, identity.ts asks the server. */
  identify(told: unknown): void {
    const person = this.storage.get<string>(PERSON);
    if (person !== null && subjectOf(told) !== person) this.#leave();
    this.#goOn();
  }

  #hold(): void {
    this.update({ held: true });
    this.#timer("held", PAGE_SAYS_WITHIN_MS, () => this.#goOn());
  }

  /** With what is kept: the page had its say, or has none. */
  #goOn(): void {
    if (!this.state.held) return;
    clearTimeout(this.#timers.held);
    this.update({ held: false });
    this.#recall();
    void this.#outbox.open();
  }

  /** The session ends here and at the server, and nothing of it is left for who comes. */
  #leave(): void {
    this.#api.forget().catch(() => undefined);
    for (const name of [DRAFT, PERSON, "token", "thread"]) this.storage.remove(name);
    this.#putAway();
  }

  /** What this tab has of it. */
  #putAway(): void {
    this.pages.told(Date.now());
    void this.#outbox.clear();
    this.turn += 1;
    this.#begin();
  }

  /** Another session in this browser: of somebody who proved who he is, or none. */
  become(token: string | null): void {
    if (token) this.storage.set("token", token);
    else this.storage.remove("token");
    this.storage.remove("thread");
    this.#begin();
  }

  setOpened(opened: boolean): void {
    this.update({ opened });
    this.see();
  }

  greet(text: string | null): void {
    this.pages.greeted = text;
    this.update({ greeted: text });
  }

  look(page: HostPage): void {
    this.pages.hear(page, this.#origin);
    this.update({});
  }

  setSound(sound: boolean): void {
    this.storage.set("sound", sound);
    this.update({ sound });
  }

  keystroke(empty: boolean): void {
    if (empty) this.#typing_out?.stop();
    else this.#typing_out?.keystroke();
  }

  async send(text: string, files: OutgoingFile[]): Promise<void> {
    this.#typing_out?.stop();
    const { quote } = this.state;
    this.answer(null);
    await this.#outbox.add(text, files, quote);
  }

  /** Kept at once, as the draft is. */
  answer(quote: VisitorQuote | null): void {
    this.storage.set(QUOTE, quote);
    this.update({ quote });
  }

  retry(id: EntryId): void {
    void this.#outbox.retry(id);
  }

  discard(id: EntryId): void {
    void this.#outbox.remove(id);
  }

  async files(): Promise<Files> {
    const { Files } = await extras();
    return (this.#files ??= new Files(this));
  }

  loadOlder(): void {
    const { has_more, older } = this.state;
    if (!has_more || older === "loading") return;
    this.update({ older: "loading" });
    extras().then(
      ({ loadOlder }) => loadOlder(this),
      () => this.update({ older: "failed" }),
    );
  }

  // Coming in

  #recall(): void {
    if (this.token === null) return;
    const kept = this.storage.get<Kept>("thread");
    if (!kept) return void this.#load();
    this.#seen = kept.seen;
    const { conversation, entries, has_more } = kept;
    this.update({ known: { conversation, entries }, has_more });
    void this.#follow(kept.position);
  }

  async loadConfig(failures = 0): Promise<void> {
    try {
      const config = await this.#api.config(this.#inbox_id, navigator.language);
      this.storage.set("config", config);
      await chooseLocale(navigator.language, config.locale);
      this.update({ config });
    } catch (error) {
      const problem = refusal(error);
      if (problem.temporary) this.#again("config", failures, () => this.loadConfig(failures + 1));
      else this.update({ gone: true });
    }
  }

  /** The newest page, then the stream from there. Also after a reset. */
  async #load(failures = 0): Promise<void> {
    const { token } = this;
    try {
      const { position, conversation, entries, has_more, read_position } = await this.#api.thread({
        limit: PAGE_ENTRIES,
      });
      if (token !== this.token) return;
      // What came meanwhile may be newer than this answer.
      if (this.#stale && (this.#stream?.cursor ?? 0) > position) return this.#load();
      this.#stale = false;
      if (!conversation) this.#unsee();
      // Also in another browser, or before he was shut out.
      this.#seen = Math.max(this.#seen, read_position);
      this.update({ known: { conversation, entries }, has_more, gone: false });
      if (!this.#stream) void this.#follow(position, failures);
      this.#arrived();
    } catch (error) {
      const problem = refusal(error);
      if (problem.code === "unauthenticated") void this.#lose(token);
      else if (problem.temporary) {
        this.#again("reload", failures, () => this.#load(failures + 1));
      } else this.#shut();
    }
  }

  async #follow(after: number, failures = 0): Promise<void> {
    const { token } = this;
    const parts = await import("./stream.parts").catch(() => null);
    if (!parts) return this.#again("reload", failures, () => this.#load(failures + 1));
    // Meanwhile somebody else may have begun, or the visitor was forgotten.
    if (token === null || token !== this.token || this.#stream) return;
    this.#followed = token;
    this.#typing_in ??= new parts.TypingBoard(() => this.#showTyping());
    this.#typing_out ??= new parts.TypingSender((on) => this.#stream?.typing({ on }));
    this.#stream = new parts.EventStream({
      url: "/w/ws",
      after,
      token,
      onEvent: (event: VisitorEvent) => this.#onEvent(event),
      onReset: () => void this.#load(),
      onStatus: (status) => this.#onStatus(status, token),
      onTyping: ({ author, on }) => this.#typing_in?.hear("agent", author, on),
    });
    this.#stream.start();
  }

  #onEvent(event: VisitorEvent): void {
    // Shut out, deleted or put back, which the server tells; and what was said while he was shut out never came.
    if (this.#stale) return;
    if (event.kind === "inbox.attended")
      return this.update({ config: { ...this.state.config!, ...event.data } });
    if (event.kind === "thread.gone" || this.state.gone) return this.#renew();
    const news = event.data.entries.find(isAnswer);
    const newest = this.#newestAnswer();
    this.update({ known: applyVisitorEvent(this.state.known, event) });
    if (news) this.#typing_in?.hear("agent", news.author, false);
    for (const entry of event.data.entries) void this.#outbox.remove(entry.id);
    this.#arrived();
    const unseen = !this.#watching() && this.#newestAnswer() > newest;
    if (unseen && this.state.sound && this.#stream?.status.state === "live") {
      extras().then(
        ({ chime }) => chime(),
        () => undefined,
      );
    }
  }

  /** What is shown is over: none of it stays, and nothing that comes is laid upon it. */
  #renew(): void {
    this.#stale = true;
    this.storage.remove("thread");
    this.update({ known: NOTHING, has_more: false });
    void this.#load();
  }

  /** The next page begins with it, and asks anew. */
  #shut(): void {
    this.#stale = false;
    this.storage.set("thread", false);
    this.update({ gone: true });
  }

  #onStatus(status: StreamStatus, token: string): void {
    if (status.state === "signed_out") return void this.#lose(token);
    this.#showConnection();
    if (status.state !== "live") return;
    this.#outbox.wake();
    this.#report();
    this.pages.settle();
  }

  /** The server no longer knows the token: begin anew, unless another one came meanwhile. */
  async #lose(token: string | null): Promise<void> {
    await this.proving;
    if (token === this.token) this.become(null);
  }

  /** With the token as it is now, and with what is still unsent. */
  #begin(): void {
    this.#stream?.stop();
    this.#stream = null;
    this.#followed = null;
    this.#stale = false;
    this.#unsee();
    this.answer(null);
    this.update({ known: NOTHING, has_more: false, older: "idle", gone: false });
    if (this.token !== null && !this.state.held) void this.#load();
    this.#outbox.wake();
  }

  /** Of a thread that is not there nothing was seen: another one counts from one again. */
  #unsee(): void {
    this.#seen = this.#delivered = this.#reported = 0;
  }

  // Going out

  async #send(message: Outgoing, keep: (message: Outgoing) => Promise<void>): Promise<void> {
    let { token } = this;
    try {
      await this.register();
      ({ token } = this);
      await this.#deliver(message, keep);
    } catch (error) {
      const { code } = refusal(error);
      // What it answers is of another conversation by now; the words are not lost for that.
      const quote = null;
      if (code === "quote_unknown") return this.#deliver({ ...message, quote }, keep);
      if (code !== "unauthenticated") throw error;
      // Of whom it was, he is gone.
      if (!this.#outbox.find(message.id)) return;
      await this.#lose(token);
      await this.register();
      const files = message.files.map((file) => ({ ...file, stored: null }));
      await this.#deliver({ ...message, files, quote }, keep);
    }
  }

  async register(answers: Answers = {}): Promise<void> {
    await this.proving;
    if (this.token === null) {
      const body = { ...this.newcomer, answers };
      const { token } = await this.#api.register(body).catch((error: unknown) => {
        // What is asked before the first message may have changed.
        if (!refusal(error).temporary) void this.loadConfig();
        throw error;
      });
      // Meanwhile he may have proved who he is.
      if (this.token === null) this.storage.set("token", token);
      this.update({});
    }
    if (!this.#stream) await this.#load();
  }

  /** What a visitor is made of. */
  get newcomer() {
    const locale: Locale = document.documentElement.lang === "id" ? "id" : "en";
    return { inbox_id: this.#inbox_id, origin: this.#origin, locale };
  }

  async #deliver(message: Outgoing, keep: (message: Outgoing) => Promise<void>): Promise<void> {
    const { id, text, quote } = message;
    const { token } = this;
    const stored = message.files.length > 0 ? await (await this.files()).upload(message, keep) : [];
    const file_ids = stored.map((file) => file.id);
    const { trail } = this.pages;
    // Of whom it was, he is gone; or he is somebody else now, which another tab may tell in a moment.
    if (!this.#outbox.find(id)) return;
    if (token !== this.token) throw unreachable();
    const sent_at = Date.now();
    const ack = await this.#api.sendMessage({ id, text, file_ids, quote: quote?.id, trail });
    if (token !== this.token) return;
    if (trail) this.pages.told(sent_at);
    this.update({
      known: applyVisitorNews(this.state.known, null, [acknowledged(ack, message, stored)]),
    });
  }

  // Seen and unseen

  #watching(): boolean {
    return this.state.opened && document.visibilityState === "visible";
  }

  #newestAnswer(among = (_: EntryId) => true): number {
    const { entries } = this.state.known;
    return entries.findLast((entry) => isAnswer(entry) && among(entry.id))?.position ?? 0;
  }

  #arrived(): void {
    this.#delivered = Math.max(this.#delivered, this.#newestAnswer());
    this.see();
  }

  /** What is on screen before a person counts as read, and nothing below it. */
  see(): void {
    const seen = this.#newestAnswer(this.isShown);
    if (seen > this.#seen && this.#watching()) {
      this.#seen = seen;
      this.update({});
    }
    this.#timer("receipt", RECEIPT_AFTER_MS, () => this.#report());
  }

  #report(): void {
    const [delivered, read] = [this.#delivered, this.#seen];
    const before = this.#reported;
    if (delivered + read <= before || this.token === null) return;
    this.#reported = delivered + read;
    this.#api.receipt({ delivered, read }).catch((error: unknown) => {
      // Asked again with the next answer or when the connection is back.
      if (refusal(error).temporary) this.#reported = before;
    });
  }

  // State

  /** For what is loaded later, too. */
  update(change: Partial<ChatState>): void {
    const next = { ...this.state, ...change };
    next.away = next.gone || next.config?.enabled === false;
    next.rows = timeline(next.known, this.#outbox.messages);
    next.unread = next.known.entries.filter(
      (entry) => isAnswer(entry) && entry.position > this.#seen,
    ).length;
    this.state = next;
    if (change.known) this.#timer("save", SAVE_AFTER_MS, () => this.#save());
    for (const listener of this.#listeners) listener();
  }

  #showConnection(): void {
    clearTimeout(this.#timers.break);
    const shown = this.state.connection;
    // Before the first message there is no stream that could tell.
    const state = this.#stream?.status.state ?? (this.#outbox.stuck ? "connecting" : "live");
    const { typing } = this.state;
    // Who stopped meanwhile could not be heard.
    if (typing && !(navigator.onLine && state === "live")) {
      this.#typing_in?.hear("agent", typing, false);
    }
    if (!navigator.onLine) return this.update({ connection: "offline" });
    if (state === "live") {
      if (shown === "quiet" || shown === "back") return;
      this.update({ connection: "back" });
      return this.#timer("break", SHOW_BACK_MS, () => this.update({ connection: "quiet" }));
    }
    if (shown === "offline") return this.update({ connection: "connecting" });
    if (shown === "connecting") return;
    this.#timer("break", SHOW_BREAK_AFTER_MS, () => this.update({ connection: "connecting" }));
  }

  #showTyping(): void {
    this.update({ typing: this.#typing_in?.get("agent") ?? null });
  }

  #save(): void {
    if (this.token === null || !this.#stream || this.state.gone || this.#stale) return;
    const { conversation, entries } = this.state.known;
    const kept: Kept = {
      position: this.#stream.cursor,
      conversation,
      entries: entries.slice(-KEPT_ENTRIES),
      has_more: this.state.has_more || entries.length > KEPT_ENTRIES,
      seen: this.#seen,
    };
    this.storage.set("thread", kept);
  }

  #again(name: "reload" | "config", failures: number, run: () => void): void {
    this.#timer(name, Math.min(RELOAD_MAX_MS, RELOAD_FIRST_MS * 2 ** failures), run);
  }

  #timer(name: Timer, delay_ms: number, run: () => void): void {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = window.setTimeout(run, delay_ms);
  }
}

function isAnswer(entry: VisitorEntry): boolean {
  return entry.kind === "message" && entry.author.kind === "agent";
}

/** The entry as its event will bring it, so that the bubble never disappears in between. */
function acknowledged(
  ack: Ack,
  { text, quote = null }: Outgoing,
  files: VisitorEntry["files"],
): VisitorEntry {
  const author = { kind: "visitor", name: null } as const;
  const untouched = {
    card: null,
    edited: false,
    removed: false,
    ratable: false,
    score: null,
  };
  return { ...ack, kind: "message", author, text, files, quote, ...untouched };
}

/** Of whom the token speaks, as its bytes say it. The server alone decides whether it is true. */
export function subjectOf(told: unknown): string {
  try {
    const body = String(told).split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/");
    return String((JSON.parse(atob(body)) as { sub?: unknown }).sub);
  } catch {
    return "";
  }
}

/** Anything else than a refusal is a mistake of ours and must be seen. */
function refusal(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  throw error;
}
