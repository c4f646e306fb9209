import type { ConversationPage } from "@sapa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { conversation, conversationId, desk, item, MARC, updated } from "./samples";
import { DeskStore } from "./store";
import { Topics } from "./topics";
import { Views } from "./views";

const QUEUE = { kind: "queue" as const };
const WITH_MARC = { kind: "member" as const, id: MARC };

function setUp(items = [item(1), item(2), item(3)], next_cursor: string | null = null) {
  const store = new DeskStore(desk(items), new Topics((run) => run()));
  const conversations = vi.fn<() => Promise<ConversationPage>>();
  const views = new Views(store, { conversations });
  views.adopt("mine", { items, next_cursor, position: 100 });
  return { store, views, conversations };
}

const ids = (...numbers: number[]) => numbers.map(conversationId);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("views", () => {
  it("lists mine, newest activity first, and moves a chat up when something happens", () => {
    const { store, views } = setUp();
    expect(views.ids("mine")).toEqual(ids(3, 2, 1));
    store.apply(updated(101, conversation(1, { last_activity_at: 9_000 })));
    vi.advanceTimersByTime(300);
    expect(views.ids("mine")).toEqual(ids(1, 3, 2));
  });

  it("moves a chat between lists as its holder and status change", () => {
    const { store, views } = setUp();
    views.adopt("queue", { items: [], next_cursor: null, position: 100 });
    views.adopt("closed", { items: [], next_cursor: null, position: 100 });
    views.adopt("all", { items: [], next_cursor: null, position: 100 });
    store.apply(updated(101, conversation(1, { holder: QUEUE })));
    store.apply(updated(102, conversation(2, { holder: WITH_MARC })));
    store.apply(updated(103, conversation(3, { status: "closed" })));
    vi.advanceTimersByTime(300);
    expect(views.ids("mine")).toEqual([]);
    expect(views.ids("queue")).toEqual(ids(1));
    expect(views.ids("all")).toEqual(ids(2, 1));
    expect(views.ids("closed")).toEqual(ids(3));
  });

  it("mixes nothing older than the loaded page into the list", () => {
    const { store, views } = setUp([item(6), item(5)], "more");
    store.apply(updated(101, conversation(2)));
    vi.advanceTimersByTime(300);
    expect(views.ids("mine")).toEqual(ids(6, 5));
  });

  it("goes on with the cursor, and ends when there is none", async () => {
    const { views, conversations } = setUp([item(6), item(5)], "more");
    conversations.mockResolvedValue({
      items: [item(2), item(1)],
      next_cursor: null,
      position: 100,
    });
    await views.more("mine");
    vi.advanceTimersByTime(300);
    expect(conversations).toHaveBeenCalledWith({ view: "mine", cursor: "more" });
    expect(views.ids("mine")).toEqual(ids(6, 5, 2, 1));
    expect(views.hasMore("mine")).toBe(false);
  });

  it("ignores the answer to a request made before a reset", async () => {
    const { views, conversations } = setUp([item(5)], "more");
    let answer: (page: ConversationPage) => void = () => {};
    conversations.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const loading = views.more("mine");
    views.reset();
    answer({ items: [], next_cursor: "stale", position: 100 });
    await loading;
    expect(views.phase("mine")).toBe("idle");
    expect(views.hasMore("mine")).toBe(false);
  });

  it("lets what the person just did show at once, and takes it back on a refusal", () => {
    const { store, views } = setUp();
    store.overlay(conversationId(2), { status: "closed" });
    views.applyAll();
    expect(views.ids("mine")).toEqual(ids(3, 1));
    store.overlay(conversationId(2), null);
    views.applyAll();
    expect(views.ids("mine")).toEqual(ids(3, 2, 1));
  });
});
