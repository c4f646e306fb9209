import { beforeEach, expect, it, vi } from "vitest";
import { conversationId } from "../../sync/samples";
import { Panes, type Split } from "./panes.svelte";

const [A, B, C, D, E] = [1, 2, 3, 4, 5].map((number) => conversationId(number)) as [
  `cnv_${string}`,
  `cnv_${string}`,
  `cnv_${string}`,
  `cnv_${string}`,
  `cnv_${string}`,
];
let room: Split;
let stored: Record<string, string>;

beforeEach(() => {
  room = 4;
  stored = {};
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => (stored[key] = value),
  });
  return () => vi.unstubAllGlobals();
});

const panes = () => new Panes(() => room);

it("goes from one to two to four and back, filled from the list without doubles", () => {
  const all = panes();
  all.follow(B);
  all.cycle([A, B, C]);
  expect([all.slots, all.active]).toEqual([[B, A], 0]);
  all.cycle([A, B, C]);
  expect(all.slots).toEqual([B, A, C, null]);
  all.follow(C);
  all.cycle([A, B, C]);
  expect([all.slots, all.active]).toEqual([[C], 0]);
});

it("shows another chat in the pane in use, and goes to the pane of one that is shown", () => {
  const all = panes();
  all.follow(A);
  all.choose(2, [A, B]);
  all.follow(C);
  expect([all.slots, all.active]).toEqual([[C, B], 0]);
  all.follow(B);
  expect([all.slots, all.active]).toEqual([[C, B], 1]);
  all.follow(D);
  expect([all.slots, all.active]).toEqual([[C, D], 1]);
  all.empty(1);
  expect(all.follow(null)).toBeNull();
  expect([all.slots, all.active]).toEqual([[C, null], 1]);
  expect([all.has(C), all.has(D)]).toEqual([true, false]);
});

it("keeps what does not fit, and what was chosen over a reload", () => {
  const all = panes();
  all.follow(A);
  all.choose(4, [B, C, D]);
  room = 2;
  expect([all.shown, all.slots]).toEqual([2, [A, B]]);
  all.follow(D);
  expect([all.slots, all.active]).toEqual([[D, B], 0]);
  room = 4;
  expect(all.slots).toEqual([D, B, C, A]);
  const after = panes();
  after.follow(E);
  expect(after.slots).toEqual([E, B, C, A]);
  after.follow(C);
  room = 1;
  expect([after.shown, after.slots]).toEqual([1, [C]]);
  after.follow(A);
  expect([after.slots, after.active]).toEqual([[A], 0]);
});

it("leaves no pane empty for which there is a chat", () => {
  const all = panes();
  all.follow(null);
  expect(all.choose(4, [A, B, C, D])).toBe(A);
  expect([all.slots, all.active]).toEqual([[A, B, C, D], 0]);
  // Another list, or back from the settings: the address names no chat.
  all.follow(C);
  expect(all.follow(null)).toBe(C);
  expect(all.slots).toEqual([A, B, C, D]);
  all.choose(1, []);
  expect(all.follow(null)).toBeNull();
});

it("brings the one in use to where it is seen, and nothing is lost", () => {
  const all = panes();
  all.follow(A);
  all.choose(4, [B, C, D]);
  all.follow(D);
  room = 2;
  all.follow(D);
  expect([all.slots, all.active]).toEqual([[A, D], 1]);
  room = 4;
  all.follow(D);
  expect([all.slots, all.active]).toEqual([[A, D, C, B], 1]);
});

it("keeps that the list was folded away", () => {
  panes().fold(true);
  const all = panes();
  expect(all.folded).toBe(true);
  all.follow(A);
  all.cycle([A, B]);
  expect(panes().folded).toBe(true);
});
