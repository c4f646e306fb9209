// A member is shut out: asked first, with what becomes of his chats, and taken back.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

test("whoever disables a member hears first what becomes of his chats", async ({ sit, server }) => {
  const [ayu, citra] = [await sit("ayu"), await sit("citra")];
  const { page } = ayu;
  await page.goto(`${server.url}/settings/members`);
  const row = page.getByRole("main").getByRole("listitem").filter({ hasText: "Citra Dewi" });
  await row.getByRole("button", { name: /Citra Dewi/ }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  const asking = page.getByRole("dialog", { name: "Disable Citra Dewi?" });
  await expect(asking).toContainText(/\d+ open chats go back to those who wait/);
  await expectAccessible(page, "asking before a member is disabled");
  await page.screenshot({ path: "screenshots/disabling-1440.png" });
  await asking.getByRole("button", { name: "Cancel" }).click();
  await expect(asking).toHaveCount(0);
  await row.getByRole("button", { name: /Citra Dewi/ }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await asking.getByRole("button", { name: "Disable" }).click();
  await expect(row).toContainText("Disabled");
  await expect(citra.page.getByRole("button", { name: "Sign in" })).toBeVisible();
});
