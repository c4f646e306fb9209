// Saved views: a narrowed list under a name, for oneself or everybody, with its number and its link.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const window_ = (page: Page) => page.getByRole("navigation", { name: /^Views/ }).last();
const view = (page: Page, name: string) => window_(page).getByRole("link", { name });

for (const colorScheme of ["light", "dark"] as const) {
  // C13
  test(`a list is saved for everybody, found by a colleague, changed and removed, in ${colorScheme}`, async ({
    sit,
  }) => {
    test.slow();
    const [ayu, citra] = [await sit("ayu", { colorScheme }), await sit("citra")];
    const { page } = ayu;
    await ayu.show("all");
    await page
      .getByRole("navigation", { name: "Quick filters" })
      .getByRole("link", { name: "Waiting" })
      .click();
    await expect(page).toHaveURL(/waiting=true$/);
    const rows = page.getByRole("list", { name: "Chats" }).getByRole("listitem");
    const found = await rows.first().getAttribute("aria-setsize");
    await window_(page).getByRole("button", { name: "Save this list as a view" }).click();
    await page.getByLabel("Name of the view").fill("Who waits");
    await page.getByLabel("For whom").selectOption("Everyone");
    await expectAccessible(page, "saving a view");
    await page.keyboard.press("Tab");
    await window_(page).getByRole("button", { name: "Save", exact: true }).click();
    await expect(view(page, "Who waits")).toContainText(String(found));
    await expect(view(page, "Who waits")).toHaveAttribute("aria-current", "page");
    await expect(window_(page).locator("[aria-current]")).toHaveCount(1);
    await expectAccessible(page, "the saved views");
    await page.screenshot({ path: `screenshots/saved-views-1440-${colorScheme}.png` });

    // A colleague has it too, with what he sees in it, and may not change it.
    await expect(view(citra.page, "Who waits")).toBeVisible();
    await window_(citra.page).getByRole("button", { name: "More about Who waits" }).click();
    await expect(citra.page.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
    await expect(citra.page.getByRole("menuitem", { name: "Remove" })).toHaveCount(0);
    await citra.page.keyboard.press("Escape");
    await view(citra.page, "Who waits").click();
    await expect(citra.page).toHaveURL(/\/chats\/all\?waiting=true$/);

    await window_(page).getByRole("button", { name: "More about Who waits" }).click();
    await page.getByRole("menuitem", { name: "Rename…" }).click();
    await page.getByLabel("Name of the view").fill("Waiting customers");
    await window_(page).getByRole("button", { name: "Save", exact: true }).click();
    await expect(view(page, "Waiting customers")).toBeVisible();
    await window_(page).getByRole("button", { name: "More about Waiting customers" }).click();
    await page.getByRole("menuitem", { name: "Remove" }).click();
    await expect(view(page, "Waiting customers")).toHaveCount(0);
  });
}

test("the saved views on a phone", async ({ sit }) => {
  const ayu = await sit("ayu", { viewport: { width: 390, height: 844 } });
  const { page } = ayu;
  await page.getByRole("button", { name: "Views and inboxes" }).click();
  await expect(window_(page)).toContainText("No saved views yet");
  await expectAccessible(page, "saved views on a phone");
  await page.screenshot({ path: "screenshots/saved-views-390.png" });
});
