// Several chats side by side: one is in use, the others show what comes in.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R283, R284, C31
test("two and four chats stand side by side, the one in use is answered, drafts of the others are kept", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Beside the others");
  const ayu = await sit("ayu", { viewport: { width: 1440, height: 900 } });
  const { page } = ayu;
  await ayu.show("all");
  await ayu.open(/Beside the others/);
  await ayu.thread.focus();
  await page.keyboard.press("\\");
  const pane = (number: number) => page.getByRole("region", { name: `Chat in place ${number}` });
  await expect(pane(2).getByRole("log")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Reply" })).toHaveCount(1);
  await ayu.reply.fill("Begun here");
  await expectAccessible(page, "two chats side by side");
  await page.screenshot({ path: "screenshots/split-2-light-1440.png" });

  // The keyboard turns to the other one; what was begun stays where it was.
  await pane(1).getByRole("log").focus();
  await page.keyboard.press("2");
  await expect(pane(2).getByRole("textbox", { name: "Reply" })).toBeVisible();
  await expect(pane(1)).toContainText("Draft kept: Begun here");
  await visitor.say("And here is more");
  await expect(pane(1).getByText("And here is more")).toBeVisible();
  await expect(pane(1).getByRole("button", { name: /1 unread message/ })).toBeVisible();
  await pane(1)
    .getByRole("button", { name: /Draft kept/ })
    .click();
  await expect(pane(1).getByRole("textbox", { name: "Reply" })).toHaveValue("Begun here");
  await ayu.reply.press("Enter");
  await expect(visitor.frame.getByText("Begun here")).toBeVisible();

  await page.getByRole("button", { name: "Split screen" }).click();
  await page.getByRole("menuitem", { name: "4 chats side by side" }).click();
  await expect(page.getByRole("log", { name: /^Messages with/ })).toHaveCount(4);
  await ayu.reply.click();
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, "four chats side by side");
  await page.screenshot({ path: "screenshots/split-4-dark-1440.png" });

  // The choice outlives a reload, and a smaller window shows as many as fit.
  await page.reload();
  await expect(page.getByRole("log", { name: /^Messages with/ })).toHaveCount(4);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByRole("log", { name: /^Messages with/ })).toHaveCount(2);
  await page.screenshot({ path: "screenshots/split-2-dark-1280.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole("log", { name: /^Messages with/ })).toHaveCount(1);
  await page.setViewportSize({ width: 1440, height: 900 });

  // A chat from the list goes where the one in use stands; closing brings the next that is not shown yet.
  await pane(4).getByRole("button", { name: "Show nothing here" }).click();
  await pane(4).getByRole("button", { name: "Choose a chat" }).click();
  await ayu.row(/Emma Lindqvist/).click();
  await expect(pane(4).getByRole("heading", { name: "Emma Lindqvist" })).toBeVisible();
  await page.getByRole("button", { name: "Split screen" }).click();
  await page.getByRole("menuitem", { name: "1 chat", exact: true }).click();
  await expect(page.getByRole("log", { name: /^Messages with/ })).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Emma Lindqvist" }).first()).toBeVisible();
});

// R283, R284, C31
test("no pane stands empty for which there is a chat, whatever the window and the list", async ({
  sit,
}) => {
  test.slow();
  const ayu = await sit("ayu", { viewport: { width: 1440, height: 900 } });
  const { page } = ayu;
  const logs = page.getByRole("log", { name: /^Messages with/ });
  await ayu.show("all");
  await expect(page.getByText("Choose a chat").first()).toBeVisible();
  await page.getByRole("button", { name: "Split screen" }).click();
  await page.getByRole("menuitem", { name: "4 chats side by side" }).click();
  await expect(logs).toHaveCount(4);
  await expect(page).toHaveURL(/\/chats\/all\/cnv_/);
  await page.screenshot({ path: "screenshots/split-4-light-1440.png" });
  const names = () => logs.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  const four = await names();

  // Another list, another section and back, and narrower windows take none away.
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: /^Queue/ })
    .first()
    .click();
  await expect(logs).toHaveCount(4);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Chats/ }).click();
  await expect(logs).toHaveCount(4);
  await page.keyboard.press("4");
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(logs).toHaveCount(2);
  await page.screenshot({ path: "screenshots/split-2-light-1280.png" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(logs).toHaveCount(4);
  expect((await names()).toSorted()).toEqual(four.toSorted());
});
