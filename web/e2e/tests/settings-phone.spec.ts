// Settings on a phone: a list of sections, and each section a page with a way back.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

for (const colorScheme of ["light", "dark"] as const) {
  // R071
  test(`on a phone the settings are a list, and each section a page, in ${colorScheme}`, async ({
    sit,
  }) => {
    const { page } = await sit("ayu", { colorScheme, viewport: { width: 390, height: 844 } });
    await page.getByRole("link", { name: "Settings" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeFocused();
    const sections = page.getByRole("navigation", { name: "Settings" });
    await expectAccessible(page, "the list of settings on a phone");
    await page.screenshot({ path: `screenshots/settings-390-${colorScheme}.png` });

    await sections.getByRole("link", { name: "Members" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Members" })).toBeFocused();
    await expect(sections).toHaveCount(0);
    await expectAccessible(page, "a section of the settings on a phone");
    await page.screenshot({ path: `screenshots/settings-members-390-${colorScheme}.png` });
    await page.getByRole("main").getByRole("link", { name: "Settings" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeFocused();

    await sections.getByRole("link", { name: "Inboxes" }).click();
    await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
    await page.getByRole("main").getByRole("link", { name: "Inboxes" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Inboxes" })).toBeFocused();
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeFocused();

    // With more room the list stands beside the page.
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(sections).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Profile" })).toBeVisible();
    await expect(sections.getByRole("link", { name: "Profile" })).toHaveAttribute(
      "aria-current",
      "page",
    );
    await expect(page.getByRole("main").getByRole("link", { name: "Settings" })).toBeHidden();
  });
}

test("an address in the settings that leads nowhere has one main part", async ({ server, sit }) => {
  const { page } = await sit("ayu");
  await page.goto(`${server.url}/settings/nowhere`);
  await expect(
    page.getByRole("heading", { level: 1, name: "There is nothing at this address" }),
  ).toBeAttached();
  await expect(page.locator("main")).toHaveCount(1);
  await expectAccessible(page, "a page of the settings that is not there");
});
