import { ProblemError, type ConversationItem, type ConversationPage } from "@sapa/protocol";
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
  views.adopt("mine", page(items, next_cursor));
  return { store, views, conversations };
}

/** Up to the last of its items, unless it ends elsewhere. */
function page(
  items: ConversationItem[],
  next_cursor: string | null = null,
  ends_at = items.at(-1)?.conversation.last_activity_at ?? 0,
): ConversationPage {
  const id = items.at(-1)?.conversation.id ?? conversationId(0);
  const reached = next_cursor === null ? null : { waiting: false, at: ends_at, id };
  return { items, next_cursor, reached, position: 100 };
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
    views.adopt("queue", page([]));
    views.adopt("closed", page([]));
    views.adopt("all", page([]));
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
    conversations.mockResolvedValue(page([item(2), item(1)]));
    await views.more("mine");
    vi.advanceTimersByTime(300);
    expect(conversations).toHaveBeenCalledWith({ view: "mine", cursor: "more" });
    expect(views.ids("mine")).toEqual(ids(6, 5, 2, 1));
    expect(views.hasMore("mine")).toBe(false);
  });

  it("asks again for what failed once the connection is back, from where it failed", async () => {
    const { views, conversations } = setUp([item(6), item(5)], "more");
    const gone = new ProblemError({
      type: "",
      title: "",
      status: 0,
      code: "unreachable",
      params: {},
    });
    conversations.mockRejectedValue(gone);
    await Promise.all([views.load("closed"), views.more("mine")]);
    expect([views.phase("closed"), views.phase("mine")]).toEqual(["failed", "failed"]);

    views.retry();
    expect([views.phase("closed"), views.phase("queue")]).toEqual(["idle", "idle"]);
    conversations.mockReset().mockResolvedValue(page([item(2), item(1)]));
    await views.load("mine");
    vi.advanceTimersByTime(300);
    expect(conversations).toHaveBeenCalledWith({ view: "mine", cursor: "more" });
    expect(views.ids("mine")).toEqual(ids(6, 5, 2, 1));
  });

  it("goes on by itself when all that was loaded has left", async () => {
    const { store, views, conversations } = setUp([item(6), item(5)], "more");
    conversations.mockResolvedValue(page([item(2), item(1)]));
    store.apply(updated(101, conversation(5, { status: "closed" })));
    await vi.advanceTimersByTimeAsync(300);
    expect(conversations).not.toHaveBeenCalled();
    store.apply(updated(102, conversation(6, { status: "closed" })));
    await vi.advanceTimersByTimeAsync(600);
    expect(views.ids("mine")).toEqual(ids(2, 1));
  });

  it("ignores the answer to a request made before a reset", async () => {
    const { views, conversations } = setUp([item(5)], "more");
    let answer: (page: ConversationPage) => void = () => {};
    conversations.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const loading = views.more("mine");
    views.reset();
    answer(page([], "stale"));
    await loading;
    expect(views.phase("mine")).toBe("idle");
    expect(views.hasMore("mine")).toBe(false);
  });

  it("lets what the person just did show at once, and takes it back on a refusal", () => {
    const { store, views } = setUp();
    const closed = { status: "closed" as const };
    store.overlay(conversationId(2), closed);
    views.applyAll();
    expect(views.ids("mine")).toEqual(ids(3, 1));
    store.uncover(conversationId(2), closed);
    views.applyAll();
    expect(views.ids("mine")).toEqual(ids(3, 2, 1));
  });

  // R174, C13
  it("follows each event in a narrowed list too, in its own order", async () => {
    const { store, views, conversations } = setUp();
    const vip = "tag_00000000000000000000000000000001";
    const list = `all?sort=oldest&tags=${vip}` as const;
    conversations.mockResolvedValue(page([]));
    await views.load(list);
    expect(conversations).toHaveBeenCalledWith({ view: "all", sort: "oldest", tags: vip });
    store.apply(updated(101, conversation(2, { tag_ids: [vip] })));
    store.apply(updated(102, conversation(1, { tag_ids: [vip] })));
    store.apply(updated(103, conversation(3, { tag_ids: [] })));
    vi.advanceTimersByTime(300);
    expect(views.ids(list)).toEqual(ids(1, 2));
    store.apply(updated(104, conversation(1, { tag_ids: [] })));
    vi.advanceTimersByTime(300);
    expect(views.ids(list)).toEqual(ids(2));
    expect(views.ids("all")).toEqual([]);
  });

  it("asks on while little is found, and then leaves it to the person", async () => {
    const { views, conversations } = setUp();
    conversations.mockImplementation(() =>
      Promise.resolve(page([], "on", 9_000 - 1_000 * conversations.mock.calls.length)),
    );
    await views.load("closed?unread=true");
    expect(conversations).toHaveBeenCalledTimes(4);
    expect(views.paused("closed?unread=true")).toMatchObject({ at: 5_000 });
    conversations.mockImplementation(() => Promise.resolve(page([])));
    await views.more("closed?unread=true");
    expect(views.paused("closed?unread=true")).toBeNull();
    expect(views.hasMore("closed?unread=true")).toBe(false);
  });

  it("keeps the lists that were narrowed last", async () => {
    const { views, conversations } = setUp();
    conversations.mockResolvedValue(page([]));
    for (let n = 0; n < 9; n++) await views.load(`mine?sort=x${n}`);
    expect(views.phase("mine?sort=x8")).toBe("ready");
    expect(views.phase("mine?sort=x0")).toBe("idle");
    expect(views.phase("mine")).toBe("ready");
  });
});
