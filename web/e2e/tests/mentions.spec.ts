// The list of chats in which one was mentioned: live, with what is unread, and what may still be seen.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

for (const colorScheme of ["light", "dark"] as const) {
  // C13
  test(`a mention comes into its list, is counted, and read by looking, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    const visitor = await visit();
    await visitor.say("Which beans are mild?");
    const [citra, bima] = [await sit("citra"), await sit("bima", { colorScheme })];
    const { page } = bima;
    const mentions = page
      .getByRole("navigation", { name: "Views" })
      .getByRole("link", { name: /^Mentions/ });
    await mentions.click();
    await expect(page).toHaveURL(/\/chats\/mentions$/);
    await page.getByRole("heading", { name: "Mentions of me" }).waitFor();
    const before = await page.getByRole("list", { name: "Chats" }).getByRole("listitem").count();

    await citra.show("queue");
    await citra.open(/Which beans are mild/);
    await citra.page.getByRole("tab", { name: "Note" }).click();
    const box = citra.page.getByRole("textbox", { name: "Note" });
    await expect(box).toBeFocused();
    await box.pressSequentially("@Bima");
    await citra.page.getByRole("option", { name: /Bima/ }).first().click();
    await box.press("Enter");

    const row = bima.row(/Which beans are mild/);
    await expect(row).toBeVisible();
    await expect(row.getByRole("img", { name: "You were mentioned" })).toBeVisible();
    await expect(mentions).toContainText(/\d/);
    await expect(page.getByRole("list", { name: "Chats" }).getByRole("listitem")).toHaveCount(
      before + 1,
    );
    await page.mouse.move(0, 0);
    await expectAccessible(page, "the list of mentions");
    await page.screenshot({ path: `screenshots/mentions-1440-${colorScheme}.png` });

    await bima.open(/Which beans are mild/);
    await expect(row.getByRole("img", { name: "You were mentioned" })).toHaveCount(0);
    await expect(row).toBeVisible();
    await page.reload();
    await expect(row).toBeVisible();
    await expect(row.getByRole("img", { name: "You were mentioned" })).toHaveCount(0);
  });
}
