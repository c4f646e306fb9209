// Where the keyboard goes on when a row of a list was removed: to the row beside it, or to the heading of the page.

/** Null when it is the only one. */
export function beside<T>(all: readonly T[], one: T): T | null {
  const at = all.indexOf(one);
  return all[at + 1] ?? all[at - 1] ?? null;
}

/** Once the window that asked is gone, and the row with it. */
export function goOnAt(element: string | null): void {
  requestAnimationFrame(() => {
    const row = element === null ? null : document.getElementById(element);
    (row ?? document.querySelector<HTMLElement>("main h1"))?.focus();
  });
}
