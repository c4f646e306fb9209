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
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Block the customer…" }).click();
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
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Block the customer…" }).click();
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
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Block the customer…" }).click();
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
