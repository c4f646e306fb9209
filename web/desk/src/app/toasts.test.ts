import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { act, dismiss, hold, toast, toaster, TOAST_MS } from "./toasts.svelte";

const action = { label: "Undo", run: () => {} };
const texts = () => toaster.current.map(({ text }) => text);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const { id } of toaster.current) dismiss(id);
  vi.useRealTimers();
});

it("keeps one undo at a time, beside what was refused with a way on", () => {
  toast("closed", { action });
  toast("moved", { action });
  toast("not sent", { tone: "bad", action });
  toast("not sent either", { tone: "bad", action });
  expect(texts()).toEqual(["moved", "not sent", "not sent either"]);
  toast("tagged", { action });
  expect(texts()).toEqual(["not sent", "not sent either", "tagged"]);
});

it("waits while somebody is at the notes, and its time begins anew when he leaves", () => {
  toast("closed", { action });
  vi.advanceTimersByTime(TOAST_MS - 1_000);
  hold(true);
  vi.advanceTimersByTime(10 * TOAST_MS);
  toast("saved");
  vi.advanceTimersByTime(10 * TOAST_MS);
  expect(texts()).toEqual(["closed", "saved"]);
  hold(false);
  vi.advanceTimersByTime(TOAST_MS - 1_000);
  expect(texts()).toEqual(["closed", "saved"]);
  vi.advanceTimersByTime(1_000);
  expect(texts()).toEqual([]);
});

it("forgets who was at the notes with the last of them", () => {
  toast("closed", { action });
  hold(true);
  dismiss(toaster.current[0]!.id);
  toast("moved");
  vi.advanceTimersByTime(TOAST_MS);
  expect(texts()).toEqual([]);
});

it("has one undo for a key, which is said once it is done", () => {
  const run = vi.fn();
  toast("not sent", { tone: "bad", action });
  expect(toaster.undoable).toBeNull();
  toast("closed", { action: { label: "Undo", run } });
  act(toaster.undoable!);
  expect(run).toHaveBeenCalledOnce();
  expect([toaster.undoable, toaster.undone, texts()]).toEqual([null, "closed", ["not sent"]]);
  toast("moved", { action });
  expect(toaster.undone).toBeNull();
});
