import { beforeEach, describe, expect, it } from "vitest";
import type { DeskEvent, DeskTyping } from "./api";
import { EventStream, type StreamClock, type StreamOptions, type WebSocketLike } from "./stream";

class FakeSocket implements WebSocketLike {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!;
  }

  readyState = 0;
  sent: Record<string, unknown>[] = [];
  closed = false;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close() {
    this.closed = true;
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.onopen?.({} as never);
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) } as never);
  }
  end(code: number) {
    this.readyState = 3;
    this.onclose?.({ code } as never);
  }
}

/** Time stands still until told to pass. */
class FakeClock implements StreamClock {
  time = 0;
  chance = 1;
  #timers = new Map<number, { at: number; run: () => void }>();
  #next = 1;

  now = () => this.time;
  random = () => this.chance;
  setTimeout = (run: () => void, delay_ms: number) => {
    this.#timers.set(this.#next, { at: this.time + delay_ms, run });
    return this.#next++;
  };
  clearTimeout = (timer: unknown) => void this.#timers.delete(timer as number);

  pass(duration_ms: number) {
    const end = this.time + duration_ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { at }]) => at <= end)
        .sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.time = due[1].at;
      due[1].run();
    }
    this.time = end;
  }
}

let clock: FakeClock;
let told: string[];
let page: (what: "online" | "offline" | "visible") => void;

function stream(more: Partial<StreamOptions<DeskEvent, DeskTyping>> = {}) {
  return new EventStream<DeskEvent, DeskTyping>({
    url: "/ws",
    after: 10,
    onEvent: (event) => told.push(`event ${event.position}`),
    onReset: (position) => told.push(`reset ${position}`),
    onStatus: (status) => told.push(status.state),
    onTyping: (typing) => told.push(`typing ${typing.on}`),
    socket: (url) => new FakeSocket(url),
    clock,
    page: {
      listen(heard) {
        page = heard;
        return () => undefined;
      },
    },
    ...more,
  });
}

function live(more: Partial<StreamOptions<DeskEvent, DeskTyping>> = {}) {
  const started = stream(more);
  started.start();
  FakeSocket.last.open();
  FakeSocket.last.say({ type: "ready", position: 10 });
  told = [];
  return started;
}

const event = (position: number) => ({ type: "event", position, kind: "inbox.counters", data: {} });

beforeEach(() => {
  clock = new FakeClock();
  told = [];
  FakeSocket.all = [];
});

describe("hello", () => {
  it("carries the cursor, and the token of a visitor", () => {
    stream().start();
    FakeSocket.last.open();
    expect(FakeSocket.last.sent).toEqual([{ type: "hello", after: 10 }]);
    stream({ token: "secret" }).start();
    FakeSocket.last.open();
    expect(FakeSocket.last.sent).toEqual([{ type: "hello", after: 10, token: "secret" }]);
  });
});

describe("events", () => {
  it("arrive once and move the cursor", () => {
    const events = live();
    for (const position of [11, 11, 12, 11]) FakeSocket.last.say(event(position));
    FakeSocket.last.say({ type: "position", position: 20 });
    FakeSocket.last.say(event(19));
    expect(told).toEqual(["event 11", "event 12"]);
    expect(events.cursor).toBe(20);
  });

  it("resume from the cursor after a break", () => {
    live();
    FakeSocket.last.say(event(15));
    FakeSocket.last.end(1006);
    clock.pass(500);
    FakeSocket.last.open();
    expect(FakeSocket.last.sent).toEqual([{ type: "hello", after: 15 }]);
  });

  it("start over from the position of a reset, also backwards", () => {
    const events = live();
    FakeSocket.last.say({ type: "reset", position: 5 });
    FakeSocket.last.say(event(6));
    expect(told).toEqual(["reset 5", "event 6"]);
    expect(events.cursor).toBe(6);
  });

  it("of a replaced socket are not heard", () => {
    live();
    const old = FakeSocket.last;
    page("offline");
    old.say(event(11));
    expect(told).toEqual(["waiting"]);
    expect(old.closed).toBe(true);
  });

  it("do not move the cursor when the caller fails", () => {
    const events = live({
      onEvent: () => {
        throw new Error("broken screen");
      },
    });
    expect(() => FakeSocket.last.say(event(11))).toThrow("broken screen");
    expect(events.cursor).toBe(10);
  });
});

describe("coming back", () => {
  it("doubles from half a second to thirty, with jitter", () => {
    stream().start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      clock.chance = attempt % 2;
      FakeSocket.last.end(1006);
      const sockets = FakeSocket.all.length;
      const from = clock.time;
      while (FakeSocket.all.length === sockets) clock.pass(50);
      waits.push(clock.time - from);
    }
    expect(waits).toEqual([250, 1000, 1000, 4000, 4000, 16000, 15000, 30000, 15000]);
  });

  it("is at once when the network returns or the tab is shown", () => {
    for (const what of ["online", "visible"] as const) {
      live();
      FakeSocket.last.end(1006);
      const sockets = FakeSocket.all.length;
      page(what);
      expect(FakeSocket.all.length).toBe(sockets + 1);
    }
  });

  it("is at once after changed rights, but not in a circle", () => {
    live();
    FakeSocket.last.end(4403);
    expect(FakeSocket.all.length).toBe(2);
    FakeSocket.last.end(4403);
    expect(FakeSocket.all.length).toBe(2);
    expect(told.at(-1)).toBe("waiting");
  });

  it("spreads after a restart of the server", () => {
    clock.chance = 0.5;
    live();
    FakeSocket.last.end(1012);
    clock.pass(749);
    expect(FakeSocket.all.length).toBe(1);
    clock.pass(1);
    expect(FakeSocket.all.length).toBe(2);
  });

  it("does not happen when signed out or stopped", () => {
    const signed_out = live();
    FakeSocket.last.end(4401);
    clock.pass(100_000);
    page("online");
    expect(signed_out.status).toEqual({ state: "signed_out" });
    expect(FakeSocket.all.length).toBe(1);

    const stopped = live();
    stopped.stop();
    clock.pass(100_000);
    expect(FakeSocket.all.length).toBe(2);
    expect(FakeSocket.last.closed).toBe(true);
  });
});

describe("a silent connection", () => {
  it("is asked and given up", () => {
    live();
    clock.pass(25_000);
    expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "ping" });
    FakeSocket.last.say({ type: "pong" });
    clock.pass(24_999);
    expect(told).toEqual([]);
    clock.pass(10_001);
    expect(told).toEqual(["waiting"]);
  });

  it("is asked as soon as the tab is shown, and given up sooner", () => {
    live();
    clock.pass(6_000);
    page("visible");
    expect(FakeSocket.last.sent.at(-1)).toEqual({ type: "ping" });
    clock.pass(3_000);
    expect(told).toEqual(["waiting"]);
  });

  it("that never becomes ready is given up", () => {
    stream().start();
    FakeSocket.last.open();
    clock.pass(15_000);
    expect(told).toEqual(["connecting", "waiting"]);
  });
});

it("passes typing both ways", () => {
  const events = live();
  events.typing({ conversation_id: "cnv_1", on: true });
  expect(FakeSocket.last.sent.at(-1)).toEqual({
    type: "typing",
    conversation_id: "cnv_1",
    on: true,
  });
  FakeSocket.last.say({ type: "typing", on: true, author: {} });
  expect(told).toEqual(["typing true"]);
});
