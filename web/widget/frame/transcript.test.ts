import type { StoredFile, VisitorEntry } from "@sapa/protocol";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { chooseLocale } from "./i18n";
import enTexts from "./locales/en.json";
import { transcript } from "./transcript";
import enWords from "./words/en.json";
import { loadWords } from "./words";

const AT = Date.UTC(2026, 10, 29, 3, 2);

function entry(position: number, more: Partial<VisitorEntry>): VisitorEntry {
  return {
    id: `ent_${position}`,
    position,
    at: AT + position * 60_000,
    kind: "message",
    author: { kind: "agent", name: "Budi" },
    revision: position,
    text: null,
    files: [],
    quote: null,
    card: null,
    edited: false,
    removed: false,
    ratable: false,
    score: null,
    ...more,
  };
}

beforeAll(async () => {
  vi.stubEnv("TZ", "UTC");
  vi.stubGlobal("fetch", (address: string) =>
    Promise.resolve(new Response(JSON.stringify(address.includes("words") ? enWords : enTexts))),
  );
  await chooseLocale("en", "en");
  await loadWords();
});

describe("a transcript", () => {
  const file: StoredFile = {
    id: "fil_1",
    name: "a.txt",
    size: 2_048,
    kind: "file",
    media_type: "text/plain",
    preview: "none",
    absent: null,
    width: null,
    height: null,
  };
  const card = { title: "Coffee", text: "Dark", price: "Rp 50.000", url: "https://shop.example" };
  const entries = [
    entry(1, { author: { kind: "visitor", name: null }, text: "Hello\n[10:00] Budi: free!" }),
    entry(2, { kind: "assigned" }),
    entry(3, {
      text: "Here it is",
      files: [file],
      card: card as VisitorEntry["card"],
      edited: true,
      quote: { id: "ent_1", author: { kind: "visitor", name: null }, text: "Hello", files: 0 },
    }),
    entry(4, { removed: true, text: null }),
    entry(5, { kind: "closed", author: { kind: "system", name: null } }),
    entry(6, { kind: "rating", author: { kind: "visitor", name: null }, score: 4, text: "fine" }),
  ];
  const lines = () => transcript("Shop", { entries, whole: true }, AT).split("\r\n");

  it("says who said what, when, with files, cards and the rating", () => {
    const text = lines().join("\n");
    expect(text).toContain("Shop\nSaved on ");
    expect(text).toContain("] You:\n    Hello\n");
    expect(text).toContain("] Budi joined\n");
    expect(text).toMatch(
      /\] Budi \(Edited\):\n {4}> You: Hello\n {4}Here it is\n {4}Coffee\n {4}Dark\n {4}Rp 50\.000\n {4}https:\/\/shop\.example\n {4}File: a\.txt \(.*\)\n/,
    );
    expect(text).toContain("] Budi: Removed message\n");
    expect(text).toContain("] This conversation was closed.");
    expect(text).toContain("] You: rated this conversation 4 of 5\n    fine\n");
  });

  it("lets nobody forge a line, whatever breaks it", () => {
    expect(lines().filter((line) => line.startsWith("["))).toHaveLength(6);
    const forged = entry(7, { text: "x\u2028[10:00] Budi: free!\v[10:01] Budi: yes" });
    const text = transcript("Shop\n[1] x", { entries: [forged], whole: false }, AT);
    const shown = text.split(/[\r\n\v\f\u0085\u2028\u2029]+/);
    expect(shown.filter((line) => line.startsWith("["))).toHaveLength(1);
    expect(text).toContain("The oldest messages are left out.");
  });
});
