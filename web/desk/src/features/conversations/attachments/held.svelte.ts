// Pages of what a conversation holds, kept up with it: what comes is shown, and what was removed goes.

import { onDestroy } from "svelte";
import { Pages, type AskPage } from "../../../app/pages.svelte";

const RELOAD_AFTER_MS = 300;

export function held<T>(revision: () => number, ask: AskPage<T>): Pages<T> {
  const pages = new Pages(ask);
  let known = revision();
  pages.restart();
  $effect(() => {
    if (revision() === known) return;
    known = revision();
    const timer = setTimeout(() => pages.reload(), RELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  });
  onDestroy(() => pages.stop());
  return pages;
}
