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

  flush(): void {
    this.#planned = false;
    const keys = [...this.#touched];
    this.#touched.clear();
    const listeners = new Set(keys.flatMap((key) => [...(this.#listeners.get(key) ?? [])]));
    for (const listener of listeners) listener();
  }
}

const TYPED_MS = 50;
let typed_at = Number.NEGATIVE_INFINITY;
globalThis.addEventListener?.("keydown", ({ timeStamp }) => (typed_at = timeStamp), {
  capture: true,
  passive: true,
});

// A hidden tab gets no frames, so a slow timer stands behind each of them. The frame of a key press is for the key
// alone: whoever types must not wait until the desk is drawn, and what happens is seen a frame later.
function nextFrame(run: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    run();
  };
  const timer = setTimeout(once, HIDDEN_FLUSH_MS);
  let frame = requestAnimationFrame(() => {
    if (performance.now() - typed_at > TYPED_MS) return once();
    frame = requestAnimationFrame(once);
  });
}
