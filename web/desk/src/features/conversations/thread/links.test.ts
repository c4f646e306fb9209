import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOf } from "./links";

const hrefs = (text: string) => partsOf(text).flatMap(({ href }) => href ?? []);

describe("links in a text", () => {
  it("finds addresses and leaves the sentence's marks outside", () => {
    expect(hrefs("See https://a.example/b?c=1, or (http://d.example).")).toEqual([
      "https://a.example/b?c=1",
      "http://d.example",
    ]);
  });

  it("makes no link of anything that is not http", () => {
    expect(hrefs("javascript:alert(1) data:text/html,x ftp://a.example www.a.example")).toEqual([]);
  });

  it("loses and adds nothing", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string(), fc.constantFrom("https://a.example/", " ", ").", "http://")),
        ),
        (words) => {
          const text = words.join("");
          expect(
            partsOf(text)
              .map((part) => part.text)
              .join(""),
          ).toBe(text);
        },
      ),
    );
  });
});
