import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { overwriteGetLocale } from "../paraglide/runtime";
import { sayProblem } from "./problems";
import { sentences } from "./sentences.svelte";

const problem = (code: string, params = {}) => ({ type: "", title: "", status: 422, code, params });

beforeAll(() => sentences.loaded);
beforeEach(() => vi.stubGlobal("navigator", { languages: ["en-GB"] }));
afterEach(() => {
  vi.unstubAllGlobals();
  overwriteGetLocale(() => "en");
});

describe("problems in words", () => {
  it("speak the language of the screen, with readable numbers and sizes", () => {
    overwriteGetLocale(() => "en");
    expect(sayProblem(problem("text_too_long", { max: 2000, length: 2345 }))).toContain("2,345");
    expect(sayProblem(problem("file_too_large", { max_bytes: 26_214_400 }))).toContain("25 MB");
    overwriteGetLocale(() => "id");
    expect(sayProblem(problem("conversation_taken", { by: "Marc" }))).toBe(
      "Obrolan ini kini dipegang Marc.",
    );
  });

  it("say something for a code they do not know, and show it", () => {
    expect(sayProblem(problem("brand_new_code"))).toContain("brand_new_code");
  });
});
