import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseLocale } from "../i18n";
import { loadWords } from "../words";
import enWords from "../words/en.json";
import idWords from "../words/id.json";
import { closedText } from "./Hours";

/** A Friday at noon, where the visitor is. */
const NOW = new Date(2026, 10, 27, 12).getTime();
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const closed = (changes_at: number | null) => closedText({ open: false, changes_at }, NOW);

async function speak(locale: "en" | "id"): Promise<void> {
  vi.stubGlobal("navigator", { languages: [locale], language: locale });
  await chooseLocale(locale, "en");
  await loadWords();
}

beforeEach(() => {
  vi.stubGlobal("fetch", (address: string) => {
    const words = address.includes("/id") ? idWords : enWords;
    return Promise.resolve(new Response(JSON.stringify(words)));
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("what is said while nobody answers", () => {
  it("names the day and the time of the visitor", async () => {
    await speak("en");
    expect(closed(at(27, 15))).toMatch(/^We answer again today at 3:00\sPM\.$/);
    expect(closed(at(28, 9))).toMatch(/^We answer again tomorrow at 9:00\sAM\.$/);
    expect(closed(at(30, 9))).toMatch(/^We answer again Monday at 9:00\sAM\.$/);
    expect(closed(new Date(2026, 11, 7, 9).getTime())).toContain("Monday, December 7");
    await speak("id");
    expect(closed(at(30, 9))).toBe("Kami menjawab lagi Senin pukul 09.00.");
  });

  it("is nothing while it is open, or when the time is over", async () => {
    await speak("en");
    expect(closedText({ open: true, changes_at: at(27, 17) }, NOW)).toBeNull();
    expect(closed(at(27, 11))).toBeNull();
    expect(closed(null)).toContain("Nobody answers right now");
  });
});
