import { expect, it } from "vitest";
import { hostOf } from "./addresses";
import { addressOf, faultsOf } from "./cards";

it("takes addresses of websites only, and completes what people type", () => {
  expect(addressOf(" kopi.example/gayo ")).toBe("https://kopi.example/gayo");
  expect(addressOf("http://kopi.example")).toBe("http://kopi.example");
  expect(addressOf("javascript:alert(1)")).toBe("javascript:alert(1)");
  const faults = (url: string) => faultsOf({ url, title: "Gayo" });
  expect(faults("https://kopi.example/gayo")).toEqual([]);
  for (const url of ["javascript:alert(1)", "https://", "", "https://bank@kopi.example", "ftp://a"])
    expect(faults(url), url).toEqual(["url"]);
  expect(faultsOf({ url: "https://kopi.example", title: " " })).toEqual(["title"]);
});

it("names the site", () => {
  expect(hostOf("https://kopi.example:8080/gayo?x=1")).toBe("kopi.example:8080");
});
