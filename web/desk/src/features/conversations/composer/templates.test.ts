import type { MessageTemplate } from "@sapa/protocol";
import { expect, test } from "vitest";
import { filled, found } from "./templates";

const ready: MessageTemplate = {
  name: "pesanan_siap",
  language: "id",
  category: "UTILITY",
  header: "Kopi {{1}}",
  body: "Halo {{1}}, pesanan {{2}} siap.",
  footer: "Kopi Senja",
  buttons: [],
  gaps: ["header:1", "body:1", "body:2"],
  unsupported: null,
};

// C34
test("a template is found by its words and shows what is filled in", () => {
  expect(found([ready], "SIAP halo")).toEqual([ready]);
  expect(found([ready], "siap besok")).toEqual([]);
  expect(filled(ready, { "header:1": "Gayo", "body:1": " Budi ", "body:2": " " })).toBe(
    "Kopi Gayo\n\nHalo Budi, pesanan {{2}} siap.\n\nKopi Senja",
  );
});
