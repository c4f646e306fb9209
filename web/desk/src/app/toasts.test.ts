import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { dismiss, toast, toaster } from "./toasts.svelte";

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
