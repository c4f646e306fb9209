import type { RightItem, Scope } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { changed, copied, grouped, heldOf, namesOf, offered } from "./grid";

const CHATS: Scope[] = ["own", "team", "inbox", "all"];

function right(name: string, scopes: Scope[], mine: Scope = "all"): RightItem {
  const seen = scopes.length > 2 && name !== "conversation:view";
  return { right: name, scopes, seen, mine };
}

const ITEMS = [
  right("conversation:view", CHATS),
  right("conversation:reply", CHATS),
  right("conversation:note", CHATS, "team"),
  right("quick_reply:manage_shared", ["inbox", "all"]),
  right("tag:manage", ["all"], "none"),
];

// C29
describe("the rights of a role", () => {
  it("are the same after reading and writing, without what is not held", () => {
    const names = ["conversation:view:inbox", "quick_reply:manage_shared:all"];
    expect(namesOf(heldOf(names))).toEqual(names);
    expect(namesOf(changed(heldOf(names), ITEMS, "conversation:view", "none"))).toEqual([names[1]]);
  });

  it("reach no further than chats are seen, and no further than whoever gives them", () => {
    const held = heldOf(["conversation:view:inbox"]);
    expect(offered(ITEMS[0]!, held)).toEqual(["none", ...CHATS]);
    expect(offered(ITEMS[1]!, held)).toEqual(["none", "own", "team", "inbox"]);
    expect(offered(ITEMS[2]!, held)).toEqual(["none", "own", "team"]);
    expect(offered(ITEMS[3]!, held)).toEqual(["none", "inbox", "all"]);
    expect(offered(ITEMS[4]!, held)).toEqual(["none"]);
  });

  it("shrink with what is seen", () => {
    const wide = heldOf([
      "conversation:view:all",
      "conversation:reply:all",
      "conversation:note:own",
    ]);
    expect(namesOf(changed(wide, ITEMS, "conversation:view", "team"))).toEqual([
      "conversation:view:team",
      "conversation:reply:team",
      "conversation:note:own",
    ]);
  });

  it("are copied as far as they can be given", () => {
    const names = ["conversation:view:all", "conversation:note:all", "tag:manage:all"];
    expect(namesOf(copied(names, ITEMS))).toEqual([
      "conversation:view:all",
      "conversation:note:team",
    ]);
  });

  it("stand under their areas", () => {
    expect(grouped(ITEMS).map(([area, items]) => [area, items.length])).toEqual([
      ["chats", 3],
      ["texts", 2],
      ["workspace", 0],
    ]);
  });
});
