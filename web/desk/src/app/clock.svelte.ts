// The time that relative times count from; moves on every ten seconds, the step of time limits, and when the tab is seen again.

const TICK_MS = 10_000;

let now = $state(Date.now());

setInterval(() => (now = Date.now()), TICK_MS);
document.addEventListener("visibilitychange", () => (now = Date.now()));

export const clock = {
  get now() {
    // A message may be newer than the last tick.
    return Math.max(now, Date.now() - TICK_MS);
  },
};
