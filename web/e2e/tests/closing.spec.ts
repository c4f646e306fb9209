// Ends of a chat: with a reason and words for the team; and a mark that says "not done yet" to oneself.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R047, R093, C07
test("a chat is closed with a reason, and the team reads how it ended", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Do you roast for offices?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/offices/);
  await citra.say("Our wholesale team does");
  await expect(visitor.message("wholesale team")).toBeVisible();
  const address = page.url().replace("queue", "mine");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Close with a reason…" }).click();
  const dialog = page.getByRole("dialog", { name: /Close the chat with/ });
  await expectAccessible(page, "closing with a reason");
  await dialog.getByLabel("Reason").selectOption("other");
  await dialog.getByLabel("How it ended (optional)").fill("Sent to wholesale");
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/^Closed the chat with/)).toBeVisible();
  await expect(visitor.frame.getByText("This conversation was closed")).toBeVisible();
  await expect(visitor.frame.getByText("Sent to wholesale")).toHaveCount(0);
  await page.goto(address);
  await expect(citra.thread.getByText("Sent to wholesale")).toBeVisible();
  await expect(citra.thread.getByText(/: other/)).toBeVisible();
});

// R094, R110
test("a chat is marked unread for oneself, in every tab, until it is read", async ({
  sit,
  server,
}) => {
  const citra = await sit("citra");
  const tab = await citra.page.context().newPage();
  await tab.goto(`${server.url}/chats/mine`);
  const row = citra.row(/Hannah Kim/);
  await citra.open(/Hannah Kim/);
  const flag = row.getByRole("img", { name: "Marked as unread" });
  await expect(flag).toHaveCount(0);
  await citra.thread.focus();
  await citra.page.keyboard.press("u");
  await expect(flag).toBeVisible();
  await expect(citra.page).toHaveURL(/\/chats\/mine$/);
  const there = tab
    .getByRole("list", { name: "Chats" })
    .getByRole("link", { name: /Hannah Kim/ })
    .getByRole("img", { name: "Marked as unread" });
  await expect(there).toBeVisible();
  await citra.page.reload();
  await expect(flag).toBeVisible();
  await expectAccessible(citra.page, "a chat that is marked unread");
  await citra.open(/Hannah Kim/);
  await expect(flag).toHaveCount(0);
  await expect(there).toHaveCount(0);
});

test("an answer is sent and the chat closed, or put aside, in one go", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Are you open on Sunday?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/open on Sunday/);
  await citra.reply.fill("Yes, from ten to four");
  await citra.reply.press("Control+Shift+Enter");
  await expect(page.getByText(/^Closed the chat with/)).toBeVisible();
  await expect(visitor.message("ten to four")).toBeVisible();
  await expect(visitor.frame.getByText("This conversation was closed")).toBeVisible();

  await visitor.say("And on Monday?");
  await citra.show("mine");
  await citra.open(/And on Monday/);
  await citra.reply.fill("I ask and tell you");
  await expectAccessible(page, "a written answer");
  await page.getByRole("button", { name: "More ways to send" }).click();
  await page.getByRole("menuitem", { name: "Send and snooze…" }).click();
  await page.getByRole("button", { name: /^In three hours/ }).click();
  await expect(citra.row(/I ask and tell you/)).toHaveCount(0);
  await expect(visitor.message("I ask and tell you")).toBeVisible();
  await citra.show("snoozed");
  await expect(citra.row(/I ask and tell you/)).toBeVisible();
});

// R023
test("a chat is closed right behind the answer that makes it mine", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Do you have oat milk?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/oat milk/);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/messages", async (route) => {
    await held;
    await route.continue();
  });
  await citra.say("Yes, from Bogor");
  await expect(citra.message("Yes, from Bogor")).toBeVisible();
  // Nobody waits for the server between two keys.
  await citra.thread.focus();
  await page.keyboard.press("e");
  release();
  await expect(page.getByText(/^Closed the chat with/)).toBeVisible();
  await expect(visitor.message("Yes, from Bogor")).toBeVisible();
});

// R024, C07, C08
test("an inbox wants to know how it ended, and says what else closes by itself", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Is the grinder back?");
  const ayu = await sit("ayu");
  await ayu.page.getByRole("link", { name: "Settings" }).click();
  await ayu.page.getByRole("link", { name: "Inboxes" }).click();
  await ayu.page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await ayu.page.getByRole("switch", { name: "Ask how it ended when a chat is closed" }).click();
  await ayu.page.getByLabel("What then closes").selectOption("Also chats that wait for an answer");
  await ayu.page.getByLabel("Close what nobody takes").selectOption("10080");
  await ayu.page.screenshot({ path: "screenshots/inbox-closing-1280.png", fullPage: true });
  await expectAccessible(ayu.page, "what closes in an inbox");
  await ayu.page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(ayu.page.getByText("Saved", { exact: true })).toBeVisible();
  await ayu.page.reload();
  await expect(ayu.page.getByLabel("What then closes")).toHaveValue("any");
  await expect(ayu.page.getByLabel("Close what nobody takes")).toHaveValue("10080");

  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/grinder back/);
  await citra.say("Since this morning");
  await expect(visitor.message("Since this morning")).toBeVisible();
  await citra.thread.focus();
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: /Close the chat with/ });
  const note = dialog.getByLabel("How it ended", { exact: true });
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(dialog.getByRole("alert")).toHaveText("Say how it ended.");
  await expect(note).toBeFocused();
  await expectAccessible(page, "closing where words are wanted");
  await page.screenshot({ path: "screenshots/close-note-1280.png" });
  await page.keyboard.type("It is on the shelf");
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.getByText(/^Closed the chat with/)).toBeVisible();
});
