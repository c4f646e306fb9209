import { expect, it } from "vitest";
import { webAddress } from "../conversations/addresses";
import { dataLink, dataText } from "./dataValues";

const as = (kind: Parameters<typeof dataText>[0]["kind"], text: string) => dataText({ kind }, text);

// R272
it("reads each kind as people do", () => {
  expect(as("number", "1234567")).toBe("1,234,567");
  expect(as("money", "125000 IDR")).toMatch(/^IDR\s125,000/);
  expect(as("money", "USD12.5")).toBe("$12.50");
  expect(as("money", "99")).toBe("99");
  expect(as("date", "2026-12-01")).toBe("Dec 1, 2026");
  expect(as("flag", "1")).toBe("Yes");
  expect(as("flag", "false")).toBe("No");
});

it("shows what is not of its kind as it was told, and links only to the web", () => {
  for (const odd of ["", "gold", "IDR 5 USD", "12e9", "XXXX 5"]) expect(as("money", odd)).toBe(odd);
  expect(as("date", "soon")).toBe("soon");
  expect(as("date", "2026-99-99T1")).toBe("2026-99-99T1");
  expect(as("flag", "perhaps")).toBe("perhaps");
  const link = (text: string) => dataLink({ kind: "link" }, text, webAddress);
  expect(link("https://shop.example/1")).toBe("https://shop.example/1");
  expect(link("javascript:alert(1)")).toBeUndefined();
  expect(dataLink({ kind: "text" }, "https://shop.example", webAddress)).toBeUndefined();
});
