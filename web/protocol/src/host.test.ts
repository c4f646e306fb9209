import { expect, it } from "vitest";
import { readableHost } from "./host";

const read = (url: string) => readableHost(new URL(url).host);

it("reads an international domain in its own letters", () => {
  for (const host of [
    "münchen.de",
    "café.example:8080",
    "пример.рф",
    "例え.テスト",
    "مثال.إختبار",
    "ไทย.ไทย",
  ])
    expect(read(`https://${host}/a`)).toBe(host);
  expect(read("https://shop.example:8080/?q=1")).toBe("shop.example:8080");
  expect(read("http://127.0.0.1:9000/")).toBe("127.0.0.1:9000");
});

it("tells an imitation from what it imitates", () => {
  // The first letter is Cyrillic; all letters are; a Latin i without its dot.
  expect(read("https://аpple.com")).toBe("xn--pple-43d.com (аpple.com)");
  expect(read("https://аррӏе.com")).toBe("xn--80ak6aa92e.com (аррӏе.com)");
  expect(read("https://raıffeisen.example")).toMatch(/^xn--.* \(raıffeisen\.example\)$/);
});

it("leaves what is no punycode as it is", () => {
  for (const host of ["xn--.example", "xn--99999999999.example", "xn--a-.example"])
    expect(readableHost(host)).toBe(host);
});

it("reads what browsers write, whatever the letters", () => {
  for (const label of ["ñandú", "größe", "日本語", "한국어", "ελλάδα", "bücher-1"]) {
    const { host } = new URL(`https://${label}.example`);
    expect(readableHost(host)).toContain(`${label}.example`);
  }
});
