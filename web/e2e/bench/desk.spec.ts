// Types an answer at a desk on which much happens, on a slowed processor, and tells how long each key press took to be
// painted. Must stay true: keys are pressed at their own pace, however long the last one took; a time is what the Event
// Timing API says, and below its threshold when the frame began that paints it.

import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, type CDPSession } from "@playwright/test";

const WORDS = "Your parcel left customs this morning and is on its way to you ";
/** About 80 words a minute. */
const KEY_EVERY_MS = 150;
/** Keys before anything counts. */
const WARM_UP = 20;

interface Times {
  /** By the time of the key press. */
  painted: Map<number, number>;
  events: Map<number, number>;
  long: number[];
  scripts: Map<string, number>;
}

test("key presses are painted", async ({ browser }) => {
  const url = given("URL").replace("127.0.0.1", "localhost");
  const seconds = Number(given("SECONDS"));
  const context = await browser.newContext();
  const [name, ...value] = given("COOKIE").split("=");
  // A cookie that is bound to its host is a secure one; at localhost it goes without HTTPS too.
  const secure = url.replace("http:", "https:");
  await context.addCookies([{ name: name!, value: value.join("="), url: secure, httpOnly: true }]);
  const page = await context.newPage();
  await page.goto(`${url}/chats/mine/${given("CONVERSATION")}`);
  const box = page.getByRole("textbox", { name: "Reply" });
  await expect(box).toBeVisible();
  await box.click();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: Number(given("SLOWDOWN")) });
  // The processor's time, not the clock's, which others on the machine would stretch.
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });

  await type(page.keyboard, WARM_UP);
  await page.evaluate(watch);
  const before = await busy(devtools);
  const keys = Math.round((seconds * 1_000) / KEY_EVERY_MS);
  await type(page.keyboard, keys);
  const after = await busy(devtools);
  await sleep(1_000);
  const found = await page.evaluate(() => {
    const { painted, events, long, scripts } = (window as unknown as { times: Times }).times;
    return {
      keys: [...painted].map(([at, ms]) => events.get(at) ?? ms),
      events: [...events.values()],
      long,
      scripts: [...scripts].sort((a, b) => b[1] - a[1]).slice(0, 8),
    };
  });
  console.log(found.scripts);
  expect(found.keys.length).toBeGreaterThan(keys * 0.95);

  const figures = {
    keys: found.keys.length,
    key_to_paint_p50_ms: quantile(found.keys, 0.5),
    key_to_paint_p98_ms: quantile(found.keys, 0.98),
    key_to_paint_max_ms: quantile(found.keys, 1),
    keys_above_16_ms: found.events.length,
    long_tasks: found.long.length,
    long_task_max_ms: quantile(found.long, 1),
    main_thread_cpu_share: (after.busy_s - before.busy_s) / (after.at_s - before.at_s),
    heap_mib: after.heap_bytes / 1_048_576,
  };
  await writeFile(given("FIGURES"), JSON.stringify(figures));
});

function given(name: string): string {
  const value = process.env[`SAPA_BENCH_${name}`];
  if (!value) throw new Error(`SAPA_BENCH_${name} is missing: this is run by sapa-load desk`);
  return value;
}

/** In an open loop: a key that is late makes the next one no later. */
async function type(keyboard: { press(key: string): Promise<void> }, keys: number): Promise<void> {
  const start = Date.now();
  for (let key = 0; key < keys; key++) {
    const wait = start + key * KEY_EVERY_MS - Date.now();
    if (wait > 0) await sleep(wait);
    const letter = WORDS[key % WORDS.length]!;
    // Each time around it is begun anew, so that the text stays one that a person would send.
    if (key > 0 && key % WORDS.length === 0) await keyboard.press("Control+a");
    await keyboard.press(letter === " " ? "Space" : letter);
  }
}

/** Runs in the page. */
function watch(): void {
  const times: Times = {
    painted: new Map(),
    events: new Map(),
    long: [],
    scripts: new Map(),
  };
  (window as unknown as { times: Times }).times = times;
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      requestAnimationFrame(() => times.painted.set(timeStamp, performance.now() - timeStamp));
    },
    { capture: true },
  );
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (name === "keydown") times.events.set(startTime, duration);
    }
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) times.long.push(duration);
  }).observe({ type: "longtask" });
  interface Script {
    duration: number;
    invoker: string;
    sourceFunctionName: string;
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      for (const one of (entry as unknown as { scripts: Script[] }).scripts) {
        const name = `${one.invoker} ${one.sourceFunctionName}`;
        times.scripts.set(name, (times.scripts.get(name) ?? 0) + one.duration);
      }
    }
  }).observe({ type: "long-animation-frame" });
}

async function busy(devtools: CDPSession) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  const at_s = performance.now() / 1_000;
  return { at_s, busy_s: of("TaskDuration"), heap_bytes: of("JSHeapUsedSize") };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
