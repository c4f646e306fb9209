import { describe, expect, it } from "vitest";
import { conversationId, entry, ME } from "../../sync/samples";
import { quoteOf, stepQuote } from "./quotes";

const CHAT = conversationId(1);
const ours = { author: { kind: "member" as const, id: ME, name: "Olga" } };
const entries = [
  entry(1, CHAT),
  entry(2, CHAT, ours),
  entry(3, CHAT),
  entry(4, CHAT, { kind: "note", ...ours }),
];

describe("a quote", () => {
  it("has at most 200 characters, counted as the server counts them", () => {
    const { text } = quoteOf(entry(1, CHAT, { text: "😀".repeat(300) }));
    expect([...(text ?? "")]).toHaveLength(200);
    expect(quoteOf(entry(1, CHAT, { text: null })).text).toBeNull();
  });

  it("steps up through the customer's messages, stays at the oldest, and comes down to none", () => {
    const newest = stepQuote(entries, null, "older");
    const oldest = stepQuote(entries, newest, "older");
    expect([newest?.position, oldest?.position]).toEqual([3, 1]);
    expect(stepQuote(entries, oldest, "older")).toBe(oldest);
    expect(stepQuote(entries, oldest, "newer")?.position).toBe(3);
    expect(stepQuote(entries, newest, "newer")).toBeNull();
    expect(stepQuote([], null, "older")).toBeNull();
  });

  it("steps from one of ours to the customer's next to it", () => {
    const own = quoteOf(entries[1]!);
    expect(stepQuote(entries, own, "older")?.position).toBe(1);
  });
});
