import { ProblemError } from "@sapa/protocol";
import { expect, it, vi } from "vitest";
import { SavedViews } from "./savedViews";
import { Topics } from "./topics";

it("is asked for again once the connection is back, if it failed without it", async () => {
  const savedViews = vi.fn(() => Promise.resolve({ items: [] }));
  const views = new SavedViews({ savedViews }, new Topics((run) => run()));
  const problem = { type: "", title: "", status: 0, code: "unreachable", params: {} };
  savedViews.mockRejectedValueOnce(new ProblemError(problem));
  await views.load();
  expect([views.all, views.problem]).toEqual([null, problem]);

  await views.retry();
  expect([views.all, views.problem]).toEqual([[], null]);
  await views.retry();
  expect(savedViews).toHaveBeenCalledTimes(2);
});
