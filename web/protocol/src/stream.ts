// The event stream: one socket that says hello with a cursor, resumes after every break, and tells the
// caller what happened, once and in order. Used by desk (cookie) and widget (token in hello).
// Must stay true: the cursor moves only after onEvent or onReset returned; a position at or below the
// cursor is dropped; the caller never needs a reload; no wait without a limit.
// Absent: what events mean (reduce.ts) and when a person is "typing" (typing.ts).

import type { InboxId } from "./ids";
import type { ControlFrame, DeskEvent, DeskTyping, VisitorEvent, VisitorTyping } from "./api";

const BACK_OFF_FIRST_MS = 500;
const BACK_OFF_MAX_MS = 30_000;
/** After a restart all clients come back; spread them. */
const RESTART_SPREAD_MS = 1_500;
const OPEN_TIMEOUT_MS = 15_000;
const PING_EVERY_MS = 25_000;
const PONG_TIMEOUT_MS = 10_000;
/** When the tab becomes visible a silent socket may be dead: ask, and wait only briefly. */
const SILENT_AFTER_MS = 5_000;
const WAKE_PONG_TIMEOUT_MS = 3_000;

const CLOSED_RESTART = [1001, 1012];
const CLOSED_SIGNED_OUT = 4401;
const CLOSED_RIGHTS_CHANGED = 4403;
const CLOSED_TOO_SLOW = 4408;
const CLOSED_BY_CLIENT = 1000;

export type StreamStatus =
  | { state: "connecting" }
  /** Connected, and every missed event has been handed over. */
  | { state: "live" }
  /** Not connected; the next attempt is planned. */
  | { state: "waiting"; retry_at: number }
  /** The server refused the credentials; only a new sign-in helps. */
  | { state: "signed_out" }
  | { state: "stopped" };

export type DeskStream = EventStream<DeskEvent, DeskTyping>;
export type VisitorStream = EventStream<VisitorEvent, VisitorTyping>;

export interface StreamOptions<E, T> {
  /** Path or address, for example "/ws". */
  url: string;
  /** Position of the snapshot that the caller already shows. */
  after: number;
  /** The visitor's token; a desk has its cookie. */
  token?: string;
  onEvent(event: E): void;
  /** Snapshots must be loaded anew; following events are newer than `position`. */
  onReset(position: number): void;
  onStatus?(status: StreamStatus): void;
  onTyping?(typing: T): void;
  /** Who is on the website of an inbox changed; what exactly, the list tells. */
  onVisitors?(inbox_id: InboxId): void;
  socket?: (url: string) => WebSocketLike;
  clock?: StreamClock;
  /** Where online, offline and visibilitychange are heard; null: nowhere. */
  page?: StreamPage | null;
}

export interface WebSocketLike {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface StreamClock {
  now(): number;
  random(): number;
  setTimeout(run: () => void, delay_ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface StreamPage {
  listen(heard: (what: "online" | "offline" | "visible") => void): () => void;
}

type Frame<E, T> =
  | ControlFrame
  | (E & { type: "event" })
  | (T & { type: "typing" })
  | { type: "visitors"; inbox_id: InboxId };

const OPEN = 1;

export class EventStream<
  E extends { type: "event"; position: number },
  T extends { type: "typing" },
> {
  #options: StreamOptions<E, T>;
  #clock: StreamClock;
  #cursor: number;
  #socket: WebSocketLike | null = null;
  #status: StreamStatus = { state: "stopped" };
  #failures = 0;
  #heard_at = 0;
  #timers = new Map<"retry" | "open" | "ping" | "pong", unknown>();
  #unlisten: (() => void) | null = null;

  constructor(options: StreamOptions<E, T>) {
    this.#options = options;
    this.#clock = options.clock ?? browserClock;
    this.#cursor = options.after;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get status(): StreamStatus {
    return this.#status;
  }

  start(): void {
    if (this.#status.state !== "stopped" && this.#status.state !== "signed_out") return;
    const page = this.#options.page === undefined ? browserPage() : this.#options.page;
    this.#unlisten ??= page?.listen((what) => this.#onPage(what)) ?? null;
    this.#failures = 0;
    this.#connect();
  }

  stop(): void {
    this.#unlisten?.();
    this.#unlisten = null;
    this.#drop();
    this.#become({ state: "stopped" });
  }

  /** Ephemeral: silently nothing while not connected. */
  typing(what: { conversation_id?: string; on: boolean; viewing?: boolean }): void {
    this.#send({ type: "typing", ...what });
  }

  #connect(): void {
    this.#drop();
    this.#become({ state: "connecting" });
    const socket = (this.#options.socket ?? openSocket)(this.#options.url);
    this.#socket = socket;
    this.#after("open", OPEN_TIMEOUT_MS, () => this.#fail());
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      const { token } = this.#options;
      this.#heard_at = this.#clock.now();
      this.#send({ type: "hello", after: this.#cursor, ...(token === undefined ? {} : { token }) });
    };
    socket.onmessage = (event: { data: unknown }) => {
      if (socket === this.#socket && typeof event.data === "string") this.#onMessage(event.data);
    };
    socket.onclose = (event: { code: number }) => {
      if (socket === this.#socket) this.#onClose(event.code);
    };
  }

  #onMessage(text: string): void {
    this.#heard_at = this.#clock.now();
    this.#clear("pong");
    const frame = parse<Frame<E, T>>(text);
    if (frame === null) return this.#fail();
    switch (frame.type) {
      case "event":
        return this.#onEvent(frame);
      case "position":
        return this.#moveTo(frame.position);
      case "reset":
        this.#options.onReset(frame.position);
        this.#cursor = frame.position;
        return;
      case "ready":
        this.#moveTo(frame.position);
        this.#failures = 0;
        this.#clear("open");
        this.#planPing();
        return this.#become({ state: "live" });
      case "typing":
        return this.#options.onTyping?.(frame);
      case "visitors":
        return this.#options.onVisitors?.(frame.inbox_id);
      case "pong":
        return;
    }
  }

  #onEvent(event: E): void {
    if (event.position <= this.#cursor) return;
    this.#options.onEvent(event);
    this.#moveTo(event.position);
  }

  #moveTo(position: number): void {
    this.#cursor = Math.max(this.#cursor, position);
  }

  #onClose(code: number): void {
    const was_live = this.#status.state === "live";
    if (code === CLOSED_SIGNED_OUT) {
      this.#drop();
      return this.#become({ state: "signed_out" });
    }
    const at_once = code === CLOSED_RIGHTS_CHANGED || code === CLOSED_TOO_SLOW;
    // At once only from a healthy connection: a server that keeps refusing must not be hammered.
    if (at_once && was_live) return this.#connect();
    if (CLOSED_RESTART.includes(code) && was_live) {
      return this.#retryIn(this.#clock.random() * RESTART_SPREAD_MS);
    }
    this.#fail();
  }

  #fail(): void {
    const ceiling = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    // Between half and the whole of the ceiling, so that many clients do not return together.
    this.#retryIn(ceiling * (0.5 + this.#clock.random() / 2));
  }

  #retryIn(delay_ms: number): void {
    this.#drop();
    this.#after("retry", delay_ms, () => this.#connect());
    this.#become({ state: "waiting", retry_at: this.#clock.now() + delay_ms });
  }

  #onPage(what: "online" | "offline" | "visible"): void {
    const { state } = this.#status;
    if (state === "signed_out" || state === "stopped") return;
    if (what === "offline") return this.#fail();
    if (state === "waiting") {
      this.#failures = 0;
      return this.#connect();
    }
    const silent_ms = this.#clock.now() - this.#heard_at;
    if (state === "live" && silent_ms > SILENT_AFTER_MS) this.#ping(WAKE_PONG_TIMEOUT_MS);
  }

  #planPing(): void {
    this.#after("ping", PING_EVERY_MS, () => {
      this.#ping(PONG_TIMEOUT_MS);
      this.#planPing();
    });
  }

  #ping(timeout_ms: number): void {
    this.#send({ type: "ping" });
    this.#after("pong", timeout_ms, () => this.#fail());
  }

  #send(frame: object): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    for (const name of [...this.#timers.keys()]) this.#clear(name);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close(CLOSED_BY_CLIENT);
  }

  #become(status: StreamStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #after(name: "retry" | "open" | "ping" | "pong", delay_ms: number, run: () => void): void {
    this.#clear(name);
    const timer = this.#clock.setTimeout(() => {
      this.#timers.delete(name);
      run();
    }, delay_ms);
    this.#timers.set(name, timer);
  }

  #clear(name: "retry" | "open" | "ping" | "pong"): void {
    this.#clock.clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

function parse<F>(text: string): F | null {
  try {
    return JSON.parse(text) as F;
  } catch {
    return null;
  }
}

function openSocket(url: string): WebSocketLike {
  const address = new URL(url, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return new WebSocket(address) as WebSocketLike;
}

const browserClock: StreamClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (run, delay_ms) => setTimeout(run, delay_ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

function browserPage(): StreamPage {
  return {
    listen(heard) {
      const ending = new AbortController();
      const { signal } = ending;
      addEventListener("online", () => heard("online"), { signal });
      addEventListener("offline", () => heard("offline"), { signal });
      document.addEventListener(
        "visibilitychange",
        () => document.visibilityState === "visible" && heard("visible"),
        { signal },
      );
      return () => ending.abort();
    },
  };
}
