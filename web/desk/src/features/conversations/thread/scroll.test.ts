import { beforeEach, expect, it, vi } from "vitest";
import { conversationId } from "../../../sync/samples";
import { ThreadScroll } from "./scroll.svelte";

/** What a browser does with an element that scrolls, as far as it is asked here. */
class Scroller {
  scrollHeight = 1_000;
  clientHeight = 400;
  scrollTop = 600;
  firstElementChild = null;
  #listener: (() => void) | null = null;

  addEventListener(_: string, listener: () => void): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = null;
  }

  scrollTo({ top }: { top: number }): void {
    this.scrollTop = Math.min(top, this.scrollHeight - this.clientHeight);
  }

  scrolled(): void {
    this.#listener?.();
  }
}

function thread(): { element: Scroller; scroll: ThreadScroll } {
  const element = new Scroller();
  const scroll = new ThreadScroll(
    conversationId(1),
    () => {},
    () => false,
  );
  scroll.attach(element as unknown as HTMLElement);
  scroll.begin(null);
  element.scrolled();
  return { element, scroll };
}

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
});

it("stays at the end when content shrinks and grows before the browser tells of it", () => {
  const { element, scroll } = thread();
  // The typing sign goes, the browser moves up by itself, a picture comes.
  element.scrollHeight = 960;
  element.scrollTop = 560;
  element.scrollHeight = 1_300;
  element.scrolled();
  expect(scroll.at_bottom).toBe(true);
  expect(element.scrollTop).toBe(900);
});

it("leaves the end when a person scrolls up, and nothing pulls him down", () => {
  const { element, scroll } = thread();
  element.scrollTop = 300;
  element.scrolled();
  expect(scroll.at_bottom).toBe(false);
  element.scrollHeight = 1_300;
  element.scrolled();
  expect(element.scrollTop).toBe(300);
});
