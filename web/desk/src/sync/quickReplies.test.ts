import type { QuickReplyEvent, QuickReplyId, QuickReplyItem, QuickReplyList } from "@sapa/protocol";
import { ProblemError } from "@sapa/protocol";
import { describe, expect, it, vi } from "vitest";
import { QuickReplies } from "./quickReplies";
import { Topics } from "./topics";

const id = (n: number): QuickReplyId => `qrp_${n.toString().padStart(32, "0")}`;

function item(n: number, change: Partial<QuickReplyItem["quick_reply"]> = {}): QuickReplyItem {
  const quick_reply = {
    id: id(n),
    shortcut: `s${n}`,
    title: `Title ${n}`,
    group: null,
    text: `Text ${n}`,
    files: [],
    scope: { kind: "workspace" as const },
    uses: 0,
    last_used_at: null,
    ...change,
  };
  return { quick_reply, can: ["manage"] };
}

const updated = (position: number, one: QuickReplyItem): QuickReplyEvent => ({
  type: "event",
  position,
  kind: "quick_reply.updated",
  data: { quick_reply: one.quick_reply },
  can: one.can,
});
const gone = (position: number, n: number): QuickReplyEvent => ({
  type: "event",
  position,
  kind: "quick_reply.gone",
  data: { quick_reply_id: id(n) },
});
const used = (position: number, n: number, uses: number): QuickReplyEvent => ({
  type: "event",
  position,
  kind: "quick_reply.used",
  data: { quick_reply_id: id(n), uses, last_used_at: position },
  can: ["manage"],
});

function start(list: QuickReplyList, rights = ["conversation:reply:own"]) {
  const api = { quickReplies: vi.fn(() => Promise.resolve(list)), countUse: vi.fn(async () => {}) };
  const replies = new QuickReplies(api, new Topics((run) => run()), () => ({ rights }));
  const shown = () => replies.all?.map(({ quick_reply }) => [quick_reply.title, quick_reply.uses]);
  return { api, replies, shown };
}

describe("quick replies", () => {
  it("are the list, then what events make of it, whatever order they come in", async () => {
    const { replies, shown } = start({ position: 10, items: [item(1), item(2)] });
    // Before the list is there: newer than it, and older.
    replies.apply(gone(12, 2));
    replies.apply(updated(11, item(3)));
    replies.apply(updated(9, item(1, { title: "Old" })));
    replies.apply(updated(8, item(4)));
    expect(shown()).toBeUndefined();
    await replies.load();
    expect(shown()).toEqual([
      ["Title 1", 0],
      ["Title 3", 0],
    ]);
    replies.apply(updated(13, item(1, { title: "New" })));
    replies.apply(updated(11, item(2, { title: "Late" })));
    replies.apply(used(14, 1, 7));
    replies.apply(used(14, 1, 7));
    expect(shown()).toEqual([
      ["New", 7],
      ["Title 3", 0],
    ]);
  });

  it("keep the list itself while nothing changed", async () => {
    const { replies } = start({ position: 10, items: [item(1)] });
    await replies.load();
    const before = replies.all;
    replies.apply(updated(9, item(1, { title: "Old" })));
    expect(replies.all).toBe(before);
  });

  it("follow my own commands at once and later events over them", async () => {
    const { replies, shown } = start({ position: 10, items: [] });
    await replies.load();
    replies.put(item(1));
    expect(shown()).toEqual([["Title 1", 0]]);
    replies.apply(updated(11, item(1, { title: "Theirs" })));
    expect(shown()).toEqual([["Theirs", 0]]);
    replies.drop(id(1));
    expect(shown()).toEqual([]);
  });

  it("say why they are not there, and are there when asked again", async () => {
    const { api, replies } = start({ position: 1, items: [item(1)] });
    const problem = { type: "", title: "", status: 503, code: "unavailable", params: {} };
    api.quickReplies.mockRejectedValueOnce(new ProblemError(problem));
    await replies.load();
    expect([replies.all, replies.problem?.code]).toEqual([null, "unavailable"]);
    await replies.load();
    expect([replies.all?.length, replies.problem]).toEqual([1, null]);
  });

  it("forget on a reset what is no longer mine", async () => {
    const { api, replies, shown } = start({ position: 10, items: [item(1), item(2)] });
    await replies.load();
    replies.apply(updated(20, item(2)));
    api.quickReplies.mockResolvedValueOnce({ position: 15, items: [item(1)] });
    await replies.reset();
    expect(shown()).toEqual([["Title 1", 0]]);
  });

  it("are none, unasked, for who answers nobody", async () => {
    const { api, replies } = start({ position: 1, items: [item(1)] }, ["conversation:view:inbox"]);
    await replies.load();
    expect([replies.all, api.quickReplies.mock.calls.length]).toEqual([[], 0]);
  });

  it("count a use with an id of its own", () => {
    const { api, replies } = start({ position: 1, items: [] });
    replies.countUse(id(1));
    replies.countUse(id(1));
    const uses = api.countUse.mock.calls.map((call: unknown[]) => call[1]);
    expect(new Set(uses).size).toBe(2);
  });
});
