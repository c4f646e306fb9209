import { describe, expect, it } from "vitest";
import { hostOf, ownAddress, pathOf, webAddress } from "./addresses";

describe("the address of a page", () => {
  it("is named by its path and what it asks for", () => {
    expect(pathOf("https://shop.example/track/KS-2231?from=mail")).toBe("/track/KS-2231?from=mail");
    expect(pathOf("https://shop.example")).toBe("/");
    expect(pathOf("nonsense")).toBe("nonsense");
    expect(hostOf("https://search.example/?q=1")).toBe("search.example");
  });

  it("becomes a link only when it is one of the web", () => {
    expect(webAddress("https://shop.example/a")).toBe("https://shop.example/a");
    for (const wrong of ["javascript:alert(1)", "data:text/html,x", "/a", "JAVASCRIPT:alert(1)"])
      expect(webAddress(wrong)).toBeUndefined();
  });

  // R257
  it("is opened only on a site of the inbox", () => {
    const shop = ["https://shop.example", "http://127.0.0.1:8080"];
    expect(ownAddress("https://shop.example/a?b", shop)).toBe("https://shop.example/a?b");
    expect(ownAddress("http://127.0.0.1:8080/a", shop)).toBe("http://127.0.0.1:8080/a");
    for (const foreign of ["https://evil.example/", "http://shop.example/", "javascript:alert(1)"])
      expect(ownAddress(foreign, shop)).toBeUndefined();
    expect(ownAddress("https://any.example/", [])).toBe("https://any.example/");
    expect(ownAddress("javascript:alert(1)", [])).toBeUndefined();
  });
});
