// Parts of the desk that are loaded when they are needed.
// Must stay true: what cannot be loaded says so, once for all that are missing, and comes when it is asked for again or
// the network or the server is back; whoever waits for it only waits longer.

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
    action: { label: m.try_again(), run: () => void askAgain() },
  });
}

/** For what is missing; nothing otherwise. */
export async function askAgain(): Promise<void> {
  if (missing.length === 0) return;
  const all = missing;
  missing = [];
  dismissAbout(NOTE);
  const styled = await stylesAgain();
  for (const ask of all) {
    if (styled) ask();
    else miss(ask);
  }
}

/** Style sheets that failed: whoever loads a part asks for each of them once only. Answers whether all are there. */
async function stylesAgain(): Promise<boolean> {
  const all = [...failed];
  failed.clear();
  const there = all.map((link) => {
    const anew = link.cloneNode() as HTMLLinkElement;
    link.replaceWith(anew);
    return new Promise<boolean>((resolve) => {
      anew.addEventListener("load", () => resolve(true));
      anew.addEventListener("error", () => resolve(false));
    });
  });
  return (await Promise.all(there)).every(Boolean);
}

const failed = new Set<HTMLLinkElement>();

if (typeof window !== "undefined") {
  window.addEventListener("online", () => void askAgain());
  const fail = ({ target }: Event) => {
    if (target instanceof HTMLLinkElement) failed.add(target);
  };
  window.addEventListener("error", fail, { capture: true });
}
