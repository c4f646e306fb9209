import { beforeEach, expect, it, vi } from "vitest";
import { conversationId, MARC, ME } from "../../../sync/samples";
import { Docked, DOCKED_MAX } from "./docked.svelte";

const ids = Array.from({ length: DOCKED_MAX + 1 }, (_, n) => conversationId(n + 1));
let stored: Record<string, string>;

function start(member = ME): Docked {
  const docked = new Docked();
  docked.startFor(member);
  return docked;
}

beforeEach(() => {
  stored = {};
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => (stored[key] = value),
  });
  return () => vi.unstubAllGlobals();
});

it("keeps each chat once, the newest open, and the oldest makes room", () => {
  const docked = start();
  for (const id of ids) docked.show(id);
  expect([docked.ids, docked.open]).toEqual([ids.slice(1), ids.at(-1)]);
  docked.show(ids[1]!);
  expect([docked.ids, docked.open]).toEqual([ids.slice(1), ids[1]]);
});

it("is as it was after a reload, and empty where nothing of use was kept", () => {
  const docked = start();
  docked.show(ids[0]!);
  docked.show(ids[1]!);
  expect(start().open).toBe(ids[1]);
  docked.minimize();
  docked.remove(ids[1]!);
  const after = start();
  expect([after.ids, after.open]).toEqual([[ids[0]], null]);
  stored["sapa-docked"] = `{"member":"${ME}","ids":["no id"],"open":"no id"}`;
  expect([start().ids, start().open]).toEqual([[], null]);
  stored["sapa-docked"] = "nonsense";
  expect(start().ids).toEqual([]);
});

it("is of the member who chose it", () => {
  start().show(ids[0]!);
  expect([start(MARC).ids, start().open]).toEqual([[], ids[0]]);
});

it("puts another in the place of one that is no more, and never twice", () => {
  const docked = start();
  for (const id of ids.slice(0, 3)) docked.show(id);
  docked.replace(ids[2]!, ids[3]!);
  expect([docked.ids, docked.open]).toEqual([[ids[0], ids[1], ids[3]], ids[3]]);
  docked.replace(ids[0]!, ids[1]!);
  expect([docked.ids, docked.open]).toEqual([[ids[1], ids[3]], ids[3]]);
});
