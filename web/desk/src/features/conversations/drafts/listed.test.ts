import { expect, it } from "vitest";
import { conversationId } from "../../../sync/samples";
import { listed } from "./listed";

const draft = (number: number, saved_at: number, text = "hi") => ({
  conversation_id: conversationId(number),
  text,
  files: [],
  saved_at,
});
const onServer = (number: number, saved_at: number) => ({
  conversation_id: conversationId(number),
  reply: null,
  note: null,
  saved_at,
});

it("shows the newest first, by the clock of the server where that has it", () => {
  const synced = { ...draft(1, 900), base: 100, synced: true };
  const all = [synced, draft(2, 300), draft(3, 200), draft(4, 400, " ")];
  const ids = listed(all, [], true).map(({ conversation_id }) => conversation_id);
  expect(ids).toEqual([conversationId(2), conversationId(3), conversationId(1)]);
});

it("shows nothing that is older than what was read of the server's list", () => {
  const all = [draft(1, 300), draft(2, 200), draft(3, 100)];
  const read = [onServer(1, 300), onServer(2, 200)];
  expect(listed(all, read, false)).toHaveLength(2);
  expect(listed(all, read, true)).toHaveLength(3);
});
