// Leaving a page with something unsaved on it asks first: within the desk with a window (Leaving.svelte), on closing the
// desk with the browser's own question.
// Must stay true: the router is blocked once and for all, as it counts the steps of the history only while it is.

import { blockNavigation } from "sv-router";
import { onMount } from "svelte";

const pages = new Set<() => boolean>();
const losses = new Set<() => boolean>();
let ask: (() => Promise<boolean>) | null = null;

const isUnsaved = () => [...pages].some((isChanged) => isChanged());

blockNavigation({
  beforeUnload: () => !isUnsaved() && ![...losses].some((loses) => loses()),
  onNavigate: () => ask === null || !isUnsaved() || ask(),
});

/** For as long as the component is there: leaving asks first while `isChanged` says so. */
export function askBeforeLeaving(isChanged: () => boolean): void {
  onMount(() => {
    pages.add(isChanged);
    return () => pages.delete(isChanged);
  });
}

/** Closing the desk asks first while `loses` says that something would be lost; within the desk nothing is. */
export function askBeforeClosing(loses: () => boolean): () => void {
  losses.add(loses);
  return () => losses.delete(loses);
}

/** `asks` answers whether the page is left. */
export function askWith(asks: () => Promise<boolean>): () => void {
  ask = asks;
  return () => {
    if (ask === asks) ask = null;
  };
}
