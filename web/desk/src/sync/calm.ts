// The order in which a list is drawn, kept calm.
// Must stay true: the order changes at most four times a second, once while somebody types on a slow processor, and not
// at all while it is held (pointer over the list, a row focused by keyboard, a menu open); older pages may still be
// appended while held, because nothing that is on screen moves. What waits is counted and applied when the hold ends.
// Absent: what belongs in the list (views.ts) and the pill's words.

import { isStrained } from "./topics";

export const CALM_INTERVAL_MS = 250;
const STRAINED_INTERVAL_MS = 1_000;

export interface CalmClock {
  now(): number;
  setTimeout(run: () => void, delay_ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

const browserClock: CalmClock = {
  now: () => performance.now(),
  setTimeout: (run, delay_ms) => setTimeout(run, delay_ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

export class CalmOrder<Id extends string> {
  #target: () => readonly Id[];
  #changed: () => void;
  #clock: CalmClock;
  #shown: readonly Id[] = [];
  #moved = 0;
  #held = false;
  #applied_at = Number.NEGATIVE_INFINITY;
  #timer: unknown = null;

  /** `target` is asked for the true order when it is time to show it; `changed` tells the screen. */
  constructor(target: () => readonly Id[], changed: () => void, clock: CalmClock = browserClock) {
    this.#target = target;
    this.#changed = changed;
    this.#clock = clock;
  }

  get shown(): readonly Id[] {
    return this.#shown;
  }

  /** How many conversations stand elsewhere than they are shown, while held. */
  get moved(): number {
    return this.#moved;
  }

  /** The truth may have changed. */
  stir(): void {
    if (this.#timer !== null) return;
    const interval_ms = isStrained() ? STRAINED_INTERVAL_MS : CALM_INTERVAL_MS;
    const wait_ms = this.#applied_at + interval_ms - this.#clock.now();
    if (wait_ms <= 0) return this.#settle();
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = null;
      this.#settle();
    }, wait_ms);
  }

  hold(on: boolean): void {
    if (this.#held === on) return;
    this.#held = on;
    if (!on && this.#moved > 0) this.apply();
  }

  /** Shows the true order now, held or not: the person asked for it, or acted. */
  apply(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#applied_at = this.#clock.now();
    this.#show(this.#target(), 0);
  }

  #settle(): void {
    if (!this.#held) return this.apply();
    this.#applied_at = this.#clock.now();
    const target = this.#target();
    this.#show([...this.#shown, ...tailOf(this.#shown, target)], movedIn(this.#shown, target));
  }

  #show(ids: readonly Id[], moved: number): void {
    const same = moved === this.#moved && sameOrder(ids, this.#shown);
    this.#shown = ids;
    this.#moved = moved;
    if (!same) this.#changed();
  }
}

/** Ids that come after everything shown: an older page. */
function tailOf<Id>(shown: readonly Id[], target: readonly Id[]): Id[] {
  const known = new Set(shown);
  let last = -1;
  target.forEach((id, index) => {
    if (known.has(id)) last = index;
  });
  return target.slice(last + 1);
}

/** New ones, vanished ones, and the fewest that must move for the others to be in order. */
export function movedIn<Id>(shown: readonly Id[], target: readonly Id[]): number {
  const tail = new Set(tailOf(shown, target));
  const rank = new Map(shown.map((id, index) => [id, index]));
  const kept = target.flatMap((id) => rank.get(id) ?? []);
  const vanished = shown.length - kept.length;
  const fresh = target.filter((id) => !rank.has(id) && !tail.has(id)).length;
  return vanished + fresh + (kept.length - longestRise(kept));
}

/** Length of the longest rising subsequence: those that may stay where they are. */
function longestRise(numbers: readonly number[]): number {
  const ends: number[] = [];
  for (const number of numbers) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < number) low = middle + 1;
      else high = middle;
    }
    ends[low] = number;
  }
  return ends.length;
}

function sameOrder<Id>(a: readonly Id[], b: readonly Id[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
