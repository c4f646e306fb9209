import { beforeEach, describe, expect, it } from "vitest";
import { CALM_INTERVAL_MS, CalmOrder, movedIn, type CalmClock } from "./calm";

let now_ms: number;
let timers: { at: number; run: () => void }[];
let target: string[];
let changes: number;
let order: CalmOrder<string>;

const clock: CalmClock = {
  now: () => now_ms,
  setTimeout(run, delay_ms) {
    const timer = { at: now_ms + delay_ms, run };
    timers.push(timer);
    return timer;
  },
  clearTimeout: (timer) => (timers = timers.filter((other) => other !== timer)),
};

function pass(ms: number): void {
  now_ms += ms;
  const due = timers.filter(({ at }) => at <= now_ms);
  timers = timers.filter(({ at }) => at > now_ms);
  for (const { run } of due) run();
}

function show(...ids: string[]): void {
  target = ids;
  order.stir();
}

beforeEach(() => {
  now_ms = 0;
  timers = [];
  target = [];
  changes = 0;
  order = new CalmOrder(
    () => target,
    () => (changes += 1),
    clock,
  );
});

describe("calm order", () => {
  it("shows the first change at once and further ones at most four times a second", () => {
    show("a");
    expect(order.shown).toEqual(["a"]);
    for (let step = 0; step < 100; step++) {
      show(...(step % 2 ? ["a", "b"] : ["b", "a"]));
      pass(10);
    }
    expect(changes).toBeLessThanOrEqual(1 + 1_000 / CALM_INTERVAL_MS);
  });

  it("moves nothing while held, counts what waits, and follows when released", () => {
    show("a", "b", "c");
    order.hold(true);
    pass(1_000);
    show("c", "a", "b", "d");
    expect(order.shown).toEqual(["a", "b", "c", "d"]);
    expect(order.moved).toBe(1);
    order.hold(false);
    expect(order.shown).toEqual(["c", "a", "b", "d"]);
    expect(order.moved).toBe(0);
  });

  it("follows at once when the person asks, held or not", () => {
    show("a", "b");
    order.hold(true);
    pass(1_000);
    show("b", "a");
    order.apply();
    expect(order.shown).toEqual(["b", "a"]);
    expect(order.moved).toBe(0);
  });

  it("keeps a row that went away until the hold ends", () => {
    show("a", "b");
    order.hold(true);
    pass(1_000);
    show("b");
    expect(order.shown).toEqual(["a", "b"]);
    expect(order.moved).toBe(1);
  });

  it("counts the fewest rows that must move", () => {
    const shown = ["a", "b", "c", "d", "e"];
    expect(movedIn(shown, ["e", "a", "b", "c", "d"])).toBe(1);
    expect(movedIn(shown, ["b", "c", "d", "e", "a"])).toBe(1);
    expect(movedIn(shown, ["x", "a", "b", "c", "d", "e"])).toBe(1);
    expect(movedIn(shown, ["a", "b", "c", "d", "e", "f", "g"])).toBe(0);
    expect(movedIn(shown, ["e", "d", "c", "b", "a"])).toBe(4);
  });
});
