// Where a thread is scrolled to, and what moves it.
// Must stay true: at the bottom it follows new messages; scrolled up nothing pulls it down; older pages on top
// do not move what is being read; the place is kept per conversation while the desk is open.

import type { ConversationId } from "@sapa/protocol";

/** So near the end counts as the end. */
const BOTTOM_PX = 48;
/** Older pages, and rows that are not drawn, are asked for this early. */
const TOP_PX = 600;

// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
const places = new Map<ConversationId, number>();

export class ThreadScroll {
  #id: ConversationId;
  #element: HTMLElement | null = null;
  #observer: ResizeObserver | null = null;
  #onTop: () => void;
  /** Near the end of what is drawn; true when there is more below that is not. */
  #onBottom: () => boolean;
  /** Where the element stood at the last look, and how large it and its content were. */
  #top = 0;
  #sizes = "";
  at_bottom = $state(true);

  constructor(id: ConversationId, onTop: () => void, onBottom: () => boolean) {
    this.#id = id;
    this.#onTop = onTop;
    this.#onBottom = onBottom;
  }

  /** `{@attach scroll.attach}` on the scrolling element; its only child is the content. */
  attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    this.#observer = new ResizeObserver(() => {
      if (this.at_bottom) this.toBottom();
      this.#sizes = this.#measure();
    });
    this.#observer.observe(element);
    if (element.firstElementChild) this.#observer.observe(element.firstElementChild);
    const onScroll = () => this.#look();
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      element.removeEventListener("scroll", onScroll);
      this.#observer?.disconnect();
      this.#element = null;
    };
  };

  /** It was left at a place of its own before. */
  get known(): boolean {
    return places.has(this.#id);
  }

  /** The place is in what will not be drawn when somebody is back. */
  forget(): void {
    places.delete(this.#id);
  }

  /** The first picture: the kept place, the reading line, or the end. */
  begin(line: Element | null): void {
    const element = this.#element;
    if (!element) return;
    const kept = places.get(this.#id);
    if (kept !== undefined) element.scrollTop = element.scrollHeight - element.clientHeight - kept;
    else if (line) element.scrollTop += topWithin(line, element) - element.clientHeight / 4;
    else this.toBottom();
    this.at_bottom = this.#fromBottom() <= BOTTOM_PX;
    this.#look();
  }

  toBottom(smooth = false): void {
    const element = this.#element;
    if (!element) return;
    element.scrollTo({ top: element.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.at_bottom = true;
  }

  /** Brings a message into the upper half, wherever the reading was. */
  show(message: Element): void {
    const element = this.#element;
    if (!element) return;
    element.scrollTop += topWithin(message, element) - element.clientHeight / 3;
    this.at_bottom = this.#fromBottom() <= BOTTOM_PX;
    this.#look();
  }

  /** Call before rows come or go at either end; the answer puts the same words back under the eyes. */
  hold(): () => void {
    const element = this.#element;
    if (!element) return () => {};
    const anchor = [...element.querySelectorAll("[data-piece]")].find(
      (piece) => topWithin(piece, element) + piece.clientHeight > 0,
    );
    const top = anchor ? topWithin(anchor, element) : 0;
    return () => {
      if (this.at_bottom || !anchor?.isConnected) return;
      element.scrollTop += topWithin(anchor, element) - top;
    };
  }

  #look(): void {
    const element = this.#element;
    if (!element) return;
    const more_below = this.#fromBottom() < TOP_PX && this.#onBottom();
    // Growing content is not a person scrolling: only going up leaves the bottom. Content that shrinks, as a typing
    // sign does when it goes, moves the element up by itself; what grew before this event then hid the end.
    const sizes = this.#measure();
    if (this.#fromBottom() <= BOTTOM_PX) this.at_bottom = !more_below;
    else if (this.at_bottom && sizes !== this.#sizes) this.toBottom();
    else if (element.scrollTop < this.#top) this.at_bottom = false;
    this.#sizes = sizes;
    this.#top = element.scrollTop;
    if (this.at_bottom) places.delete(this.#id);
    else places.set(this.#id, this.#fromBottom());
    if (element.scrollTop < TOP_PX) this.#onTop();
  }

  #measure(): string {
    const element = this.#element;
    return element ? `${element.scrollHeight}/${element.clientHeight}` : "";
  }

  #fromBottom(): number {
    const element = this.#element;
    return element ? element.scrollHeight - element.scrollTop - element.clientHeight : 0;
  }
}

function topWithin(child: Element, parent: HTMLElement): number {
  return child.getBoundingClientRect().top - parent.getBoundingClientRect().top;
}
