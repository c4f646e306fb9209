import { expect, it } from "vitest";
import type { ContactSource } from "@sapa/protocol";
import { campaignOf, sourceText } from "./sources";

const source = (change: Partial<ContactSource>): ContactSource => ({
  kind: "direct",
  name: null,
  referrer: null,
  landing: null,
  utm: {},
  at: 0,
  ...change,
});

// R097, R263
it("says who led a visitor here, and by which way", () => {
  expect(sourceText(source({ kind: "search", name: "Google" }))).toBe("Google · Search engine");
  expect(sourceText(source({ kind: "ad", name: "Kopi Gayo" }))).toBe("Kopi Gayo · Advertisement");
  expect(sourceText(source({}))).toBe("Directly");
});

it("tells what a link says of its campaign, in one order", () => {
  const utm = { term: "beans", campaign: "may", odd: "x", source: "Ngopi" };
  expect(campaignOf(source({ utm, name: "Ngopi" }))).toEqual([
    { name: "Campaign", value: "may" },
    { name: "Keyword", value: "beans" },
  ]);
});
