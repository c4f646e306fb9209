// @vitest-environment happy-dom

import { afterEach, describe, expect, it, vi } from "vitest";
import { askAgain, part } from "./part";
import { dismissAbout, toaster } from "./toasts.svelte";

afterEach(() => dismissAbout("part"));

/** Settles promises that are settled already. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("a part that cannot be loaded", () => {
  it("says so once for all of them, and comes when it is asked for again", async () => {
    let there = false;
    const load = vi.fn(async (name: string) => {
      if (!there) throw new Error("no network");
      return name;
    });
    const loaded: string[] = [];
    for (const name of ["one", "two"]) void part(() => load(name)).then((got) => loaded.push(got));
    await settle();
    expect(toaster.current).toHaveLength(1);
    expect(loaded).toEqual([]);
    there = true;
    toaster.current[0]!.action!.run();
    await settle();
    expect(loaded).toEqual(["one", "two"]);
    expect(toaster.current).toEqual([]);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it("comes by itself with the network", async () => {
    let there = false;
    const loading = part(async () => {
      if (!there) throw new Error("no network");
      return "here";
    });
    await settle();
    there = true;
    window.dispatchEvent(new Event("online"));
    expect(await loading).toBe("here");
  });

  it("comes when the server is back, which no network tells", async () => {
    let there = false;
    const loading = part(async () => {
      if (!there) throw new Error("no server");
      return "here";
    });
    await settle();
    there = true;
    await askAgain();
    expect(await loading).toBe("here");
    expect(toaster.current).toEqual([]);
  });
});
