// Putting a chat aside: it leaves the list, can be taken back, and returns when the customer writes.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

test("a snoozed chat waits in its list, is back by undo, by waking it, and by the customer's next message", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("I decide tomorrow");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/I decide tomorrow/);
  await citra.say("Take your time");
  await expect(page).toHaveURL(/chats\/mine/);

  await citra.thread.focus();
  await page.keyboard.press("z");
  const dialog = page.getByRole("dialog", { name: /^Snooze the chat with/ });
  await expectAccessible(page, "the window for snoozing");
  await dialog.getByRole("button", { name: /^Tomorrow morning/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(citra.row(/Take your time/)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(citra.row(/Take your time/)).toBeVisible();
  await expect(citra.thread.getByText("You ended the snooze")).toBeVisible();

  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Snooze…" }).click();
  await dialog.getByLabel("Another time").fill("2020-01-01T09:00");
  await dialog.getByRole("button", { name: "Snooze", exact: true }).click();
  await expect(dialog).toContainText("still to come");
  await dialog.getByRole("button", { name: /^In one hour/ }).click();
  await citra.show("snoozed");
  await citra.open(/Take your time/);
  await expect(citra.thread.getByText(/You snoozed this until/).last()).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Wake up" }).click();
  await expect(citra.row(/Take your time/)).toHaveCount(0);
  await citra.show("mine");
  await citra.open(/Take your time/);
  await citra.thread.focus();
  await page.keyboard.press("z");
  await dialog.getByRole("button", { name: /^In three hours/ }).click();
  await expect(citra.row(/Take your time/)).toHaveCount(0);

  await visitor.say("I took a decision");
  const row = citra.row(/I took a decision/);
  await expect(row).toHaveAccessibleName(/1 unread message/);
  await row.click();
  await expect(citra.thread.getByText("Back by a new message")).toBeVisible();
});

test("on a phone the list of snoozed chats fits and reads well", async ({ sit }) => {
  test.slow();
  const ayu = await sit("ayu", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  const { page } = ayu;
  await ayu.show("all");
  await ayu.open(/Sarah Whitfield/);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Snooze…" }).click();
  await page.screenshot({ path: "screenshots/snooze-dark-390.png" });
  await page
    .getByRole("dialog", { name: /^Snooze the chat/ })
    .getByRole("button", { name: /^Next week|^Tomorrow/ })
    .first()
    .click();
  await ayu.show("snoozed");
  await expect(page.getByRole("img", { name: "Snoozed until" })).toBeVisible();
  await expectAccessible(page, "snoozed chats on a phone");
  await page.screenshot({ path: "screenshots/snoozed-dark-390.png" });
  const nav = page.getByRole("navigation", { name: "Views" });
  const [needed, given] = await nav.evaluate((box) => [box.scrollWidth, box.clientWidth]);
  expect(needed).toBeLessThanOrEqual(given!);
});
