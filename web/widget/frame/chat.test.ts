// The whole controller against a small server: real REST client, real stream, stubbed fetch and socket.

import type { VisitorConversation, VisitorEntry, VisitorQuote } from "@sapa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "./chat";
// Loaded before: with the tests' clock nothing waits for a real file.
import "./stream.parts";
import type { BubbleRow } from "./timeline";

const INBOX = "inb_0192aaaaaaaa7aaa8aaaaaaaaaaaaaaa";
const CONVERSATION: VisitorConversation = {
  id: "cnv_1",
  status: "open",
  revision: 1,
  staff_read_position: 0,
  agent: null,
};

interface Request {
  call: string;
  body: unknown;
}

let requests: Request[];
let sockets: FakeSocket[];
let answer: (request: Request) => { status: number; body: unknown };
let position: number;

class FakeSocket {
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: Record<string, unknown>[] = [];

  constructor() {
    sockets.push(this);
    queueMicrotask(() => this.onopen?.());
  }
  send(text: string) {
    const frame = JSON.parse(text) as Record<string, unknown>;
    this.sent.push(frame);
    if (frame["type"] === "hello") this.say({ type: "ready", position });
  }
  close() {
    this.readyState = 3;
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function serve({ call, body }: Request): { status: number; body: unknown } {
  if (call.startsWith("GET /w/api/v1/inboxes/")) {
    const limits = {
      message_characters: 2_000,
      message_bytes: 8_000,
      message_files: 10,
      file_bytes: 9,
    };
    const config = {
      inbox_id: INBOX,
      title: "Shop",
      greeting: "Hi",
      color: "#0B6E69",
      locale: "en",
    };
    return { status: 200, body: { ...config, limits, enabled: true } };
  }
  if (call === "POST /w/api/v1/visitors") {
    return { status: 201, body: { visitor_id: "vis_1", token: "secret" } };
  }
  if (call.startsWith("GET /w/api/v1/thread")) {
    return {
      status: 200,
      body: { position, conversation: null, entries: [], has_more: false, read_position: 0 },
    };
  }
  if (call === "POST /w/api/v1/messages") {
    position += 1;
    const { id } = body as { id: string };
    return {
      status: 201,
      body: { id, conversation_id: "cnv_1", position, at: Date.now(), revision: position },
    };
  }
  return { status: 204, body: null };
}

function answered(text: string): object {
  position += 1;
  const entry: VisitorEntry = {
    id: `ent_${position}`,
    position,
    at: Date.now(),
    kind: "message",
    author: { kind: "agent", name: "Dewi" },
    revision: position,
    text,
    files: [],
    quote: null,
    card: null,
    edited: false,
    removed: false,
    ratable: false,
    score: null,
  };
  const conversation = { ...CONVERSATION, revision: position };
  return {
    type: "event",
    position,
    kind: "thread.updated",
    data: { conversation, entries: [entry] },
  };
}

function gone(): object {
  position += 1;
  const data = { conversation_id: "cnv_1" };
  return { type: "event", position, kind: "thread.gone", data };
}

const settle = () => vi.advanceTimersByTimeAsync(500);
const calls = (part: string) => requests.filter(({ call }) => call.includes(part));
const bubbles = (chat: Chat) =>
  chat.state.rows.filter((row): row is BubbleRow => row.row === "bubble");

async function started(): Promise<Chat> {
  const chat = new Chat(INBOX, "https://shop.example");
  await chat.start();
  chat.setOpened(true);
  await settle();
  return chat;
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  requests = [];
  sockets = [];
  position = 100;
  answer = serve;
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("fetch", (input: URL | string, init?: RequestInit) => {
    const path = String(input);
    if (path.endsWith(".json")) return Promise.resolve(new Response("{}"));
    const body: unknown = init?.body ? JSON.parse(String(init.body)) : null;
    const request = { call: `${init?.method} ${path}`, body };
    requests.push(request);
    const { status, body: answered } = answer(request);
    return Promise.resolve(
      new Response(status === 204 ? null : JSON.stringify(answered), { status }),
    );
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a new visitor", () => {
  it("is registered by the first message, not before", async () => {
    const chat = await started();
    expect(calls("/visitors")).toEqual([]);
    expect(sockets).toEqual([]);
    await chat.send("Hello", []);
    await settle();
    expect(calls("/visitors").map(({ body }) => body)).toEqual([
      { inbox_id: INBOX, origin: "https://shop.example", locale: "en", answers: {} },
    ]);
    expect(sockets[0]?.sent[0]).toEqual({ type: "hello", after: 100, token: "secret" });
    expect(bubbles(chat).map(({ text, tick }) => [text, tick])).toEqual([["Hello", "sent"]]);
  });
});

describe("an answer", () => {
  it("is shown, counted while unseen, and reported as delivered and read", async () => {
    const chat = await started();
    await chat.send("Hello", []);
    await settle();
    chat.setOpened(false);
    sockets[0]!.say(answered("Good morning"));
    await settle();
    expect(chat.state.unread).toBe(1);
    expect(calls("/receipt").at(-1)?.body).toEqual({ delivered: position, read: 0 });
    chat.setOpened(true);
    await settle();
    expect(chat.state.unread).toBe(0);
    expect(calls("/receipt").at(-1)?.body).toEqual({ delivered: position, read: position });
  });

  it("counts as read once it was on screen, and what is below it does not", async () => {
    const chat = await started();
    await chat.send("Hello", []);
    await settle();
    let shown = "";
    chat.isShown = (id) => id === shown;
    const first = answered("Good morning") as { position: number };
    sockets[0]!.say(first);
    sockets[0]!.say(answered("Below the fold"));
    await settle();
    expect(chat.state.unread).toBe(2);
    expect(calls("/receipt").at(-1)?.body).toEqual({ delivered: position, read: 0 });

    shown = `ent_${first.position}`;
    chat.see();
    await settle();
    expect(chat.state.unread).toBe(1);
    expect(calls("/receipt").at(-1)?.body).toEqual({ delivered: position, read: first.position });
  });

  // C15
  it("that was read before is not counted again, whatever this browser still knows", async () => {
    const chat = await started();
    chat.setOpened(false);
    await chat.send("Hello", []);
    await settle();
    const { data } = answered("Good morning") as { data: { entries: VisitorEntry[] } };
    const { data: later } = answered("One more") as { data: { entries: VisitorEntry[] } };
    answer = (request) => {
      if (!request.call.includes("/thread")) return serve(request);
      const entries = [...data.entries, ...later.entries];
      const read_position = data.entries[0]!.position;
      return {
        status: 200,
        body: { position, conversation: CONVERSATION, entries, has_more: false, read_position },
      };
    };
    sockets[0]!.say(gone());
    await settle();
    expect(bubbles(chat)).toHaveLength(2);
    expect(chat.state.unread).toBe(1);
  });

  it("is there again on the next visit, before the network", async () => {
    const first = await started();
    await first.send("Hello", []);
    await settle();
    sockets[0]!.say(answered("Good morning"));
    await settle();
    const before = requests.length;
    const second = new Chat(INBOX, "https://shop.example");
    await second.start();
    expect(bubbles(second).map(({ text }) => text)).toEqual(["Hello", "Good morning"]);
    expect(second.state.unread).toBe(0);
    await settle();
    expect(requests.slice(before).some(({ call }) => call.includes("/thread"))).toBe(false);
    expect(sockets[1]?.sent[0]).toMatchObject({ type: "hello", after: position });
  });
});

// R130
describe("a quote", () => {
  const quote: VisitorQuote = {
    id: "ent_50",
    author: { kind: "agent", name: "Dewi" },
    text: "Gayo or Mandheling?",
    files: 0,
  };
  const sent = () => calls("/messages").map(({ body }) => (body as { quote?: string }).quote);

  it("waits over a reload, goes with one message and stays on it", async () => {
    (await started()).answer(quote);
    const chat = await started();
    expect(chat.state.quote).toEqual(quote);
    await chat.send("Gayo", []);
    await settle();
    await chat.send("Two bags", []);
    await settle();
    expect(sent()).toEqual(["ent_50", undefined]);
    expect(bubbles(chat).map((row) => row.quote)).toEqual([quote, null]);
    expect((await started()).state.quote).toBeNull();
  });

  it("is shown with its message while that waits for the network", async () => {
    const chat = await started();
    answer = ({ call, body }) =>
      call.includes("/messages")
        ? { status: 503, body: { type: "", title: "", status: 503, code: "busy", params: {} } }
        : serve({ call, body });
    chat.answer(quote);
    await chat.send("Gayo", []);
    await settle();
    expect(bubbles(chat).map((row) => [row.tick, row.quote])).toEqual([["sending", quote]]);
    answer = serve;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent().at(-1)).toBe("ent_50");
    expect(bubbles(chat).map((row) => [row.tick, row.quote])).toEqual([["sent", quote]]);
  });

  it("of another conversation is left out, the words are not", async () => {
    const chat = await started();
    const problem = { type: "", title: "", status: 422, code: "quote_unknown", params: {} };
    answer = ({ call, body }) =>
      call.includes("/messages") && (body as { quote?: string }).quote
        ? { status: 422, body: problem }
        : serve({ call, body });
    chat.answer(quote);
    await chat.send("Gayo", []);
    await settle();
    expect(bubbles(chat).map((row) => [row.text, row.tick, row.quote])).toEqual([
      ["Gayo", "sent", null],
    ]);
  });

  it("goes with whom it was for", async () => {
    const chat = await started();
    chat.answer(quote);
    chat.become(null);
    expect([chat.state.quote, chat.storage.get("quote")]).toEqual([null, null]);
  });
});

describe("a session that somebody proved", () => {
  const token = (sub: string) => `a.${btoa(JSON.stringify({ sub }))}.b`;

  async function kept(): Promise<Chat> {
    const first = await started();
    await first.send("Hello", []);
    await settle();
    first.storage.set("person", "1");
    requests = [];
    const chat = new Chat(INBOX, "https://shop.example");
    await chat.start(false);
    await settle();
    return chat;
  }

  it("shows and asks nothing before the page says that it is him", async () => {
    const chat = await kept();
    expect([chat.state.held, bubbles(chat), sockets.length]).toEqual([true, [], 1]);
    expect(calls("/thread")).toEqual([]);
    chat.identify(token("1"));
    expect(bubbles(chat).map(({ text }) => text)).toEqual(["Hello"]);
  });

  it("is put away unseen when the page names somebody else, or nobody", async () => {
    for (const told of [token("2"), null]) {
      const chat = await kept();
      const shown: number[] = [];
      chat.subscribe(() => shown.push(bubbles(chat).length));
      chat.identify(told);
      await settle();
      expect([chat.token, chat.state.held, Math.max(...shown)]).toEqual([null, false, 0]);
      expect(calls("/identity")).toHaveLength(1);
      sockets = [];
    }
  });

  it("goes on where the page says nothing", async () => {
    const chat = await kept();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(bubbles(chat).map(({ text }) => text)).toEqual(["Hello"]);
  });

  it("is put away here too when he leaves in another tab", async () => {
    const chat = await kept();
    chat.identify(token("1"));
    answer = ({ call, body }) =>
      call.includes("/messages")
        ? { status: 503, body: { type: "", title: "", status: 503, code: "busy", params: {} } }
        : serve({ call, body });
    await chat.send("Mine", []);
    await settle();
    const { turn } = chat;
    for (const name of ["person", "token", "thread"]) chat.storage.remove(name);
    dispatchEvent(new StorageEvent("storage", { key: `sapa:${INBOX}:person`, oldValue: '"1"' }));
    answer = serve;
    requests = [];
    await vi.advanceTimersByTimeAsync(60_000);
    expect([bubbles(chat), chat.turn]).toEqual([[], turn + 1]);
    expect([...calls("/visitors"), ...calls("/messages")]).toEqual([]);
  });
});

describe("trouble", () => {
  it("on the way out keeps the message with its reason", async () => {
    const chat = await started();
    answer = (request) =>
      request.call.includes("/messages")
        ? {
            status: 403,
            body: { type: "", title: "", status: 403, code: "contact_blocked", params: {} },
          }
        : serve(request);
    await chat.send("Hello", []);
    await settle();
    expect(bubbles(chat).map(({ tick, outgoing }) => [tick, outgoing?.problem?.code])).toEqual([
      ["failed", "contact_blocked"],
    ]);
    answer = serve;
    chat.retry(bubbles(chat)[0]!.key);
    await settle();
    expect(bubbles(chat).map(({ tick }) => tick)).toEqual(["sent"]);
  });

  it("of a forgotten visitor ends in a new registration with the same message", async () => {
    const chat = await started();
    await chat.send("Hello", []);
    await settle();
    let known = false;
    answer = (request) => {
      if (request.call.includes("/visitors")) known = true;
      if (known || request.call.includes("/inboxes/")) return serve(request);
      const problem = { type: "", title: "", status: 401, code: "unauthenticated", params: {} };
      return { status: 401, body: problem };
    };
    await chat.send("Still there?", []);
    await settle();
    expect(calls("/visitors")).toHaveLength(2);
    expect(bubbles(chat).map(({ text, tick }) => [text, tick])).toEqual([["Still there?", "sent"]]);
    const ids = calls("/messages").map(({ body }) => (body as { id: string }).id);
    expect(new Set(ids.slice(1)).size).toBe(1);
  });

  it("with the inbox closes the composer", async () => {
    answer = () => ({
      status: 404,
      body: { type: "", title: "", status: 404, code: "not_found", params: {} },
    });
    expect((await started()).state.away).toBe(true);
  });

  // R140, C17
  it("whose thread was deleted begins anew, and counts from one", async () => {
    const chat = await started();
    await chat.send("Hello", []);
    await settle();
    sockets[0]!.say(answered("Good morning"));
    await settle();
    sockets[0]!.say(gone());
    await settle();
    expect([chat.state.away, chat.state.rows]).toEqual([false, []]);
    position = 1;
    await chat.send("Anybody?", []);
    chat.setOpened(false);
    const { data } = answered("Yes") as { data: object };
    sockets[0]!.say({ type: "event", position: 200, kind: "thread.updated", data });
    await settle();
    expect(bubbles(chat).map(({ text }) => text)).toEqual(["Anybody?", "Yes"]);
    expect(chat.state.unread).toBe(1);
    expect(calls("/receipt").at(-1)?.body).toEqual({ delivered: position, read: 0 });
    expect(calls("/visitors")).toHaveLength(1);
  });

  // C17
  it("keeps nothing of a thread that is gone, and asks again when something came before the answer", async () => {
    // The chats of other tests hear the same page.
    const chat = new Chat("inb_2", "https://shop.example");
    await chat.start();
    await chat.send("Hello", []);
    await settle();
    dispatchEvent(new Event("pagehide"));
    const kept = () => Object.keys(localStorage).filter((key) => /inb_2.*:thread$/.test(key));
    expect(kept()).toHaveLength(1);
    const asked: number[] = [];
    answer = (request) => {
      const answered_at = position;
      if (request.call.startsWith("GET /w/api/v1/thread")) {
        if (asked.length === 0) sockets.at(-1)!.say(answered("Meanwhile"));
        asked.push(answered_at);
        dispatchEvent(new Event("pagehide"));
        expect([kept(), chat.state.known.entries]).toEqual([[], []]);
        const body = {
          position: answered_at,
          conversation: null,
          entries: [],
          has_more: false,
          read_position: 0,
        };
        return { status: 200, body };
      }
      return serve(request);
    };
    sockets.at(-1)!.say(gone());
    await settle();
    expect(asked).toEqual([position - 1, position]);
  });

  // C15
  it("of a visitor who is shut out holds from the first moment of the next page until it is over", async () => {
    const chat = await started();
    await chat.send("Hello", []);
    await settle();
    answer = (request) => {
      if (!request.call.includes("/thread")) return serve(request);
      const problem = { type: "", title: "", status: 409, code: "inbox_disabled", params: {} };
      return { status: 409, body: problem };
    };
    sockets.at(-1)!.say(gone());
    await settle();
    expect(chat.state.away).toBe(true);

    const next = new Chat(INBOX, "https://shop.example");
    expect(next.state.gone).toBe(true);
    await next.start();
    await settle();
    expect(next.state.away).toBe(true);

    answer = serve;
    const after = new Chat(INBOX, "https://shop.example");
    expect(after.state.gone).toBe(true);
    await after.start();
    await settle();
    expect(after.state.away).toBe(false);
  });
});
