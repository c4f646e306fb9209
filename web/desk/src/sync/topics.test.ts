import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const FRAME_MS = 16;

let press: () => void;
let topics: typeof import("./topics");
let drawn: number[];

beforeEach(async () => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal("performance", { now: () => Date.now() });
  vi.stubGlobal("requestAnimationFrame", (run: () => void) => setTimeout(run, FRAME_MS));
  vi.stubGlobal("cancelAnimationFrame", (frame: number) => clearTimeout(frame));
  vi.stubGlobal("addEventListener", (_: string, hear: () => void) => (press = hear));
  vi.resetModules();
  topics = await import("./topics");
  drawn = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A desk on which drawing takes so long. */
function desk(takes_ms: number) {
  const all = new topics.Topics();
  all.subscribe("chat", () => {
    drawn.push(Date.now());
    vi.setSystemTime(Date.now() + takes_ms);
  });
  return () => all.touch("chat");
}

describe("what happens", () => {
  it("is drawn in the next frame, and behind that of a key", () => {
    const happens = desk(1);
    happens();
    vi.advanceTimersByTime(FRAME_MS);
    expect(drawn).toEqual([FRAME_MS]);

    press();
    const pressed_at = Date.now();
    happens();
    vi.advanceTimersByTime(3 * FRAME_MS);
    expect(drawn.at(-1)).toBe(pressed_at + 2 * FRAME_MS);
  });

  it("waits for the next key where drawing is slow and somebody types", () => {
    const happens = desk(80);
    press();
    happens();
    vi.advanceTimersByTime(60);
    expect([drawn.length, topics.isStrained()]).toEqual([1, true]);

    happens();
    vi.advanceTimersByTime(60);
    expect(drawn).toHaveLength(1);
    press();
    vi.advanceTimersByTime(2 * FRAME_MS);
    expect(drawn).toHaveLength(2);
  });

  it("waits no longer than a quarter of a second, and not once nobody types", () => {
    const happens = desk(80);
    press();
    happens();
    vi.advanceTimersByTime(100);
    happens();
    vi.advanceTimersByTime(300);
    expect(drawn).toHaveLength(2);

    vi.advanceTimersByTime(1_000);
    expect(topics.isStrained()).toBe(false);
    const at = Date.now();
    happens();
    vi.advanceTimersByTime(FRAME_MS);
    expect(drawn.at(-1)).toBe(at + FRAME_MS);
  });

  it("can be waited for by whoever acts on what is drawn then", async () => {
    const all = new topics.Topics();
    await all.told();
    all.subscribe("chat", () => drawn.push(Date.now()));
    all.touch("chat");
    const told = all.told().then(() => [...drawn]);
    vi.advanceTimersByTime(FRAME_MS);
    expect(await told).toEqual([FRAME_MS]);
  });
});
