// Who wants to hear of what: listeners by key, told at most once per frame.
// Must stay true: touching a key a thousand times within a frame calls each of its listeners once; what was typed is
// painted first; a hidden tab is still told, but only once a second.
// Absent: values. Listeners read them from the store.

const HIDDEN_FLUSH_MS = 1_000;

export type Schedule = (run: () => void) => void;

export class Topics {
  #schedule: Schedule;
  #listeners = new Map<string, Set<() => void>>();
  #touched = new Set<string>();
  #planned = false;
  #waiting: (() => void)[] = [];

  constructor(schedule: Schedule = nextFrame) {
    this.#schedule = schedule;
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) {
        this.#listeners.delete(key);
      }
    };
  }

  touch(...keys: string[]): void {
    for (const key of keys) this.#touched.add(key);
    if (this.#planned) return;
    this.#planned = true;
    this.#schedule(() => this.flush());
  }

  /** Once whoever listens was told of all that was touched: at once when nothing was. */
  told(): Promise<void> {
    if (!this.#planned) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  flush(): void {
    this.#planned = false;
    const keys = [...this.#touched];
    this.#touched.clear();
    const listeners = new Set(keys.flatMap((key) => [...(this.#listeners.get(key) ?? [])]));
    for (const listener of listeners) listener();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

const TYPED_MS = 50;
/** Whoever pressed a key this long ago still types. */
const TYPING_MS = 600;
/** A frame that took longer makes a key press wait. */
const SLOW_MS = 24;
/** While somebody types on a slow processor, what happens is drawn this often, or behind a key press. */
const PATIENT_MS = 250;

let typed_at = Number.NEGATIVE_INFINITY;
let drawn_at = Number.NEGATIVE_INFINITY;
/** Of the last frame in which something was drawn, until it was painted. */
let took_ms = 0;
let hurry = () => {};
globalThis.addEventListener?.(
  "keydown",
  () => {
    // When it was heard, not when it was pressed: its frame is the next one, however late it is.
    typed_at = performance.now();
    hurry();
  },
  { capture: true, passive: true },
);

/** Somebody types, and drawing takes long. */
export function isStrained(): boolean {
  return took_ms > SLOW_MS && performance.now() - typed_at < TYPING_MS;
}

// A hidden tab gets no frames, so a slow timer stands behind each of them. The frame of a key press is for the key
// alone: whoever types must not wait until the desk is drawn, and what happens is seen a frame later. Where drawing
// takes long, it begins behind a key press, so that it is over before the next one.
function nextFrame(run: () => void): void {
  const now = performance.now();
  const patience_ms = drawn_at + PATIENT_MS - now;
  if (!isStrained() || now - typed_at < TYPED_MS || patience_ms <= 0) return inFrame(run);
  const go = () => {
    clearTimeout(timer);
    hurry = () => {};
    inFrame(run);
  };
  const timer = setTimeout(go, patience_ms);
  hurry = go;
}

function inFrame(run: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    drawn_at = performance.now();
    run();
    // After the frame: its style, layout and painting count as well.
    setTimeout(() => (took_ms = performance.now() - drawn_at));
  };
  const timer = setTimeout(once, HIDDEN_FLUSH_MS);
  let frame = requestAnimationFrame(() => {
    if (performance.now() - typed_at > TYPED_MS) return once();
    frame = requestAnimationFrame(once);
  });
}
