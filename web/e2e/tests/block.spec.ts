// Blocking: asked first, said in place of the answer, and nothing gets through until somebody unblocks.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R031, R033, R115, C15
test("a blocked customer is shut out and comes back when he is unblocked", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("You will regret this");
  const bima = await sit("bima");
  const { page } = bima;
  await bima.show("queue");
  await bima.open(/You will regret this/);
  await bima.say("Please stop");
  await page.getByRole("button", { name: "Block the customer…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Block .*\?$/ });
  await expectAccessible(page, "the question before blocking");
  await dialog.getByLabel("Reason (optional)").fill("threats");
  await page.screenshot({ path: "screenshots/block-dialog.png" });
  await dialog.getByRole("button", { name: "Block", exact: true }).click();

  await expect(page.getByText(/blocked .*Nothing is sent or received/)).toBeVisible();
  await expect(bima.thread.getByText("You blocked the customer")).toBeVisible();
  await expect(bima.reply).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Note" })).toBeVisible();
  await expect(bima.row(/Blocked/)).toBeVisible();

  // His chat is gone from the site, at once and on the next page; what he sent before it went is only counted.
  await expect.poll(() => visitor.isOffered()).toBe(false);
  await visitor.page.screenshot({ path: "screenshots/blocked-widget.png" });
  await visitor.frame.evaluate(async () => {
    const kept = (name: string) =>
      Object.entries(localStorage).find(([key]) => key.endsWith(`:${name}`))?.[1] ?? "";
    const id = `ent_${crypto.randomUUID().replaceAll("-", "")}`;
    const body = JSON.stringify({ id, text: "Let me in", file_ids: [] });
    const authorization = `Bearer ${JSON.parse(kept("token"))}`;
    const headers = { authorization, "content-type": "application/json" };
    await fetch("/w/api/v1/messages", { method: "POST", headers, body });
  });
  await expect(page.getByText("1 message was refused since.")).toBeVisible();
  await expect(bima.thread.getByText("Let me in")).toHaveCount(0);
  await page.getByRole("textbox", { name: "Note" }).focus();
  await expectAccessible(page, "a blocked customer");
  await page.screenshot({ path: "screenshots/blocked.png" });
  await visitor.page.reload();
  await visitor.page.waitForFunction(() => "Sapa" in window);
  expect(await visitor.isOffered()).toBe(false);
  // What asks the server comes at idle; nothing of it is ever seen.
  await expect.poll(() => visitor.page.frames().length).toBe(2);
  await visitor.page.waitForTimeout(1_500);
  expect(await visitor.isOffered()).toBe(false);

  await page.getByRole("button", { name: "Unblock", exact: true }).click();
  await expect(bima.thread.getByText("You unblocked the customer")).toBeVisible();
  await expect(bima.reply).toBeVisible();
  await visitor.page.reload();
  await expect.poll(() => visitor.isOffered()).toBe(true);
  // What he had read before is not counted as new.
  await expect.poll(() => visitor.page.frames().length).toBe(2);
  await visitor.page.waitForTimeout(1_500);
  await visitor.page.screenshot({ path: "screenshots/unblocked-widget.png" });
  await visitor.open();
  await visitor.say("I am sorry");
  await expect(bima.message("I am sorry")).toBeVisible();
});

// C15
test("who blocked takes it back, and the visitor's chat is there again", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Wrong person?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Wrong person/);
  await citra.say("Let me see");
  await expect(visitor.message("Let me see")).toBeVisible();
  await page.getByRole("button", { name: "Block the customer…" }).click();
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect.poll(() => visitor.isOffered()).toBe(false);
  await page.getByRole("region", { name: "Notices" }).getByRole("button", { name: "Undo" }).click();
  await expect(citra.reply).toBeVisible();
  await expect.poll(() => visitor.isOffered()).toBe(true);
  await visitor.knock();
  await expect(visitor.message("Let me see")).toBeVisible();
  await visitor.say("All is well");
  await expect(citra.message("All is well")).toBeVisible();
});

test("an agent blocks his own customers, and is told who unblocks", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Buy my pills");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Buy my pills/);
  await citra.say("No, thank you");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Block the customer…" }).click();
  await page.getByLabel("For how long").selectOption("Until a date");
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByText("Choose a time that is still to come")).toBeVisible();
  const week = await page.evaluate(() => {
    const day = new Date(Date.now() + 7 * 24 * 3_600_000);
    return new Date(day.getTime() - day.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  });
  await page.getByLabel("Blocked until").fill(week);
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByText(/blocked .* until .*Nothing is sent or received/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Unblock", exact: true })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  // C15
  test(`who is blocked is listed in the settings, found and unblocked there, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    const visitor = await visit();
    await visitor.say("You will regret this");
    const bima = await sit("bima", { colorScheme });
    const { page } = bima;
    await bima.show("queue");
    await bima.open(/You will regret this/);
    await bima.say("Please stop");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Blocked customers" }).click();
    await expect(page.getByText("Nobody is blocked")).toBeVisible();
    await page.goBack();
    await page.goBack();
    await page.getByRole("button", { name: "Block the customer…" }).click();
    const dialog = page.getByRole("dialog", { name: /^Block .*\?$/ });
    await dialog.getByLabel("Reason (optional)").fill("threats, and worse words than these ones");
    await dialog.getByRole("button", { name: "Block", exact: true }).click();
    await expect(page.getByText(/blocked .*Nothing is sent or received/)).toBeVisible();

    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Blocked customers" }).click();
    const rows = page.getByRole("main").getByRole("listitem");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(/Blocked by Bima.*Until somebody unblocks/);
    await expect(rows).toContainText("threats, and worse words");
    await expect(rows).toContainText("0 messages not taken");
    await expectAccessible(page, "blocked customers");
    await page.screenshot({ path: `screenshots/blocked-list-1440-${colorScheme}.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "blocked customers on a phone");
    await page.screenshot({ path: `screenshots/blocked-list-390-${colorScheme}.png` });
    await page.setViewportSize({ width: 1440, height: 900 });
    const find = page.getByLabel("Find by name, email or phone");
    await find.fill("nobody is called so");
    await expect(page.getByText("Nobody found")).toBeVisible();
    await find.fill("");
    await expect(rows).toHaveCount(1);

    await rows.getByRole("button", { name: /^Open the chat/ }).click();
    await expect(bima.thread.getByText("You blocked the customer")).toBeVisible();
    await page.goBack();
    await rows.getByRole("button", { name: /^Unblock/ }).click();
    await expect(page.getByRole("region", { name: "Notices" })).toContainText("is unblocked");
    await expect(page.getByText("Nobody is blocked")).toBeVisible();
    await expect(page.getByRole("heading", { name: "Blocked customers" })).toBeFocused();
    await visitor.page.reload();
    await expect.poll(() => visitor.isOffered()).toBe(true);
  });
}

// C15
test("the list of blocked customers is for those who may unblock, and follows what happens", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("You will regret this");
  const [ayu, citra] = [await sit("ayu"), await sit("citra")];
  await citra.page.getByRole("link", { name: "Settings" }).click();
  await expect(citra.page.getByRole("link", { name: "Members" })).toBeVisible();
  await expect(citra.page.getByRole("link", { name: "Blocked customers" })).toHaveCount(0);
  await ayu.page.getByRole("link", { name: "Settings" }).click();
  await ayu.page.getByRole("link", { name: "Blocked customers" }).click();
  await expect(ayu.page.getByText("Nobody is blocked")).toBeVisible();

  await citra.page.getByRole("link", { name: "Chats" }).click();
  await citra.show("queue");
  await citra.open(/You will regret this/);
  await citra.say("Please stop");
  await citra.page.getByRole("button", { name: "Block the customer…" }).click();
  const dialog = citra.page.getByRole("dialog", { name: /^Block .*\?$/ });
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  const rows = ayu.page.getByRole("main").getByRole("listitem");
  await expect(rows).toContainText("Blocked by Citra");
  await citra.page
    .getByRole("region", { name: "Notices" })
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(ayu.page.getByText("Nobody is blocked")).toBeVisible();
});
