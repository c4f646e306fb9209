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

  await visitor.say("Let me in");
  await expect(page.getByText("1 message was refused since.")).toBeVisible();
  await expect(bima.thread.getByText("Let me in")).toHaveCount(0);
  await page.getByRole("textbox", { name: "Note" }).focus();
  await expectAccessible(page, "a blocked customer");
  await page.screenshot({ path: "screenshots/blocked.png" });
  await visitor.page.reload();
  await visitor.open();
  await expect(visitor.frame.getByText("This chat is switched off at the moment.")).toBeVisible();

  await page.getByRole("button", { name: "Unblock", exact: true }).click();
  await expect(bima.thread.getByText("You unblocked the customer")).toBeVisible();
  await expect(bima.reply).toBeVisible();
  await visitor.page.reload();
  await visitor.open();
  await visitor.say("I am sorry");
  await expect(bima.message("I am sorry")).toBeVisible();
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
  await page.getByLabel("For how long").selectOption("A week");
  await page.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByText(/blocked .* until .*Nothing is sent or received/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Unblock", exact: true })).toHaveCount(0);
});
