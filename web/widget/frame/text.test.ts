import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characters, pieces } from "./text";

describe("links in a text", () => {
  const links = (text: string) => pieces(text).flatMap(({ href }) => href ?? []);

  it("are found, without the sentence's punctuation", () => {
    expect(links("See https://shop.example/a?b=1. Or (http://x.example/y)!")).toEqual([
      "https://shop.example/a?b=1",
      "http://x.example/y",
    ]);
  });

  it("are only web addresses", () => {
    expect(links("javascript:alert(1) data:text/html,x ftp://x.example")).toEqual([]);
    expect(links("https://")).toEqual([]);
  });

  it("never change the text", () => {
    const text = fc.array(
      fc.oneof(fc.string(), fc.constantFrom("https://a.example/", "http://b.example).", " ", "\n")),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join("");
        expect(
          pieces(whole)
            .map((piece) => piece.text)
            .join(""),
        ).toBe(whole);
      }),
    );
  });
});

it("counts characters as the server does", () => {
  expect(characters("abc")).toBe(3);
  expect(characters("🎉🎉")).toBe(2);
  expect(characters("")).toBe(0);
});
