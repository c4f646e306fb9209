import { describe, expect, it } from "vitest";
import type { Mark } from "./api";
import { blocksOf, plainOf } from "./links";
import { ALL_MARKS } from "./marks";

const MAIL: readonly Mark[] = [...ALL_MARKS, "link"];

function partsOf(text: string) {
  const [block] = blocksOf(text, MAIL);
  return block && "parts" in block ? block.parts : [];
}

describe("links with words of their own", () => {
  it("show the words and lead to the address", () => {
    expect(partsOf("*See* [our menu](https://kopi.example/m_1_), please")).toEqual([
      { kind: "bold", parts: [{ kind: "text", text: "See" }] },
      { kind: "text", text: " " },
      { kind: "link", text: "our menu", href: "https://kopi.example/m_1_" },
      { kind: "text", text: ", please" },
    ]);
    expect(partsOf("[a](https://x.example),(b)")).toEqual([
      { kind: "link", text: "a", href: "https://x.example" },
      { kind: "text", text: ",(b)" },
    ]);
    expect(partsOf("*[a](https://x.example)*")).toEqual([
      { kind: "bold", parts: [{ kind: "link", text: "a", href: "https://x.example" }] },
    ]);
    expect(plainOf("- [a b](https://x.example)!", MAIL)).toBe("- a b!");
  });

  it("are none elsewhere, and none where something is missing", () => {
    for (const text of [
      "[x](javascript:alert(1))",
      "[](https://x.example)",
      "[ ](https://x.example)",
      "[x] (https://x.example)",
      "[x](https://x.example",
      "[x](+6281234567890)",
    ]) {
      expect(plainOf(text, MAIL), text).toBe(text);
    }
    expect(plainOf("[x](https://x.example)")).toBe("[x](https://x.example)");
  });
});
