import type { ConversationItem, InboxId, TagId } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import {
  asked,
  belongs,
  comparePlaces,
  filterOf,
  listId,
  parseFilter,
  placeOf,
  unknownIn,
  viewOf,
  type ListFilter,
} from "./filters";
import { item, MARC, ME } from "./samples";

const VIP: TagId = "tag_00000000000000000000000000000001";
const LATE: TagId = "tag_00000000000000000000000000000002";
const INBOX: InboxId = "inb_00000000000000000000000000000001";
const AROUND = { me: ME, isPinned: (tag: TagId) => tag === VIP, isLimited: () => true };
const QUEUE = { kind: "queue" as const };
const TEAM = "tea_00000000000000000000000000000001" as const;
const WITH_TEAM = { kind: "team" as const, id: TEAM };
const WITH_MARC = { kind: "member" as const, id: MARC };

const message = (author: "contact" | "member") => ({
  kind: "message" as const,
  author,
  text: "Halo",
  files: 0,
  unsupported: false,
});

describe("a list's name", () => {
  it("tells which filters of a link it does not know", () => {
    const of = (search: string) => unknownIn(new URLSearchParams(search));
    expect(of(`tags=${VIP}&holder=nobody&sort=oldest&unread=true`)).toEqual([]);
    expect(of("tags=none&unread=false&from=mail")).toEqual([]);
    expect(of("tags=garbage&holder=xyz&waiting=perhaps")).toEqual(["holder", "tags", "waiting"]);
  });

  it("says the same whatever order it was chosen in, and is understood again", () => {
    const one: ListFilter = { waiting: true, tags: [LATE, VIP], holder: MARC, sort: "oldest" };
    const other: ListFilter = { sort: "oldest", holder: MARC, tags: [VIP, LATE], waiting: true };
    expect(listId("all", one)).toBe(listId("all", other));
    const list = listId("all", one);
    expect(viewOf(list)).toBe("all");
    expect(filterOf(list)).toEqual({ ...one, tags: [VIP, LATE] });
    expect(asked(list)).toEqual({
      view: "all",
      holder: MARC,
      sort: "oldest",
      tags: `${VIP},${LATE}`,
      waiting: "true",
    });
    expect(listId("mine", {})).toBe("mine");
  });

  it("leaves out what an address says wrongly", () => {
    const said = "sort=newest&status=open&holder=mem_1&tags=tag_1,x&inbox=inb_1&unread=yes&x=1";
    expect(parseFilter(new URLSearchParams(said))).toEqual({ status: "open" });
  });
});

// R154, R155, R157, R158, R159, R165, R168, R174, C13
describe("whether a conversation belongs", () => {
  // C01
  it("leaves out what I may only look back at, but where I was mentioned in it", () => {
    const back: ConversationItem = { ...item(1), can: ["look_back"], mentioned_at: 5 };
    expect(belongs("all", {}, item(1), AROUND)).toBe(true);
    expect(belongs("all", {}, back, AROUND)).toBe(false);
    expect(belongs("mentions", {}, back, AROUND)).toBe(true);
  });

  const cases: [ListFilter, ConversationItem, boolean][] = [
    [{}, item(1, { holder: WITH_MARC }), true],
    [{}, item(1, { status: "closed" }), false],
    [{}, item(1, { snoozed_until: 9 }), false],
    [{ status: "snoozed" }, item(1, { snoozed_until: 9 }), true],
    [{ holder: MARC }, item(1, { holder: WITH_MARC }), true],
    [{ holder: MARC }, item(1), false],
    [{ holder: "nobody" }, item(1, { holder: QUEUE }), true],
    [{ holder: "nobody" }, item(1), false],
    [{ holder: "nobody" }, item(1, { holder: WITH_TEAM }), false],
    [{ holder: TEAM }, item(1, { holder: WITH_TEAM }), true],
    [{ inbox: INBOX }, item(1), true],
    [{ inbox: INBOX }, item(1, { inbox_id: "inb_2" }), false],
    [{ channel: "api" }, item(1), false],
    [{ last_by: "contact" }, item(1, { preview: message("contact") }), true],
    [{ last_by: "contact" }, item(1, { preview: message("member") }), false],
    [{ last_by: "member" }, item(1), false],
    [{ tags: "none" }, item(1), true],
    [{ tags: "none" }, item(1, { tag_ids: [VIP] }), false],
    [{ tags: [VIP, LATE] }, item(1, { tag_ids: [VIP] }), false],
    [{ tags: [VIP, LATE] }, item(1, { tag_ids: [LATE, VIP] }), true],
    [{ tags: [VIP, LATE], any_tag: true }, item(1, { tag_ids: [VIP] }), true],
    [{ pinned: true }, item(1, { tag_ids: [LATE] }), false],
    [{ pinned: true }, item(1, { tag_ids: [LATE, VIP] }), true],
    [{ unread: true }, item(1, { inbound_count: 2 }, 2), false],
    [{ unread: true }, item(1, { inbound_count: 2 }, 1), true],
    [{ unread: true }, { ...item(1), unread: true }, true],
    [{ waiting: true }, item(1, { waiting_since: 5 }), true],
    [{ waiting: true }, item(1), false],
    [{ solved: true }, item(1, { status: "closed", close_reason: "no_reply" }), true],
    [{ solved: true }, item(1, { status: "closed", close_reason: "spam" }), false],
    [{ solved: true }, item(1), false],
    [{ reason: "spam" }, item(1, { status: "closed", close_reason: "spam" }), true],
  ];
  it.each(cases)("%j", (filter, one, expected) => {
    expect(belongs("all", filter, one, AROUND)).toBe(expected);
  });

  it("goes with the view", () => {
    const mine = item(1);
    const queued = item(1, { holder: QUEUE });
    expect(belongs("mine", {}, mine, AROUND)).toBe(true);
    expect(belongs("mine", {}, queued, AROUND)).toBe(false);
    expect(belongs("queue", {}, queued, AROUND)).toBe(true);
    expect(belongs("queue", {}, item(1, { holder: WITH_TEAM }), AROUND)).toBe(true);
    expect(belongs("queue", { holder: MARC }, item(1, { holder: WITH_MARC }), AROUND)).toBe(false);
    const solved = item(1, { status: "closed", close_reason: "solved" });
    expect(belongs("mine", { solved: true }, solved, AROUND)).toBe(true);
    expect(belongs("closed", {}, solved, AROUND)).toBe(true);
    expect(belongs("mentions", {}, solved, AROUND)).toBe(false);
    const mentioned = { ...solved, mentioned_at: 9_000 };
    expect(belongs("mentions", {}, mentioned, AROUND)).toBe(true);
    expect(belongs("mentions", { status: "open" }, mentioned, AROUND)).toBe(false);
    expect(placeOf("mentions", mentioned, undefined, AROUND).at).toBe(9_000);
  });
});

// R148, R150, R153, C12
it("sorts by who waits, by the newest or by the oldest activity", () => {
  const all = [
    item(1, { waiting_since: 900, late_at: 9_000, last_activity_at: 3_000 }),
    // No limit holds for him.
    item(2, { waiting_since: 100, last_activity_at: 4_000 }),
    item(3, { waiting_since: 500, late_at: 9_000, last_activity_at: 600 }),
    item(4, { last_activity_at: 5_000 }),
    item(5, { last_activity_at: 5_000 }),
  ];
  const order = (sort: ListFilter["sort"]) =>
    all
      .map((one) => placeOf("all", one, sort, AROUND))
      .sort((a, b) => comparePlaces(a, b, sort))
      .map(({ id }) => Number.parseInt(id.slice(4), 16));
  expect(order("processing")).toEqual([3, 1, 5, 4, 2]);
  expect(order(undefined)).toEqual(order("processing"));
  expect(order("activity")).toEqual([5, 4, 2, 1, 3]);
  expect(order("oldest")).toEqual([3, 1, 2, 4, 5]);
});
