// The menu of lists: of all inboxes, of each, and the saved views, with numbers that follow, as links.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const views = (page: Page) => page.getByRole("navigation", { name: "Views" });
const shop = (page: Page) => views(page).getByRole("list", { name: "Kopi Senja shop" });
const entry = (page: Page, name: RegExp) => shop(page).getByRole("link", { name });

for (const colorScheme of ["light", "dark"] as const) {
  // R215, R216, R217, R218, R219, C13
  test(`each inbox has its own lists, with numbers that follow, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const bima = await sit("bima", { colorScheme });
    const { page } = bima;
    const waiting = async () =>
      Number(/\d+/.exec((await entry(page, /^Queue/).textContent()) ?? "")?.[0] ?? 0);
    const [before, queue] = [await waiting(), views(page).getByRole("link", { name: /^Queue/ })];
    await entry(page, /^Queue/).click();
    await expect(page).toHaveURL(/\/chats\/queue\?inbox=inb_[0-9a-f]+$/);
    await expect(entry(page, /^Queue/)).toHaveAttribute("aria-current", "page");
    await expect(queue.first(), "that of all inboxes is another").not.toHaveAttribute(
      "aria-current",
    );
    await expect(page.getByRole("heading", { name: "Queue" })).toBeVisible();
    const visitor = await visit();
    await visitor.say("Do you ship to Bali?");
    await expect.poll(waiting).toBe(before + 1);
    await expect(bima.row(/Do you ship to Bali/)).toBeVisible();
    await page.mouse.move(0, 0);
    await expectAccessible(page, "the menu of lists");
    await page.screenshot({ path: `screenshots/views-menu-1440-${colorScheme}.png` });

    await bima.open(/Do you ship to Bali/);
    await page.screenshot({ path: `screenshots/views-menu-chat-1440-${colorScheme}.png` });
    const wholesale = views(page).getByRole("list", { name: "Wholesale" });
    for (const name of [/^Mine/, /^All/, /^Snoozed/, /^Closed/]) {
      await wholesale.getByRole("link", { name }).click();
      await expect(page).toHaveURL(/\?inbox=inb_/);
      await expect(wholesale.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    }
    await views(page)
      .getByRole("link", { name: /^Mentions/ })
      .click();
    await expect(page).toHaveURL(/\/chats\/mentions$/);

    // Who sees his own and the queue has nothing else in an inbox.
    const citra = await sit("citra", { colorScheme });
    await expect(entry(citra.page, /^Closed/)).toBeVisible();
    await expect(entry(citra.page, /^All/)).toHaveCount(0);
  });
}

// C13
test("with the keyboard: reached by v, walked with arrows, folded, and kept so", async ({
  sit,
}) => {
  const { page } = await sit("bima");
  await page.keyboard.press("v");
  const first = views(page).getByRole("link").first();
  await expect(first).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(
    views(page)
      .getByRole("link", { name: /^Queue/ })
      .first(),
  ).toBeFocused();
  await page.keyboard.press("ArrowUp");
  for (let down = 0; down < 6; down++) await page.keyboard.press("ArrowDown");
  const fold = views(page).getByRole("button", { name: "Kopi Senja shop" });
  await expect(fold).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(fold).toHaveAttribute("aria-expanded", "false");
  await expect(shop(page)).toHaveCount(0);
  await page.reload();
  await expect(views(page).getByRole("list", { name: "Wholesale" })).toBeVisible();
  await expect(fold).toHaveAttribute("aria-expanded", "false");

  // Without it the head of the list has the lists again.
  await page.getByRole("button", { name: "Hide the views" }).click();
  await expect(fold).toHaveCount(0);
  await expect(views(page).getByRole("link", { name: "Snoozed" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Show the views" })).toBeVisible();
  await page.keyboard.press("v");
  await expect(first).toBeFocused();
  await expect(fold).toBeVisible();
});

for (const [width, height, colorScheme] of [
  [1280, 800, "light"],
  [768, 1024, "dark"],
  [390, 844, "light"],
] as const) {
  test(`with less room it opens over the list, at ${width}`, async ({ sit }) => {
    const { page } = await sit("citra", { viewport: { width, height }, colorScheme });
    await page.getByRole("button", { name: "Views and inboxes" }).click();
    const window_ = page.getByRole("dialog", { name: "Views and inboxes" });
    const wholesale = window_.getByRole("list", { name: "Wholesale" });
    const mine = wholesale.getByRole("link", { name: /^Mine/ });
    await expect(mine).toBeVisible();
    await expectAccessible(page, `the menu of lists at ${width}`);
    await page.screenshot({ path: `screenshots/views-menu-${width}.png` });
    await mine.click();
    await expect(page).toHaveURL(/\/chats\/mine\?inbox=inb_/);
    await expect(window_).toHaveCount(0);
  });
}

test("the menu in Indonesian", async ({ sit }) => {
  const { page } = await sit("bima");
  await page.goto(new URL("/settings/profile", page.url()).href);
  await page.getByLabel("Language").selectOption("id");
  await page
    .getByRole("link", { name: /Obrolan/ })
    .first()
    .click();
  await expect(page.getByRole("navigation", { name: "Tampilan" })).toContainText("Kopi Senja shop");
  await page.screenshot({ path: "screenshots/views-menu-id.png" });
});
