import { ProblemError, type ConversationThread, type Entry, type EntryId } from "@sapa/protocol";
import { describe, expect, it, vi } from "vitest";
import { conversation, conversationId, desk, entry, entryId, item, updated } from "./samples";
import { DeskStore } from "./store";
import { THREAD_PAGE, Threads } from "./threads";
import { Topics } from "./topics";

const CHAT = conversationId(1);

type PageQuery = { before?: number; after?: number; around?: EntryId; limit?: number };

/** The server's side of one conversation. */
class Server {
  entries: Entry[] = [];
  missing = false;

  conversation = vi.fn(async (): Promise<ConversationThread> => {
    if (this.missing) {
      throw new ProblemError({ type: "", title: "", status: 404, code: "not_found", params: {} });
    }
    const last = this.entries.at(-1)?.position ?? 0;
    return {
      item: item(1, { last_position: last, revision: last }),
      entries: this.entries.slice(-THREAD_PAGE),
      position: last,
    };
  });

  pages = vi.fn(async (_: unknown, query: PageQuery) => {
    const { before, after, around, limit = THREAD_PAGE } = query;
    const at = this.entries.findIndex(({ id }) => id === around);
    if (around) {
      const from = Math.max(0, at + 1 - limit / 2);
      return { entries: at === -1 ? [] : this.entries.slice(from, at + 1 + limit / 2) };
    }
    const entries =
      before !== undefined
        ? this.entries.filter(({ position }) => position < before).slice(-limit)
        : this.entries.filter(({ position }) => position > (after ?? 0)).slice(0, limit);
    return { entries };
  });

  receive(count: number): void {
    for (let step = 0; step < count; step++) {
      const position = (this.entries.at(-1)?.position ?? 10) + 3;
      this.entries.push(entry(position, CHAT));
    }
  }

  get last(): number {
    return this.entries.at(-1)?.position ?? 0;
  }
}

function setUp(count: number) {
  const server = new Server();
  server.receive(count);
  const store = new DeskStore(
    desk([item(1, { last_position: server.last })]),
    new Topics((run) => run()),
  );
  const api = { conversation: server.conversation, entries: server.pages };
  const threads = new Threads(store, api);
  return { server, store, threads };
}

const positions = (store: DeskStore) => store.entries(CHAT)?.map(({ position }) => position);
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("threads", () => {
  it("loads the newest page, then older ones until the beginning", async () => {
    const { server, store, threads } = setUp(THREAD_PAGE + 10);
    threads.show(CHAT);
    await settle();
    expect(store.entries(CHAT)).toHaveLength(THREAD_PAGE);
    expect(threads.get(CHAT).complete).toBe(false);
    await threads.older(CHAT);
    expect(positions(store)).toEqual(server.entries.map(({ position }) => position));
    expect(threads.get(CHAT).complete).toBe(true);
    await threads.older(CHAT);
    expect(server.pages).toHaveBeenCalledTimes(1);
  });

  it("keeps what events bring while the first page is on the way", async () => {
    const { server, store, threads } = setUp(3);
    threads.show(CHAT);
    const fresh = entry(500, CHAT);
    store.apply(updated(500, conversation(1, { last_position: 500 }), [fresh]));
    await settle();
    expect(positions(store)).toEqual([...server.entries.map(({ position }) => position), 500]);
  });

  it("asks for the entries between its newest and the newest that exists", async () => {
    const { server, store, threads } = setUp(5);
    threads.show(CHAT);
    await settle();
    server.receive(THREAD_PAGE + 20);
    store.apply(updated(9_000, conversation(1, { last_position: server.last })));
    await settle();
    await settle();
    expect(positions(store)).toEqual(server.entries.map(({ position }) => position));
  });

  it("brings the open thread up to date after a reset, without a hole", async () => {
    const { server, store, threads } = setUp(5);
    threads.show(CHAT);
    await settle();
    server.receive(THREAD_PAGE + 30);
    store.reset(desk([item(1, { last_position: server.last })]), new Set([CHAT]));
    await threads.reset();
    expect(positions(store)).toEqual(server.entries.map(({ position }) => position));
  });

  it("starts again from the newest page when the gap is too wide to fill", async () => {
    const { server, store, threads } = setUp(5);
    threads.show(CHAT);
    await settle();
    server.receive(THREAD_PAGE * 20);
    store.reset(desk([item(1, { last_position: server.last })]), new Set([CHAT]));
    await threads.reset();
    expect(positions(store)).toEqual(
      server.entries.slice(-THREAD_PAGE).map(({ position }) => position),
    );
    expect(threads.get(CHAT).complete).toBe(false);
  });

  it("shows the whole thread again when a conversation that was taken comes back", async () => {
    const { server, store, threads } = setUp(5);
    threads.show(CHAT);
    await settle();
    store.apply({
      type: "event",
      position: 9_000,
      kind: "conversation.gone",
      data: { conversation_id: CHAT, revision: 9_000, by: "Marc", joined: null, deleted: false },
    });
    expect(threads.get(CHAT).phase).toBe("gone");
    expect(store.goneBy(CHAT)).toBe("Marc");
    server.receive(1);
    store.apply(updated(9_001, conversation(1, { last_position: server.last })));
    await settle();
    expect(threads.get(CHAT).phase).toBe("ready");
    expect(positions(store)).toEqual(server.entries.map(({ position }) => position));
  });

  it("says that a conversation is gone when the server no longer shows it", async () => {
    const { server, store, threads } = setUp(5);
    server.missing = true;
    threads.show(CHAT);
    await settle();
    expect(threads.get(CHAT).phase).toBe("gone");
    expect(store.item(CHAT)).toBeNull();
  });

  // R034
  it("looks at an old entry with one page, and both ways from there", async () => {
    const { server, store, threads } = setUp(THREAD_PAGE * 20);
    threads.show(CHAT);
    await vi.waitFor(() => expect(threads.get(CHAT).phase).toBe("ready"));
    const newest = positions(store);
    const piece = () => threads.piece(CHAT).map(({ position }) => position);
    const of = (from: number, to: number) =>
      server.entries.slice(from, to).map(({ position }) => position);

    expect(await threads.reach(CHAT, server.entries[300]!.id)).toBe(true);
    expect(piece()).toEqual(of(251, 351));
    expect(positions(store)).toEqual(newest);
    await threads.older(CHAT);
    await Promise.all([threads.later(CHAT), threads.later(CHAT)]);
    expect(piece()).toEqual(of(201, 401));
    expect(server.pages).toHaveBeenCalledTimes(3);
    // What is within it needs no request.
    expect(await threads.reach(CHAT, server.entries[210]!.id)).toBe(true);
    expect(server.pages).toHaveBeenCalledTimes(3);

    const fresh = entry(90_000, CHAT);
    store.apply(updated(90_000, conversation(1, { last_position: 90_000 }), [fresh]));
    expect(piece()).toEqual(of(201, 401));
    threads.leaveFar(CHAT);
    expect(piece()).toEqual([...newest!, 90_000]);
    expect(await threads.reach(CHAT, entryId(999_999))).toBe(false);
  });

  // R034
  it("goes from an old piece over into the newest one without a hole", async () => {
    const { server, store, threads } = setUp(THREAD_PAGE * 4);
    threads.show(CHAT);
    await vi.waitFor(() => expect(threads.get(CHAT).phase).toBe("ready"));
    await threads.reach(CHAT, server.entries[30]!.id);
    expect(store.far(CHAT)).toHaveLength(81);
    await threads.older(CHAT);
    expect(threads.get(CHAT).complete).toBe(true);
    for (let page = 0; store.far(CHAT) && page < 9; page++) await threads.later(CHAT);
    expect(positions(store)).toEqual(server.entries.map(({ position }) => position));
    expect(threads.get(CHAT).complete).toBe(true);
    // Near the newest piece there is nothing apart from it.
    const near = setUp(THREAD_PAGE * 4);
    near.threads.show(CHAT);
    await vi.waitFor(() => expect(near.threads.get(CHAT).phase).toBe("ready"));
    await near.threads.reach(CHAT, near.server.entries[120]!.id);
    expect(near.store.far(CHAT)).toBeNull();
    expect(positions(near.store)).toEqual(
      near.server.entries.slice(71).map(({ position }) => position),
    );
  });

  it("drops a page that was asked for in a piece that nobody looks at any more", async () => {
    const { server, store, threads } = setUp(THREAD_PAGE * 20);
    threads.show(CHAT);
    await vi.waitFor(() => expect(threads.get(CHAT).phase).toBe("ready"));
    await threads.reach(CHAT, server.entries[300]!.id);
    const late = threads.older(CHAT);
    threads.leaveFar(CHAT);
    await late;
    expect(store.entries(CHAT)).toHaveLength(THREAD_PAGE);
  });
});
