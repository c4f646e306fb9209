import { expect, it, vi } from "vitest";
import { Commands } from "./commands";
import { conversationId, desk, item } from "./samples";
import { DeskStore } from "./store";
import { Topics } from "./topics";

const CHAT = conversationId(1);

it("puts a tag on once, however often it is asked for", () => {
  const store = new DeskStore(desk([item(1, { tag_ids: ["tag_1"] })]), new Topics((run) => run()));
  const never = vi.fn(() => new Promise<never>(() => {}));
  const commands = new Commands(store, { tagConversation: never, close: never } as never);
  void commands.tag(CHAT, "tag_1");
  void commands.tag(CHAT, "tag_2");
  void commands.close(CHAT, "solved", "", ["tag_2", "tag_3"]);
  expect(store.item(CHAT)?.conversation.tag_ids).toEqual(["tag_1", "tag_2", "tag_3"]);
});
