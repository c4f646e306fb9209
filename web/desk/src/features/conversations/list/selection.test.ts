import type { Batch, BatchAct, DeskEvent } from "@sapa/protocol";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { conversationId } from "../../../sync/samples";
import type { Session } from "../../../sync/session";
import { selection } from "./selection.svelte";

const ALL = [1, 2, 3, 4, 5].map(conversationId);
const numbers = () => ALL.flatMap((id, at) => (selection.has(id) ? [at + 1] : []));

beforeEach(() => {
  selection.clear();
  selection.show("mine");
});

describe("a selection", () => {
  it("goes on from the one that was ticked last, and gives back what went too far", () => {
    selection.toggle(ALL[1]!);
    selection.extend(ALL, ALL[3]!);
    expect(numbers()).toEqual([2, 3, 4]);
    selection.extend(ALL, ALL[0]!);
    expect(numbers()).toEqual([1, 2]);
    selection.toggle(ALL[1]!);
    expect(numbers()).toEqual([1]);
  });

  it("grows and shrinks by the keyboard from where one is", () => {
    expect(selection.step(ALL, ALL[2]!, 1)).toBe(ALL[3]);
    expect(numbers()).toEqual([3, 4]);
    expect(selection.step(ALL, ALL[2]!, 1)).toBe(ALL[4]);
    expect(selection.step(ALL, ALL[2]!, 1), "the end").toBe(ALL[4]);
    selection.step(ALL, null, -1);
    selection.step(ALL, null, -1);
    expect(numbers()).toEqual([3]);
    selection.step(ALL, null, -1);
    expect(numbers()).toEqual([2, 3]);
  });

  it("loses what left the list, and where a range began with it", () => {
    selection.toggle(ALL[1]!);
    selection.extend(ALL, ALL[3]!);
    selection.drop([ALL[1]!]);
    expect(numbers()).toEqual([3, 4]);
    selection.extend(ALL, ALL[4]!);
    expect(numbers(), "from here on").toEqual([3, 4, 5]);
  });

  it("ends with its list", () => {
    selection.tickAll(ALL);
    expect([selection.count, selection.active]).toEqual([5, true]);
    selection.show("mine?unread=true");
    expect([selection.count, selection.active]).toEqual([0, false]);
  });
});

const batch = (state: Batch["state"], done = 0, total = 120): Batch => ({
  id: "bat_1",
  state,
  act: state === "choosing" || state === "chosen" ? null : { kind: "read" },
  total,
  more: false,
  done,
  refused: [],
});

function session() {
  const hears: ((event: DeskEvent) => void)[] = [];
  const api = {
    beginBatch: vi.fn((_id: string, _body: unknown) => Promise.resolve(batch("choosing", 0, 0))),
    actOnBatch: vi.fn((_id: string, _act: BatchAct) => Promise.resolve(batch("running"))),
  };
  const told = { api, hear: (hear: (typeof hears)[0]) => (hears.push(hear), () => undefined) };
  const tell = (now: Batch) => {
    const event = { kind: "batch.updated", data: { batch: now } } as DeskEvent;
    for (const hear of hears) hear(event);
  };
  return { api, tell, session: told as unknown as Session };
}

// R144
it("of all that match is what the server found, acted on by its id", async () => {
  const { api, tell, session: desk } = session();
  const stop = selection.follow(desk);
  await selection.chooseAll(desk, "all?unread=true");
  expect(api.beginBatch.mock.calls[0]![1]).toEqual({
    of: { kind: "list", list: "unread=true&view=all" },
    act: null,
  });
  tell(batch("chosen"));
  expect([selection.count, numbers()]).toEqual([120, [1, 2, 3, 4, 5]]);
  await selection.act(desk, { kind: "read" });
  expect([api.actOnBatch.mock.calls[0]![0], selection.busy]).toEqual(["bat_1", true]);
  tell(batch("running", 50));
  tell(batch("running", 20));
  tell({ ...batch("done", 120), id: "bat_2" });
  expect([selection.batch?.done, selection.busy], "older word, and another's").toEqual([50, true]);
  tell(batch("done", 120));
  tell(batch("running", 120));
  expect([selection.batch?.state, selection.busy]).toEqual(["done", false]);
  stop();
});

it("forgets all that match when somebody went on before the answer", async () => {
  const { session: desk } = session();
  const asked = selection.chooseAll(desk, "all");
  selection.show("queue");
  await asked;
  expect([selection.batch, selection.active, numbers()]).toEqual([null, false, []]);
});

it("sends one act once, however often it is pressed, and hears of it before its answer", async () => {
  const { api, tell, session: desk } = session();
  const stop = selection.follow(desk);
  selection.tickAll(ALL);
  let answer: (begun: Batch) => void = () => {};
  api.beginBatch.mockImplementation((id) => {
    return new Promise(
      (resolve) => (answer = (begun) => resolve({ ...begun, id: id as Batch["id"] })),
    );
  });
  const first = selection.act(desk, { kind: "read" });
  expect(selection.busy).toBe(true);
  await selection.act(desk, { kind: "read" });
  expect(api.beginBatch).toHaveBeenCalledTimes(1);
  const id = api.beginBatch.mock.calls[0]![0] as Batch["id"];
  tell({ ...batch("done", 5, 5), id });
  answer(batch("running", 0, 5));
  await first;
  expect([selection.batch?.state, selection.busy]).toEqual(["done", false]);
  stop();
});

it("asks again for the same when the answer was lost", async () => {
  const { api, session: desk } = session();
  selection.tickAll(ALL);
  api.beginBatch.mockImplementationOnce(() => Promise.reject(new Error("lost")));
  await expect(selection.act(desk, { kind: "read" })).rejects.toThrow("lost");
  await selection.act(desk, { kind: "read" });
  const [[first], [second]] = api.beginBatch.mock.calls as [[string, unknown], [string, unknown]];
  expect(second).toBe(first);
});

it("goes on telling of what was under way after a reload, and of nothing else", async () => {
  const { api, session: desk } = session();
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  selection.batch = batch("running", 40);
  selection.remember();
  // The page is new.
  selection.finish();
  const told = { ...desk, api: { ...api, batch: () => Promise.resolve(batch("running", 60)) } };
  await selection.resume(told as unknown as Session);
  expect([selection.batch?.done, selection.busy]).toEqual([60, true]);
  selection.batch = batch("done", 120);
  selection.remember();
  selection.finish();
  await selection.resume(told as unknown as Session);
  expect(selection.batch).toBe(null);
  vi.unstubAllGlobals();
});
