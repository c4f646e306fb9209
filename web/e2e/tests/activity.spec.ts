// The activity stream: what came while one was away, where it leads, and that it is seen once.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const stream = (page: Page) => page.getByRole("dialog", { name: "Activity" });
const bell = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function hand({ page }: Desk, to: string, comment: string): Promise<void> {
  await page.keyboard.press("a");
  await expect(page.getByRole("combobox", { name: "Assign to…" })).toBeFocused();
  await page.keyboard.type(to);
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Comment for them (optional)")).toBeFocused();
  await page.keyboard.type(comment);
  await page.keyboard.press("Enter");
}

for (const colorScheme of ["light", "dark"] as const) {
  // R236, R225, C18
  test(`what is handed over comes into the stream, is counted, and leads there, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const visitor = await visit();
    await visitor.say("Where is my parcel?");
    const [bima, dimas] = [await sit("bima"), await sit("dimas", { colorScheme })];
    const other = await sit("dimas");
    await expect(bell(dimas.page, "Activity")).toBeVisible();
    await bima.show("queue");
    await bima.open(/Where is my parcel/);
    await hand(bima, "dimas", "He asked twice");

    const { page } = dimas;
    await bell(page, "Activity, 2 new alerts").click();
    const row = stream(page).getByRole("listitem").filter({ hasText: "He asked twice" });
    await expect(row).toContainText("Bima Pratama assigned this to you");
    await expect(row.getByRole("link", { name: /^New:/ })).toBeVisible();
    await expectAccessible(page, "the activity stream");
    await page.screenshot({ path: `screenshots/activity-1440-${colorScheme}.png` });
    // Seen here is seen everywhere; the other tab hears of it.
    await expect(bell(other.page, "Activity")).toBeVisible();
    await expect(bell(other.page, /new alert/)).toHaveCount(0);
    await row.getByRole("link").click();
    await expect(stream(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/chats\/all\/cnv_/);
    await expect(dimas.thread.locator(":focus"), "led to its line").toContainText("He asked twice");

    // Taken away it is gone, and what a supervisor closes is told to whoever has it.
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await expect(row).toBeVisible();
    await bima.page.keyboard.press("e");
    await expect(stream(page).getByRole("listitem").first()).toContainText(
      "Bima Pratama closed this",
    );
    await bima.show("closed");
    await bima.open(/Where is my parcel/);
    await hand(bima, "citra", "For you");
    await expect(row).toHaveCount(0);
  });
}

test("the stream on a phone, and where nothing is in it", async ({ sit }) => {
  const { page } = await sit("citra", { viewport: { width: 390, height: 844 } });
  await bell(page, /^Activity/).click();
  await expect(stream(page)).toBeVisible();
  await expect(stream(page).getByRole("status")).toHaveCount(0);
  await expectAccessible(page, "the activity stream on a phone");
  await page.screenshot({ path: "screenshots/activity-390.png" });
  await stream(page).getByRole("button", { name: /Close/ }).click();
  await expect(bell(page, /^Activity/)).toBeFocused();
});
