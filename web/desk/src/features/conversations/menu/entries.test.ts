// @vitest-environment happy-dom

import type { InboxId } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { desk, item } from "../../../sync/samples";
import { DeskStore } from "../../../sync/store";
import { Topics } from "../../../sync/topics";
import { Unread } from "../../../sync/unread";
import { entriesOf, isAt } from "./entries";

const SHOP = item(1).conversation.inbox_id;
const CAFES: InboxId = "inb_00000000000000000000000000000002";

function setUp(view: "own" | "inbox") {
  const plain = desk([item(1, { inbound_count: 1 }), item(2, { inbox_id: CAFES })]);
  const boot = {
    ...plain,
    me: { ...plain.me, rights: [`conversation:view:${view}`] },
    counters: [
      { inbox_id: SHOP, queued: 3, open: 9 },
      { inbox_id: CAFES, queued: 1, open: 4 },
    ],
    team_queues: [
      { inbox_id: CAFES, team_id: "tea_00000000000000000000000000000001" as const, queued: 2 },
    ],
    unread_mine: [{ inbox_id: SHOP, conversations: 1, messages: 1 }],
  };
  const store = new DeskStore(boot, new Topics((run) => run()));
  return { store, unread: new Unread(store, boot) };
}

const told = (of: ReturnType<typeof setUp>, inbox: InboxId | null) =>
  entriesOf(of, inbox).map(({ list, count }) => [list, count]);

// R215, R216, R217, R218, R219, C13
describe("the menu's lists", () => {
  it("are those of all inboxes together, and of each with its own numbers", () => {
    const boss = setUp("inbox");
    expect(told(boss, null)).toEqual([
      ["mine", 1],
      ["queue", 6],
      ["all", 13],
      ["snoozed", 0],
      ["closed", 0],
      ["mentions", 0],
    ]);
    expect(told(boss, CAFES)).toEqual([
      [`mine?inbox=${CAFES}`, 0],
      [`queue?inbox=${CAFES}`, 3],
      [`all?inbox=${CAFES}`, 4],
      [`snoozed?inbox=${CAFES}`, 0],
      [`closed?inbox=${CAFES}`, 0],
    ]);
  });

  it("have what is open in an inbox only for who oversees it", () => {
    const agent = setUp("own");
    expect(told(agent, SHOP).map(([list]) => list)).toEqual(
      ["mine", "queue", "snoozed", "closed"].map((view) => `${view}?inbox=${SHOP}`),
    );
    expect(told(agent, null)[2]).toEqual(["all", 0]);
  });

  it("say where one is, however else the list is narrowed", () => {
    const [mine] = entriesOf(setUp("own"), SHOP);
    expect(isAt(`mine?inbox=${SHOP}&unread=true`, mine!)).toBe(true);
    expect(isAt("mine?unread=true", mine!)).toBe(false);
    expect(isAt(`queue?inbox=${SHOP}`, mine!)).toBe(false);
  });
});
