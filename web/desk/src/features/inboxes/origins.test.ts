import { describe, expect, it } from "vitest";
import { originsOf } from "./origins";

describe("allowed sites", () => {
  it("become exact origins, once each", () => {
    expect(
      originsOf(
        "https://shop.example/path?x, shop.example\nhttp://localhost:8080 HTTPS://A.example:443",
      ),
    ).toEqual({
      origins: ["https://shop.example", "http://localhost:8080", "https://a.example"],
      bad: [],
    });
  });

  it("name what cannot be read", () => {
    expect(originsOf("shop https://ok.example ht!tp://x")).toEqual({
      origins: ["https://ok.example"],
      bad: ["shop", "ht!tp://x"],
    });
    expect(originsOf("  ")).toEqual({ origins: [], bad: [] });
  });
});
