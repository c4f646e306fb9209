// @vitest-environment happy-dom

import type { DeskEvent } from "@sapa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { recountSoon } from "./recount";

let told: (event: DeskEvent) => void;
const reload = vi.fn(async () => {});
const happen = (kind: string) => told({ kind } as DeskEvent);

beforeEach(() => {
  vi.useFakeTimers();
  reload.mockClear();
});
afterEach(() => vi.useRealTimers());

function begin(): () => void {
  return recountSoon({
    hear: (listener) => {
      told = listener;
      return () => {};
    },
    savedViews: { reload },
  });
}

describe("the numbers of saved views", () => {
  it("are counted again soon after something happened to a chat, and seldom however much does", () => {
    const stop = begin();
    vi.advanceTimersByTime(10_000);
    happen("tag.updated");
    happen("conversation.updated");
    vi.advanceTimersByTime(1_900);
    expect(reload).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(200);
    expect(reload).toHaveBeenCalledTimes(1);
    for (let second = 0; second < 10; second++) {
      happen("conversation.updated");
      vi.advanceTimersByTime(1_000);
    }
    expect(reload).toHaveBeenCalledTimes(3);
    stop();
    vi.advanceTimersByTime(120_000);
    expect(reload).toHaveBeenCalledTimes(3);
  });

  it("wait while nobody sees the page", () => {
    const stop = begin();
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    happen("conversation.updated");
    vi.advanceTimersByTime(20_000);
    expect(reload).toHaveBeenCalledTimes(0);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(reload).toHaveBeenCalledTimes(1);
    stop();
    hidden.mockRestore();
  });
});
