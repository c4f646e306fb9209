import { clientProblem } from "@sapa/protocol";
import { expect, it, vi } from "vitest";
import { conversationId, item } from "../../../sync/samples";
import { Hidden } from "./hidden.svelte";

const draft = (number: number, base?: number) => ({
  conversation_id: conversationId(number),
  text: "hi",
  files: [],
  saved_at: 900,
  ...(base !== undefined && { base, synced: true }),
});
const onServer = (number: number, saved_at: number) => ({
  conversation_id: conversationId(number),
  reply: null,
  note: null,
  saved_at,
});
const found = async () => {};

it("hides only what the server said so of, for this version", () => {
  const hidden = new Hidden();
  const [seen, gone, unasked] = [draft(1, 100), draft(2, 100), draft(3, 100)];
  hidden.take({ items: [onServer(1, 100), onServer(2, 100)], conversations: [item(1)] });
  expect([seen, gone, unasked].map((one) => hidden.has(one))).toEqual([false, true, false]);
  expect(hidden.has(draft(2, 101)), "a newer version").toBe(false);
  // Seen again meanwhile, and then forgotten with everything else.
  hidden.keep([unasked]);
  expect(hidden.has(gone)).toBe(false);
});

it("asks once for what no page told of, and again with the next connection", async () => {
  const hidden = new Hidden();
  const offline = vi.fn(() => Promise.reject(clientProblem("unreachable", 0)));
  const written = draft(1);
  for (let time = 0; time < 2; time++) await hidden.ask(written, offline);
  expect([offline.mock.calls.length, hidden.has(written)]).toEqual([1, false]);
  hidden.again();
  await hidden.ask(written, found);
  expect(hidden.has(written)).toBe(false);
  hidden.again();
  await hidden.ask(written, () => Promise.reject(clientProblem("not_found", 404)));
  expect(hidden.has(written)).toBe(true);
  await hidden.ask(written, offline);
  expect(offline).toHaveBeenCalledOnce();
});
