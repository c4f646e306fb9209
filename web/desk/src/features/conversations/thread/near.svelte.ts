// Which message is pointed at, has the focus, or was tapped: it shows what can be done with it.
// Must stay true: one listener for all messages; the message whose menu is open stays near.

import type { EntryId } from "@sapa/protocol";

const RELEASE_AFTER_MS = 300;

export class Near {
  #hovered = $state<EntryId | null>(null);
  #focused = $state<EntryId | null>(null);
  #held = $state<EntryId | null>(null);
  #releasing = 0;

  is(id: EntryId): boolean {
    return id === this.#hovered || id === this.#focused || id === this.#held;
  }

  hold(id: EntryId, held: boolean): void {
    if (!held && this.#held !== id) return;
    clearTimeout(this.#releasing);
    if (held) this.#held = id;
    // It gives the focus back to its button first.
    else this.#releasing = window.setTimeout(() => (this.#held = null), RELEASE_AFTER_MS);
  }

  /** `{@attach near.attach}` on the element around the messages. */
  attach = (element: HTMLElement): (() => void) => {
    const ending = new AbortController();
    const { signal } = ending;
    const listen = <K extends keyof HTMLElementEventMap>(
      name: K,
      hear: (event: HTMLElementEventMap[K]) => void,
    ) => element.addEventListener(name, hear, { signal });

    listen("pointerover", ({ pointerType, target }) => {
      if (pointerType !== "touch") this.#hovered = idAt(target);
    });
    listen("pointerleave", () => (this.#hovered = null));
    // Later: the focus may go because what had it is being taken away right now, while drawing.
    const focus = (at: EventTarget | null) => queueMicrotask(() => (this.#focused = idAt(at)));
    listen("focusin", ({ target }) => focus(target));
    listen("focusout", ({ relatedTarget }) => focus(relatedTarget));
    // A finger has no hovering: a tap shows it, and a long press where the browser tells of one.
    const tapped = (event: MouseEvent) => {
      if (event instanceof PointerEvent && event.pointerType === "touch")
        this.#hovered = idAt(event.target);
    };
    listen("click", tapped);
    listen("contextmenu", tapped);
    return () => ending.abort();
  };
}

function idAt(target: EventTarget | null): EntryId | null {
  if (!(target instanceof Element)) return null;
  const article = target.closest<HTMLElement>("article[data-entry]");
  return (article?.dataset["entry"] as EntryId | undefined) ?? null;
}
