import { expect, test } from "vitest";
import { unfinished } from "./unfinished";

test("a filter that says nothing is named, and one that does is not", () => {
  expect(unfinished("from: in: tag: has: after: before:")).toEqual([
    "from",
    "in",
    "tag",
    "has",
    "after",
    "before",
  ]);
  expect(
    unfinished('from:me in:"Toko Satu" tag:VIP has:file after:20251101 before:2024-02-29'),
  ).toEqual([]);
});

test("a day must be one", () => {
  for (const day of ["2020-13-99", "2025-02-29", "yesterday", "2025-1-1", "20251301"]) {
    expect(unfinished(`before:${day}`), day).toEqual(["before"]);
  }
});

test("signs are no name, whatever the case", () => {
  expect(unfinished("FROM:-- has:Pictures has:FILE tag:ü")).toEqual(["from", "has"]);
});

test("quoted words, addresses and other words with a colon are none", () => {
  expect(unfinished('"from: me" https://in: note: “before: noon” xfrom:')).toEqual([]);
});
