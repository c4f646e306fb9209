import { ProblemError } from "@sapa/protocol";
import { expect, it, vi } from "vitest";
import { Pages, type Page } from "./pages.svelte";

/** Ten numbers in pages of three; the second page is empty and goes on. */
function numbers(): (cursor: string | undefined) => Promise<Page<number>> {
  const pages: Page<number>[] = [
    { items: [1, 2, 3], next_cursor: "1" },
    { items: [], next_cursor: "2" },
    { items: [4, 5, 6], next_cursor: null },
  ];
  return (cursor) => Promise.resolve(pages[Number(cursor ?? 0)]!);
}

it("goes on over an empty page, and loads again as far as it was", async () => {
  const ask = vi.fn(numbers());
  const pages = new Pages(ask);
  pages.restart();
  await vi.waitFor(() => expect(pages.items).toEqual([1, 2, 3]));
  pages.more();
  await vi.waitFor(() => expect(pages.items).toEqual([1, 2, 3, 4, 5, 6]));
  expect([pages.cursor, pages.busy, ask.mock.calls.length]).toEqual([null, false, 3]);
  pages.reload();
  expect(pages.items).toHaveLength(6);
  await vi.waitFor(() => expect(pages.busy).toBe(false));
  expect([pages.items.length, ask.mock.calls.length]).toEqual([6, 6]);
});

/** An answer that comes when the test says so. */
function later() {
  let resolve!: (page: Page<number>) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<Page<number>>((good, bad) => ([resolve, reject] = [good, bad]));
  return { promise, resolve, reject };
}

it("forgets the answer to an older question, and keeps what is shown when one fails", async () => {
  const answers = [later(), later()];
  let asked = 0;
  const pages = new Pages(() => answers[asked++]!.promise);
  pages.restart();
  pages.restart();
  answers[1]!.resolve({ items: [2], next_cursor: null });
  answers[0]!.resolve({ items: [1], next_cursor: null });
  await vi.waitFor(() => expect(pages.items).toEqual([2]));
  answers.push(later());
  pages.reload();
  answers[2]!.reject(
    new ProblemError({ type: "", title: "", status: 0, code: "unreachable", params: {} }),
  );
  await vi.waitFor(() => expect(pages.problem?.code).toBe("unreachable"));
  expect(pages.items).toEqual([2]);
});
