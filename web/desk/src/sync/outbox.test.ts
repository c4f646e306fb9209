import {
  ProblemError,
  type Ack,
  type MessageRequest,
  type NoteRequest,
  type ScheduleRequest,
} from "@sapa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inMemory, type DeskDatabase } from "./database";
import { entryOf, Outbox, type OutboxOptions } from "./outbox";
import { conversationId, entryId, MARC } from "./samples";
import { Topics } from "./topics";

const CHAT = conversationId(1);
const QUEUE = { kind: "queue" as const };

/** A server that keeps what it got, once per id, and can be made to fail. */
class Server {
  stored: (MessageRequest | NoteRequest)[] = [];
  calls = 0;
  fail: (() => Error) | null = null;
  delay_ms = 0;

  send = async (_: unknown, message: MessageRequest | NoteRequest): Promise<Ack> => {
    this.calls += 1;
    if (this.delay_ms) await new Promise((resolve) => setTimeout(resolve, this.delay_ms));
    if (this.fail) throw this.fail();
    if (!this.stored.some(({ id }) => id === message.id)) this.stored.push(message);
    const position = this.stored.findIndex(({ id }) => id === message.id) + 1;
    return { id: message.id, conversation_id: CHAT, position, at: position, revision: position };
  };

  planned: ScheduleRequest[] = [];

  schedule = async (_: unknown, message: ScheduleRequest): Promise<void> => {
    if (this.fail) throw this.fail();
    this.planned.push(message);
  };

  get texts(): string[] {
    return this.stored.map(({ text }) => text);
  }
}

function problem(status: number, code: string): ProblemError {
  return new ProblemError({ type: "", title: code, status, code, params: {} });
}

function outbox(server: Server, database: DeskDatabase, more: Partial<OutboxOptions> = {}): Outbox {
  return new Outbox({
    database,
    topics: new Topics((run) => run()),
    send: server.send,
    note: server.send,
    schedule: server.schedule,
    onSent: () => {},
    onRefused: () => {},
    ...more,
  });
}

const message = (text: string) => ({ text, files: [], holder: QUEUE });
const note = (text: string) => ({ ...message(text), mentions: [{ id: MARC, name: "Marc" }] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("outbox", () => {
  it("hands over what leaves later with how long it waits, and sends at once what is late", async () => {
    const server = new Server();
    const sent: (Ack | null)[] = [];
    let now = 1_000;
    const box = outbox(server, inMemory(), {
      now: () => now,
      onSent: (_, ack) => sent.push(ack),
    });
    server.fail = () => problem(503, "unavailable");
    const url = "https://kopi.example";
    const card = {
      kind: "link" as const,
      url,
      title: "Gayo",
      text: null,
      price: null,
      picture: null,
    };
    await box.post(CHAT, { ...message("later"), card, send_at: 11_000 });
    await box.post(CHAT, { ...message("soon"), send_at: 3_000 });
    await vi.advanceTimersByTimeAsync(0);
    server.fail = null;
    now = 5_000;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.planned.map(({ text, card, delay_ms }) => [text, card, delay_ms])).toEqual([
      ["later", card, 6_000],
    ]);
    expect(server.texts).toEqual(["soon"]);
    expect(sent.map((ack) => ack === null)).toEqual([true, false]);
    expect(box.of(CHAT)).toEqual([]);
  });

  it("tells when the server has everything of a conversation, or refused some of it", async () => {
    const server = new Server();
    const box = outbox(server, inMemory());
    const told: boolean[] = [];
    server.fail = () => problem(503, "unavailable");
    await box.post(CHAT, message("one"));
    void box.settled(CHAT).then((sent) => told.push(sent));
    await vi.advanceTimersByTimeAsync(500);
    expect(told).toEqual([]);
    server.fail = null;
    await vi.runAllTimersAsync();
    expect(told).toEqual([true]);
    server.fail = () => problem(409, "conversation_taken");
    await box.post(CHAT, message("two"));
    void box.settled(CHAT).then((sent) => told.push(sent));
    await vi.runAllTimersAsync();
    expect(told).toEqual([true, false]);
  });

  it("sends in the order of writing, one at a time", async () => {
    const server = new Server();
    server.delay_ms = 20;
    const box = outbox(server, inMemory());
    await Promise.all(["one", "two", "three"].map((text) => box.post(CHAT, message(text))));
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one", "two", "three"]);
    expect(box.waiting).toBe(0);
  });

  it("shows a message before the server has it, and only after it is on disk", async () => {
    const server = new Server();
    server.delay_ms = 1_000;
    const database = inMemory();
    const box = outbox(server, database);
    await box.post(CHAT, message("one"));
    expect(box.of(CHAT).map(({ text }) => text)).toEqual(["one"]);
    expect(await database.unsent()).toHaveLength(1);
    await vi.runAllTimersAsync();
    expect(box.of(CHAT)).toEqual([]);
    expect(await database.unsent()).toEqual([]);
  });

  it("keeps the order over a broken network, and repeats with growing waits", async () => {
    const server = new Server();
    server.fail = () => problem(0, "unreachable");
    const box = outbox(server, inMemory());
    await box.post(CHAT, message("one"));
    await box.post(CHAT, message("two"));
    await vi.advanceTimersByTimeAsync(3_500);
    expect(server.calls).toBe(3);
    expect(box.waiting).toBe(2);
    server.fail = null;
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one", "two"]);
  });

  it("does not wait for the timer when the network comes back", async () => {
    const server = new Server();
    server.fail = () => problem(503, "unavailable");
    const box = outbox(server, inMemory());
    await box.post(CHAT, message("one"));
    await vi.advanceTimersByTimeAsync(0);
    server.fail = null;
    box.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.texts).toEqual(["one"]);
  });

  it("stops at a refusal, says why, holds back what follows, and goes on after the retry", async () => {
    const server = new Server();
    const refused = vi.fn();
    server.fail = () => problem(422, "text_too_long");
    const box = outbox(server, inMemory(), { onRefused: refused });
    const first = await box.post(CHAT, message("one"));
    await box.post(CHAT, message("two"));
    await vi.runAllTimersAsync();
    expect(server.calls).toBe(1);
    expect(refused).toHaveBeenCalledOnce();
    expect(box.of(CHAT).map(({ refusal }) => refusal?.code)).toEqual(["text_too_long", undefined]);
    server.fail = null;
    await box.retry(first.id, QUEUE);
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one", "two"]);
  });

  it("withdraws a refused message with what was to follow, and nobody takes that for sent", async () => {
    const server = new Server();
    const box = outbox(server, inMemory(), {
      onRefused: (refused) => void box.withdraw(refused).then((all) => back.push(...all)),
    });
    const back: { text: string }[] = [];
    const settled: boolean[] = [];
    server.fail = () => problem(409, "conversation_taken");
    await box.postAll(CHAT, ["one", "two", "three"].map(message));
    void box.settled(CHAT).then((all) => settled.push(all));
    await vi.runAllTimersAsync();
    expect(back.map(({ text }) => text)).toEqual(["one", "two", "three"]);
    expect([box.of(CHAT), settled, server.calls]).toEqual([[], [false], 1]);
    server.fail = null;
    await box.post(CHAT, message("later"));
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["later"]);
  });

  it("keeps none of several when the disk is full in the middle", async () => {
    const database = inMemory();
    const put = database.putUnsent;
    database.putUnsent = async (unsent) => {
      if (unsent.text === "two") throw new Error("full");
      await put(unsent);
    };
    const server = new Server();
    const box = outbox(server, database);
    await expect(box.postAll(CHAT, ["one", "two"].map(message))).rejects.toThrow("full");
    await vi.runAllTimersAsync();
    expect([box.of(CHAT), await database.unsent(), server.texts]).toEqual([[], [], []]);
  });

  it("lets answers pass a refused note, and notes a refused answer", async () => {
    const server = new Server();
    server.fail = () => problem(422, "mention_blind");
    const box = outbox(server, inMemory());
    const refused = await box.post(CHAT, note("@Marc?"));
    await vi.runAllTimersAsync();
    server.fail = null;
    await box.post(CHAT, message("one"));
    await box.post(CHAT, note("later"));
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one"]);
    expect(box.of(CHAT).map(({ text }) => text)).toEqual(["@Marc?", "later"]);
    await box.retry(refused.id, QUEUE);
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one", "@Marc?", "later"]);
    expect(server.stored[1]).toEqual({ id: refused.id, text: "@Marc?", mention_ids: [MARC] });
  });

  it("sends what a message answers, and shows it in the meantime", async () => {
    const server = new Server();
    const box = outbox(server, inMemory());
    const author = { kind: "contact" as const, id: null, name: "Nadia" };
    const quote = { id: entryId(7), position: 7, author, text: "Where is it?", files: 0 };
    const unsent = await box.post(CHAT, { ...message("On its way"), quote });
    await vi.runAllTimersAsync();
    expect(server.stored[0]).toMatchObject({ text: "On its way", quote: entryId(7) });
    const ack = await server.send(CHAT, { ...unsent, quote: quote.id, file_ids: [] });
    const shown = entryOf(unsent, ack, { id: "mem_1", name: "Olga" });
    expect(shown).toMatchObject({ kind: "message", quote, mentions: [], delivery: "sent" });
    const outside = entryOf(unsent, ack, { id: "mem_1", name: "Olga" }, "api");
    expect(outside.delivery).toBe("queued");
  });

  it("survives a reload and sends each message once, even when the answer was lost", async () => {
    const server = new Server();
    const database = inMemory();
    const lost = outbox(server, database, {
      send: async (id, request) => {
        await server.send(id, request);
        throw problem(0, "unreachable");
      },
    });
    await lost.post(CHAT, message("one"));
    await lost.post(CHAT, message("two"));
    await vi.advanceTimersByTimeAsync(0);
    lost.stop();
    const reloaded = outbox(server, database);
    await reloaded.restore();
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one", "two"]);
    expect(reloaded.waiting).toBe(0);
  });

  it("agrees with a second tab that has the same messages on disk", async () => {
    const server = new Server();
    server.delay_ms = 30;
    const database = inMemory();
    const alone = oneAtATime();
    const first = outbox(server, database, { alone });
    const second = outbox(server, database, { alone });
    await first.post(CHAT, message("one"));
    await second.restore();
    await second.post(CHAT, message("two"));
    await first.restore();
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one", "two"]);
    expect(server.calls).toBe(2);
    expect([first.waiting, second.waiting]).toEqual([0, 0]);
  });

  it("takes a message that is written just while the last one is being finished", async () => {
    const server = new Server();
    const database = inMemory();
    const slow_release = async (_: string, run: () => Promise<void>) => {
      await run();
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const box = outbox(server, database, { alone: slow_release });
    await box.post(CHAT, message("one"));
    await vi.advanceTimersByTimeAsync(10);
    await box.post(CHAT, message("two"));
    await vi.runAllTimersAsync();
    expect(server.texts).toEqual(["one", "two"]);
  });

  it("makes an entry that the server's own always replaces", async () => {
    const server = new Server();
    const box = outbox(server, inMemory());
    const unsent = await box.post(CHAT, message("one"));
    const ack = await server.send(CHAT, { ...message("one"), id: unsent.id });
    expect(entryOf(unsent, ack, { id: "mem_1", name: "Olga" }).revision).toBeLessThan(ack.revision);
  });
});

/** Web Locks in small. */
function oneAtATime(): NonNullable<OutboxOptions["alone"]> {
  let last: Promise<unknown> = Promise.resolve();
  return (_, run) => {
    const mine = last.then(run);
    last = mine.catch(() => {});
    return mine;
  };
}
