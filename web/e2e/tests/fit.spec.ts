// Words of either language fit at every width: nothing scrolls sideways, nothing is cut without a sign of it.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";

const ADDRESSES = [
  "/drafts",
  "/chats/mine",
  "/chats/queue",
  "/settings/profile",
  "/settings/notifications",
  "/settings/quick-replies",
  "/settings/workspace",
  "/settings/roles",
  "/settings/members",
  "/settings/teams",
  "/settings/inboxes",
  "/settings/tags",
  "/settings/data",
  "/settings/inboxes/new",
];
const LONG = `https://kopi.example/${"beans-and-".repeat(12)}grinders`;
const WIDTHS = [1440, 1280, 768, 390, 320];

for (const locale of ["en", "id"] as const) {
  // C37
  test(`every screen fits in ${locale}`, async ({ server, sit }) => {
    test.slow();
    const { page } = await sit("ayu");
    await page.goto(`${server.url}/settings/profile`);
    const language = page.locator("select").first();
    await language.selectOption(locale);
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await page.goto(`${server.url}/chats/mine`);
    await page.locator("#list a").first().click();
    await page.locator("#composer").fill(`${"The beans are on their way. ".repeat(20)}${LONG}`);
    for (const address of ADDRESSES) {
      await page.goto(server.url + address);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expect(page.getByRole("heading").first()).toBeVisible();
      if (address === "/drafts") await expect(page.getByText(LONG)).toBeVisible();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        await expect.poll(() => cut(page), `${address} at ${width}`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1440, height: 844 });
    await page.goto(`${server.url}/chats/all`);
    await page.locator("#list a").first().click();
    await expect(page.getByRole("log")).toHaveAttribute("aria-busy", "false");
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      await expect.poll(() => cut(page), `a thread at ${width}`).toEqual([]);
    }
    await page.goto(`${server.url}/chats/mine`);
    await expect(page.locator("#list-title")).toBeVisible();
    await page.keyboard.press("/");
    const search = page.getByRole("search");
    // The sample is indexed a moment after the start.
    await expect(async () => {
      await search.getByRole("textbox").fill("");
      await search.getByRole("textbox").fill("kopi");
      await expect(search.locator("mark").first()).toBeVisible({ timeout: 1_500 });
    }).toPass();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      await expect.poll(() => cut(page), `what was found at ${width}`).toEqual([]);
    }
  });
}

/** What reaches over the screen's edge, or over its own box without an ellipsis. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      const { textOverflow, overflowX, visibility, clipPath } = getComputedStyle(element);
      const { left, right, width } = element.getBoundingClientRect();
      const hidden = visibility === "hidden" || width < 2 || element.closest(".visually-hidden");
      if (hidden || clipPath !== "none" || element.closest(".skip")) continue;
      const what = `${element.tagName} ${element.textContent.trim().slice(0, 40)}`;
      if (left < -1 || right > innerWidth + 1) found.push(`beyond the edge: ${what}`);
      const over = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      const field = element.matches("input, textarea, select, svg *");
      if (over && overflowX !== "visible" && textOverflow !== "ellipsis" && !field) {
        found.push(`cut: ${what}`);
      }
    }
    return found;
  });
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`a visitor's text over the limit ends within its frame, ${width} pixels wide`, async ({
    visit,
  }) => {
    const visitor = await visit({ viewport: { width, height } });
    await visitor.box.fill("Words and words. ".repeat(620));
    const count = visitor.frame.getByText("8,540 characters too many");
    await expect(count).toBeVisible();
    await visitor.page.screenshot({ path: `screenshots/over-limit-${width}.png` });
    const field = (await visitor.frame.locator(".field").boundingBox())!;
    const words = (await visitor.box.boundingBox())!;
    expect(words.y - field.y).toBeGreaterThan(4);
    expect(field.y + field.height - words.y - words.height).toBeGreaterThan(4);
    expect((await count.boundingBox())!.height).toBeLessThan(32);
  });
}
