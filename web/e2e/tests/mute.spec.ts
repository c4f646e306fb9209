// A muted chat: it counts nothing and makes no sound for its member, on all his devices, until he unmutes it.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

test("a muted chat says so in the list and leaves the title alone, here and elsewhere", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("A long story begins");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/long story/);
  await citra.say("I am listening");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Mute this chat" }).click();
  const row = (desk: typeof citra) => desk.row(/goes on|listening/);
  await expect(row(citra).getByRole("img", { name: "Muted" })).toBeVisible();
  const other = await sit("citra");
  await expect(row(other).getByRole("img", { name: "Muted" })).toBeVisible();
  await expectAccessible(other.page, "a list with a muted chat");
  await other.page.screenshot({ path: "screenshots/muted.png" });

  await citra.open(/Hannah Kim/);
  await expect(citra.row(/Hannah Kim/)).not.toHaveAccessibleName(/unread/);
  await other.open(/Hannah Kim/);
  await expect.poll(() => other.page.title()).toMatch(/^\(\d+\)/);
  await page.waitForTimeout(500);
  const title = await page.title();
  await visitor.say("It goes on");
  await expect(citra.row(/goes on/)).toHaveAccessibleName(/unread/);
  expect(await page.title()).toBe(title);

  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("mute");
  await expect(page.getByRole("option", { name: "Mute this chat" })).toBeVisible();
  await page.keyboard.press("Escape");
  await citra.open(/goes on/);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Unmute this chat" }).click();
  await expect(row(citra).getByRole("img", { name: "Muted" })).toHaveCount(0);
  await expect(row(other).getByRole("img", { name: "Muted" })).toHaveCount(0);
});
