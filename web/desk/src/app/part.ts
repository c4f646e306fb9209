// Parts of the desk that are loaded when they are needed.
// Must stay true: what cannot be loaded says so, once for all that are missing, and comes when it is asked for again or
// the network is back; whoever waits for it only waits longer.

import { m } from "../paraglide/messages";
import { dismissAbout, toast } from "./toasts.svelte";

const NOTE = "part";

let missing: (() => void)[] = [];

/** `missed` is called each time that it cannot be loaded. */
export function part<T>(load: () => Promise<T>, missed?: () => void): Promise<T> {
  return new Promise((resolve) => {
    const ask = () =>
      void load().then(resolve, () => {
        miss(ask);
        missed?.();
      });
    ask();
  });
}

function miss(ask: () => void): void {
  missing.push(ask);
  toast(m.part_missing(), {
    tone: "bad",
    about: NOTE,
    action: { label: m.try_again(), run: askAgain },
  });
}

function askAgain(): void {
  const all = missing;
  missing = [];
  dismissAbout(NOTE);
  for (const ask of all) ask();
}

if (typeof window !== "undefined") window.addEventListener("online", askAgain);
