import type { Author } from "@sapa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { conversationId, MARC, ME } from "./samples";
import { EXPIRES_MS, Viewers } from "./viewers";

const CHAT = conversationId(1);
const OTHER = conversationId(2);
const author = (id: string, name: string): Author => ({ kind: "member", id, name });
const olga = author(ME, "Olga");
const marc = author(MARC, "Marc");

const open = () => {
  const [say, changed] = [vi.fn(), vi.fn()];
  return { say, changed, viewers: new Viewers(say, changed) };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("viewers", () => {
  it("says where I look, again and again, and when I look away", () => {
    const { viewers, say } = open();
    viewers.look(CHAT);
    vi.advanceTimersByTime(25_000);
    expect(say.mock.calls).toEqual([
      [CHAT, true],
      [CHAT, true],
      [CHAT, true],
    ]);
    viewers.look(OTHER);
    viewers.look(null);
    expect(say.mock.calls.slice(3)).toEqual([
      [CHAT, false],
      [OTHER, true],
      [OTHER, false],
    ]);
    vi.advanceTimersByTime(60_000);
    expect(say).toHaveBeenCalledTimes(6);
  });

  // C35
  it("answers a newcomer once, and knows who is there", () => {
    const { viewers, say, changed } = open();
    viewers.look(CHAT);
    viewers.hear(CHAT, marc, true);
    viewers.hear(CHAT, marc, true);
    viewers.hear(OTHER, olga, true);
    expect(say).toHaveBeenCalledTimes(2);
    expect(changed).toHaveBeenCalledTimes(2);
    expect(viewers.of(CHAT)).toEqual([marc]);
    viewers.hear(CHAT, marc, false);
    expect(viewers.of(CHAT)).toEqual([]);
  });

  it("asks anew who looks when the conversation became somebody else's", () => {
    const { viewers, say } = open();
    viewers.look(CHAT);
    viewers.hear(CHAT, marc, true);
    say.mockClear();
    viewers.askAnew(OTHER);
    expect(say).not.toHaveBeenCalled();
    expect(viewers.of(CHAT)).toEqual([marc]);
    viewers.askAnew(CHAT);
    expect(viewers.of(CHAT)).toEqual([]);
    expect(say.mock.calls).toEqual([[CHAT, true]]);
    viewers.hear(CHAT, marc, true);
    expect(viewers.of(CHAT)).toEqual([marc]);
  });

  it("forgets who is not heard any more", () => {
    const { viewers } = open();
    viewers.hear(CHAT, marc, true);
    vi.advanceTimersByTime(EXPIRES_MS - 1_000);
    expect(viewers.of(CHAT)).toEqual([marc]);
    vi.advanceTimersByTime(2_000);
    expect(viewers.of(CHAT)).toEqual([]);
    viewers.hear(CHAT, marc, true);
    viewers.forget();
    expect(viewers.of(CHAT)).toEqual([]);
  });
});
