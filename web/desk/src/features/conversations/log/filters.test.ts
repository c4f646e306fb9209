import { expect, it } from "vitest";
import { MARC } from "../../../sync/samples";
import { EVERYTHING, isEverything, isReversed, requestOf } from "./filters";

it("asks for nothing in particular, or for what is chosen", () => {
  expect(isEverything(EVERYTHING)).toBe(true);
  expect(requestOf(EVERYTHING)).toEqual({});
  const chosen = { ...EVERYTHING, kind: "closed", actor: "member" } as const;
  expect(requestOf(chosen)).toEqual({ kind: "closed", actor: "member" });
  const one = { ...EVERYTHING, actor: MARC };
  expect(requestOf(one)).toEqual({ member: MARC });
});

// R030, C22
it("takes both days whole, where the viewer is", () => {
  const { from, until } = requestOf({ ...EVERYTHING, from: "2026-02-28", until: "2026-03-01" });
  expect(new Date(from!).toString()).toContain("Feb 28 2026 00:00:00");
  expect(new Date(until!).toString()).toContain("Mar 01 2026 23:59:59");
  expect(new Date(until! + 1).getHours()).toBe(0);
});

// R030
it("tells a range that ends before it begins from one day, and from one that is open", () => {
  const reversed = (from: string, until: string) => isReversed({ ...EVERYTHING, from, until });
  expect(reversed("2026-03-01", "2026-02-28")).toBe(true);
  expect(reversed("2026-03-01", "2026-03-01")).toBe(false);
  expect(reversed("2026-03-01", "")).toBe(false);
  expect(reversed("", "2026-03-01")).toBe(false);
});
