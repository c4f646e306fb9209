import { describe, expect, it } from "vitest";
import { fill, markedParts, openParts, partsOf, type Values } from "./placeholders";

const known: Values = {
  "contact.name": "Siti Nur Aini",
  "contact.first_name": "Siti",
  "contact.email": null,
  "me.name": "Citra",
  "inbox.name": "Shop",
};

describe("placeholders", () => {
  it("are filled with what is known, and with the fallback where nothing is", () => {
    expect(fill("Hi {{contact.first_name|there}}, {{ me.name }} of {{inbox.name}}.", known)).toBe(
      "Hi Siti, Citra of Shop.",
    );
    expect(fill("We wrote to {{contact.email| your address }}.", known)).toBe(
      "We wrote to your address.",
    );
    expect(fill("{{contact.email|}}Hello", known)).toBe("Hello");
  });

  it("stay as they are written when nobody knows what stands there", () => {
    const parts = partsOf("To {{contact.email}} now", known);
    expect(parts).toEqual([
      { text: "To ", open: false },
      { text: "{{contact.email}}", open: true },
      { text: " now", open: false },
    ]);
    expect(fill("{{user.id|x}} {{}} {a} }}", known)).toBe("{{user.id|x}} {{}} {a} }}");
  });

  it("count a blank name as none", () => {
    expect(fill("Hi {{contact.name|there}}", { ...known, "contact.name": "  " })).toBe("Hi there");
  });

  it("block whoever wrote them, known or not; other braces, and code, do not", () => {
    const words = (text: string) => openParts(text).map((part) => part.text);
    expect(words("plain")).toEqual([]);
    expect(words("{{contact.name}} and {{contact.nam|you}} and {{ me.name }}")).toEqual([
      "{{contact.name}}",
      "{{contact.nam|you}}",
      "{{ me.name }}",
    ]);
    expect(words("{{foo}} {{ order_id | none }} {{Nama}}")).toEqual([
      "{{foo}}",
      "{{ order_id | none }}",
      "{{Nama}}",
    ]);
    expect(words("{{}} {{#if me}} {{ a + b }} {{'x'}} {{1}}")).toEqual([]);
    expect(words("Use `{{ user.name }}` or\n```\n{{x}}\n``` and {{y}}")).toEqual(["{{y}}"]);
    expect(words("`{{contact.name}}`")).toEqual(["{{contact.name}}"]);
  });

  it("are marked where they stand, and the parts make the text", () => {
    const text = "a {{contact.name}} `{{x}}` {{contact.name}}\n{{x}}";
    const parts = markedParts(text);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    expect(parts.map(({ open }) => open)).toEqual([false, true, false, true, false, true]);
  });
});
