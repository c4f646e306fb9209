import type { WidgetConfig } from "@sapa/protocol";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HostPage } from "../bridge";
import { Pages, type Place } from "./pages";
import { Storage } from "./storage";

const SITE = "https://shop.example";
const INBOX = "inb_1";

let place: Place;
let told: string[];

const page = (path: string, change: Partial<HostPage> = {}): HostPage => ({
  href: `${SITE}${path}`,
  title: path,
  referrer: "",
  ...change,
});
const config = (change: object) => change as WidgetConfig;
const open = () =>
  new Pages(
    new Storage(INBOX),
    () => place,
    ({ url }) => {
      told.push(url);
      return Promise.resolve();
    },
  );
const kept = () => localStorage.getItem(`sapa:${INBOX}:pages`);
const settle = () => vi.advanceTimersByTimeAsync(1_100);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  place = { config: config({}), open: false, known: false };
  told = [];
  return () => vi.useRealTimers();
});

describe("pages before a session", () => {
  it("are kept, without fragments and repeats, until a message takes them", async () => {
    const pages = open();
    pages.hear(page("/a#top", { referrer: "https://search.example/?q=1" }), SITE);
    pages.hear(page("/a", { referrer: "https://search.example/?q=1" }), SITE);
    pages.hear(page("/b", { referrer: `${SITE}/a` }), SITE);
    await settle();
    expect(told).toEqual([]);
    // The next page of the site is another document.
    const { trail } = open();
    expect(trail?.pages.map(({ url }) => url)).toEqual([`${SITE}/a`, `${SITE}/b`]);
    expect(trail?.source).toBe("https://search.example/?q=1");
    expect(trail?.pages[0]?.ago_ms).toBeGreaterThanOrEqual(1_000);
    pages.told(Date.now());
    expect(pages.trail).toBeNull();
  });

  it("say that the first of them was met in the middle of the site, and forget older ways", () => {
    const pages = open();
    pages.hear(page("/cart", { referrer: `${SITE}/` }), SITE);
    expect(pages.trail?.source).toBe(`${SITE}/`);
    pages.hear(page("/", { referrer: "https://search.example/" }), SITE);
    expect(pages.trail?.source).toBe("https://search.example/");
    vi.advanceTimersByTime(1_000);
    pages.told(Date.now());
    const later = open();
    later.hear(page("/again"), SITE);
    expect(later.trail?.source).toBe("");
  });

  it("are what the page tells by hand, in place of what the browser shows", () => {
    const pages = open();
    pages.hear(page("/mail?token=1"), SITE);
    pages.hear(page("/mail?token=1", { url: "/welcome" }), SITE);
    pages.hear(page("/mail?token=1"), SITE);
    expect(pages.trail?.pages.map(({ url }) => url)).toEqual([`${SITE}/welcome`]);
    pages.hear(page("/next"), SITE);
    expect(pages.trail?.pages).toHaveLength(2);
  });

  it("are at most twenty, of one day", async () => {
    const pages = open();
    for (let n = 0; n < 30; n++) pages.hear(page(`/${n}`), SITE);
    expect(pages.trail?.pages.map(({ url }) => url).at(0)).toBe(`${SITE}/10`);
    await vi.advanceTimersByTimeAsync(25 * 3_600_000);
    expect(open().trail).toBeNull();
  });

  it("stay out of the browser's storage before who is asked has agreed", async () => {
    place.config = null;
    const pages = open();
    pages.hear(page("/a"), SITE);
    place.config = config({ pre_chat: { consent_text: "We keep your words." } });
    await settle();
    expect(kept()).toBeNull();
    expect(pages.trail?.pages).toHaveLength(1);
    place.known = true;
    pages.hear(page("/b"), SITE);
    expect(kept()).toContain("/b");
  });
});

describe("pages in a session", () => {
  it("are told one by one, when the visitor stays", async () => {
    place.open = place.known = true;
    const pages = open();
    pages.hear(page("/a"), SITE);
    pages.hear(page("/b"), SITE);
    expect(pages.trail).toBeNull();
    await settle();
    pages.hear(page("/c"), SITE);
    await settle();
    expect(told).toEqual([`${SITE}/b`, `${SITE}/c`]);
  });

  it("are nobody's business where the inbox keeps none", async () => {
    place = { config: config({ page_visits: false }), open: true, known: true };
    const pages = open();
    pages.hear(page("/a"), SITE);
    await settle();
    place.open = false;
    expect([told, pages.trail]).toEqual([[], null]);
  });
});
