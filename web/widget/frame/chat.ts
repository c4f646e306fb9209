// The visitor's conversation as the frame knows it: one state object, one way to change it.
// Must stay true: server news go through reduce.ts only; what was shown before is painted again at once
// on the next visit and then caught up by the stream; receipts only rise; nothing typed is lost.
// Absent: anything drawn. view/ reads `state` and calls the methods.

import {
  applyVisitorEvent,
  applyVisitorNews,
  createVisitorApi,
  ProblemError,
  TypingBoard,
  TypingSender,
  type Ack,
  type Answers,
  type EntryId,
  type InboxId,
  type Limits,
  type StreamStatus,
  type VisitorAuthor,
  type VisitorConversation,
  type VisitorEntry,
  type VisitorEvent,
  type VisitorKnown,
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

export type Connection = "quiet" | "offline" | "connecting" | "back";

export interface ChatState {
  config: WidgetConfig | null;
  away: boolean;
  known: VisitorKnown;
  rows: Row[];
  has_more: boolean;
  older: "idle" | "loading" | "failed";
  connection: Connection;
  typing: VisitorAuthor | null;
  unread: number;
  sound: boolean;
  opened: boolean;
  /** What was said to the visitor before he opened the chat. */
  greeted: string | null;
  /** Share of a message's files already sent, 0 to 1. */
  progress: ReadonlyMap<EntryId, number>;
}

type Timer = "save" | "receipt" | "reload" | "break" | "config";

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
  state: ChatState;

  #inbox_id: InboxId;
  #origin: string;
  #api = createVisitorApi({ authorization: () => this.token && `Bearer ${this.token}` });
  #files: Files | null = null;
  #outbox: Outbox;
  #stream: VisitorStream | null = null;
  #listeners = new Set<() => void>();
  #typing_in = new TypingBoard<"agent", VisitorAuthor>(() => this.#showTyping());
  #typing_out = new TypingSender((on) => this.#stream?.typing({ on }));
  #seen = 0;
  #receipt = { delivered: 0, read: 0 };
  #reported = { delivered: 0, read: 0 };
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
        this.#update({});
        if (!this.#stream) this.#showConnection();
      },
    );
    this.state = {
      config: this.storage.get<WidgetConfig>("config"),
      away: false,
      known: NOTHING,
      rows: [],
      has_more: false,
      older: "idle",
      connection: navigator.onLine ? "quiet" : "offline",
      typing: null,
      unread: 0,
      sound: this.storage.get<boolean>("sound") ?? true,
      opened: false,
      greeted: null,
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

  async start(): Promise<void> {
    void this.loadConfig();
    await chooseLocale(navigator.language, this.state.config?.locale ?? "en");
    this.#recall();
    void this.#outbox.open();
    addEventListener("online", () => this.#outbox.wake());
    addEventListener("online", () => this.#showConnection());
    addEventListener("offline", () => this.#showConnection());
    addEventListener("pagehide", () => this.#save());
    document.addEventListener("visibilitychange", () => this.#see());
    // Another tab of this visitor wrote the first message.
    addEventListener("storage", ({ key }) => {
      if (key?.endsWith(":token") && !this.#stream) void this.#load();
    });
  }

  /** The page kept the token for a frame that may store nothing itself. */
  adopt(token: string): void {
    if (this.token !== null) return;
    this.storage.set("token", token);
    void this.#load();
  }

  setOpened(opened: boolean): void {
    this.#update({ opened });
    this.#see();
  }

  greet(text: string | null): void {
    this.pages.greeted = text;
    this.#update({ greeted: text });
  }

  look(page: HostPage): void {
    this.pages.hear(page, this.#origin);
    this.#update({});
  }

  setSound(sound: boolean): void {
    this.storage.set("sound", sound);
    this.#update({ sound });
  }

  keystroke(empty: boolean): void {
    if (empty) this.#typing_out.stop();
    else this.#typing_out.keystroke();
  }

  async send(text: string, files: OutgoingFile[]): Promise<void> {
    this.#typing_out.stop();
    await this.#outbox.add(text, files);
  }

  retry(id: EntryId): void {
    void this.#outbox.retry(id);
  }

  discard(id: EntryId): void {
    void this.#outbox.remove(id);
  }

  async files(): Promise<Files> {
    const { Files } = await extras();
    return (this.#files ??= new Files(this.#api));
  }

  async loadOlder(): Promise<void> {
    const first = this.state.known.entries[0];
    if (!first || !this.state.has_more || this.state.older === "loading") return;
    this.#update({ older: "loading" });
    try {
      const page = await this.#api.thread({ before: first.position, limit: PAGE_ENTRIES });
      const known = applyVisitorNews(this.state.known, null, page.entries);
      this.#update({ known, has_more: page.has_more, older: "idle" });
    } catch (error) {
      refusal(error);
      this.#update({ older: "failed" });
    }
  }

  // Coming in

  #recall(): void {
    if (this.token === null) return;
    const kept = this.storage.get<Kept>("thread");
    if (!kept) return void this.#load();
    this.#seen = this.#receipt.read = kept.seen;
    const { conversation, entries, has_more } = kept;
    this.#update({ known: { conversation, entries }, has_more });
    void this.#follow(kept.position);
  }

  async loadConfig(failures = 0): Promise<void> {
    try {
      const config = await this.#api.config(this.#inbox_id);
      this.storage.set("config", config);
      await chooseLocale(navigator.language, config.locale);
      this.#update({ config, away: !config.enabled });
    } catch (error) {
      const problem = refusal(error);
      if (problem.temporary) this.#again("config", failures, () => this.loadConfig(failures + 1));
      else this.#update({ away: true });
    }
  }

  /** The newest page, then the stream from there. Also after a reset. */
  async #load(failures = 0): Promise<void> {
    try {
      const { position, conversation, entries, has_more } = await this.#api.thread({
        limit: PAGE_ENTRIES,
      });
      this.#update({ known: { conversation, entries }, has_more });
      if (!this.#stream) void this.#follow(position, failures);
      this.#arrived();
    } catch (error) {
      const problem = refusal(error);
      if (problem.code === "unauthenticated") this.#forget();
      else if (problem.temporary) {
        this.#again("reload", failures, () => this.#load(failures + 1));
      } else this.#update({ away: true });
    }
  }

  async #follow(after: number, failures = 0): Promise<void> {
    const { token } = this;
    const parts = await import("./stream.parts").catch(() => null);
    if (!parts) return this.#again("reload", failures, () => this.#load(failures + 1));
    // Meanwhile somebody else may have begun, or the visitor was forgotten.
    if (token === null || token !== this.token || this.#stream) return;
    this.#stream = new parts.EventStream({
      url: "/w/ws",
      after,
      token,
      onEvent: (event: VisitorEvent) => this.#onEvent(event),
      onReset: () => void this.#load(),
      onStatus: (status) => this.#onStatus(status),
      onTyping: ({ author, on }) => this.#typing_in.hear("agent", author, on),
    });
    this.#stream.start();
  }

  #onEvent(event: VisitorEvent): void {
    const news = event.data.entries.filter(isAnswer);
    const newest = this.#newestAnswer();
    this.#update({ known: applyVisitorEvent(this.state.known, event) });
    if (news.length > 0) this.#typing_in.hear("agent", news[0]!.author, false);
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

  #onStatus(status: StreamStatus): void {
    if (status.state === "signed_out") return this.#forget();
    this.#showConnection();
    if (status.state !== "live") return;
    this.#outbox.wake();
    this.#report();
    this.pages.settle();
  }

  /** The server no longer knows this visitor: begin anew, but keep what is still unsent. */
  #forget(): void {
    this.#stream?.stop();
    this.#stream = null;
    this.storage.remove("token");
    this.storage.remove("thread");
    this.#seen = 0;
    this.#receipt = { delivered: 0, read: 0 };
    this.#reported = { delivered: 0, read: 0 };
    this.#update({ known: NOTHING, has_more: false });
    this.#outbox.wake();
  }

  // Going out

  async #send(message: Outgoing, keep: (message: Outgoing) => Promise<void>): Promise<void> {
    try {
      await this.register();
      await this.#deliver(message, keep);
    } catch (error) {
      const problem = refusal(error);
      if (problem.code !== "unauthenticated") throw error;
      this.#forget();
      await this.register();
      const files = message.files.map((file) => ({ ...file, stored: null }));
      await this.#deliver({ ...message, files }, keep);
    }
  }

  async register(answers: Answers = {}): Promise<void> {
    if (this.token === null) {
      const locale = document.documentElement.lang === "id" ? "id" : "en";
      const body = { inbox_id: this.#inbox_id, origin: this.#origin, locale, answers } as const;
      const { token } = await this.#api.register(body).catch((error: unknown) => {
        // What is asked before the first message may have changed.
        if (!refusal(error).temporary) void this.loadConfig();
        throw error;
      });
      this.storage.set("token", token);
      this.#update({});
    }
    if (!this.#stream) await this.#load();
  }

  async #deliver(message: Outgoing, keep: (message: Outgoing) => Promise<void>): Promise<void> {
    const { id, text } = message;
    const stored =
      message.files.length > 0
        ? await (await this.files()).upload(message, keep, (share) => this.#showProgress(id, share))
        : [];
    const file_ids = stored.map((file) => file.id);
    const { trail } = this.pages;
    const sent_at = Date.now();
    const ack = await this.#api.sendMessage({ id, text, file_ids, trail });
    if (trail) this.pages.told(sent_at);
    if (stored.length > 0) this.#showProgress(id, null);
    this.#update({
      known: applyVisitorNews(this.state.known, null, [acknowledged(ack, text, stored)]),
    });
  }

  // Seen and unseen

  #watching(): boolean {
    return this.state.opened && document.visibilityState === "visible";
  }

  #newestAnswer(): number {
    return this.state.known.entries.findLast(isAnswer)?.position ?? 0;
  }

  #arrived(): void {
    this.#receipt.delivered = Math.max(this.#receipt.delivered, this.#newestAnswer());
    this.#see();
  }

  #see(): void {
    if (this.#watching()) {
      this.#seen = Math.max(this.#seen, this.#newestAnswer());
      this.#receipt.read = Math.max(this.#receipt.read, this.#seen);
    }
    this.#update({});
    this.#timer("receipt", RECEIPT_AFTER_MS, () => this.#report());
  }

  #report(): void {
    const { delivered, read } = this.#receipt;
    if (delivered <= this.#reported.delivered && read <= this.#reported.read) return;
    if (this.token === null) return;
    const before = this.#reported;
    this.#reported = { delivered, read };
    this.#api.receipt({ delivered, read }).catch((error: unknown) => {
      // Asked again with the next answer or when the connection is back.
      if (refusal(error).temporary) this.#reported = before;
    });
  }

  // State

  #update(change: Partial<ChatState>): void {
    const next = { ...this.state, ...change };
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
      this.#typing_in.hear("agent", typing, false);
    }
    if (!navigator.onLine) return this.#update({ connection: "offline" });
    if (state === "live") {
      if (shown === "quiet" || shown === "back") return;
      this.#update({ connection: "back" });
      return this.#timer("break", SHOW_BACK_MS, () => this.#update({ connection: "quiet" }));
    }
    if (shown === "offline") return this.#update({ connection: "connecting" });
    if (shown === "connecting") return;
    this.#timer("break", SHOW_BREAK_AFTER_MS, () => this.#update({ connection: "connecting" }));
  }

  #showTyping(): void {
    this.#update({ typing: this.#typing_in.get("agent") ?? null });
  }

  #showProgress(id: EntryId, share: number | null): void {
    const progress = new Map(this.state.progress);
    if (share === null) progress.delete(id);
    else progress.set(id, share);
    this.#update({ progress });
  }

  #save(): void {
    if (this.token === null || !this.#stream) return;
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
function acknowledged(ack: Ack, text: string, files: VisitorEntry["files"]): VisitorEntry {
  const author = { kind: "visitor", name: null } as const;
  const untouched = {
    quote: null,
    card: null,
    edited: false,
    removed: false,
    ratable: false,
    score: null,
  };
  return { ...ack, kind: "message", author, text, files, ...untouched };
}

/** Anything else than a refusal is a mistake of ours and must be seen. */
function refusal(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  throw error;
}
