// When the list of visitors is asked for again: soon after something changed, and never in a storm.
// Must stay true: at most one request in so many seconds for each page of the list that is shown, and none while nobody looks
// at it; the last change is always followed.

const SOONEST_MS = 3_000;

export class Refresh {
  #run: () => void;
  #pages: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ran = 0;
  #owed = false;

  constructor(run: () => void, pages: () => number) {
    this.#run = run;
    this.#pages = pages;
  }

  /** Something changed. */
  soon(): void {
    this.#owed = true;
    if (this.#timer !== undefined || document.hidden) return;
    const next = this.#ran + SOONEST_MS * Math.max(1, this.#pages());
    this.#timer = setTimeout(() => this.#go(), Math.max(0, next - Date.now()));
  }

  /** Somebody looks again. */
  readonly wake = (): void => {
    if (this.#owed) this.soon();
  };

  stop(): void {
    clearTimeout(this.#timer);
  }

  #go(): void {
    this.#timer = undefined;
    if (document.hidden) return;
    this.#owed = false;
    this.#ran = Date.now();
    this.#run();
  }
}
