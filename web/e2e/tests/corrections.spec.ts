// Correcting and removing what was written, on both sides; who may, and what the other side sees.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

test("an agent corrects a message and the visitor reads the new words", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Is Gayo in stock?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Gayo in stock/);
  await citra.say("It is bakc on Friday");
  const message = citra.message("on Friday");
  await expect(message.getByRole("img", { name: /Sent|Read/ })).toBeVisible();
  await expect(visitor.message("bakc on Friday")).toBeVisible();

  await message.hover();
  await message.getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const box = page.getByRole("textbox", { name: "Correct the message" });
  await expect(box).toBeFocused();
  await box.fill("");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await box.fill("It is back on Friday");
  await expectAccessible(page, "a message being corrected");
  await box.press("Enter");
  await expect(box).toHaveCount(0);
  await expect(citra.message("It is back on Friday")).toBeFocused();
  await expect(visitor.message("It is back on Friday")).toContainText("Edited");
  await expect(visitor.thread.getByText("bakc")).toHaveCount(0);
  await citra.message("It is back on Friday").getByText("Edited").click();
  await expect(citra.thread.getByText("It is bakc on Friday")).toBeVisible();

  await message.hover();
  await message.getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await box.fill("Something else");
  await box.press("Escape");
  await expect(citra.message("It is back on Friday")).toBeVisible();
  await page.reload();
  await expect(citra.message("It is back on Friday")).toBeVisible();
});

test("a removed message is gone on both sides, and only who may removes it", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("My card is 4111 1111");
  const [citra, bima] = [await sit("citra"), await sit("bima")];
  await citra.show("queue");
  await citra.open(/My card is 4111/);
  const theirs = citra.message("My card is 4111");
  await theirs.hover();
  await theirs.getByRole("button", { name: "More for this message" }).click();
  await expect(citra.page.getByRole("menuitem", { name: "Copy text" })).toBeVisible();
  await expect(citra.page.getByRole("menuitem", { name: "Remove…" })).toHaveCount(0);
  await citra.page.keyboard.press("Escape");

  await bima.show("queue");
  await bima.open(/My card is 4111/);
  const seen = bima.message("My card is 4111");
  await seen.hover();
  await seen.getByRole("button", { name: "More for this message" }).click();
  await bima.page.getByRole("menuitem", { name: "Remove…" }).click();
  const dialog = bima.page.getByRole("dialog", { name: "Remove this message?" });
  await expectAccessible(bima.page, "the question before a removal");
  await dialog.getByRole("button", { name: "Keep" }).click();
  await expect(seen).toBeVisible();
  await seen.hover();
  await seen.getByRole("button", { name: "More for this message" }).click();
  await bima.page.getByRole("menuitem", { name: "Remove…" }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();

  await expect(bima.thread.getByText("You removed this")).toBeVisible();
  await expect(citra.thread.getByText("Bima Pratama removed this")).toBeVisible();
  await expect(visitor.frame.getByText("Removed message")).toBeVisible();
  await expect(citra.row(/Removed message/)).toBeVisible();
  for (const side of [citra.page, bima.page, visitor.frame])
    await expect(side.getByText("4111")).toHaveCount(0);
});

test("a visitor corrects and takes back his own words", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Do you have Mandhelin?");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Mandhelin/);
  const own = visitor.message("Mandhelin");
  await expect(own.getByRole("img", { name: "Read" })).toBeVisible();
  await own.getByRole("button", { name: "More" }).click();
  await own.getByRole("button", { name: "Edit" }).click();
  // Its words stand in the box alone, which has the width of the thread.
  const box = visitor.frame.getByRole("textbox", { name: "Edit" });
  await expect(box).toBeFocused();
  await expect(own.locator(".bubble")).toBeHidden();
  await visitor.page.screenshot({ path: "screenshots/widget-edit.png" });
  const [field, thread] = [await box.boundingBox(), await visitor.thread.boundingBox()];
  expect(field!.width).toBeGreaterThan(thread!.width - 8);
  await expectAccessible(visitor.frame, "a visitor's message being corrected");
  await box.fill("Do you have Mandheling?");
  await box.dispatchEvent("keydown", { key: "Escape", isComposing: true });
  await expect(box).toBeVisible();
  await box.press("Enter");
  await expect(visitor.message("Do you have Mandheling?")).toContainText("Edited");
  await expect(citra.message("Do you have Mandheling?")).toContainText("Edited");
  await visitor.page.reload();
  await visitor.open();
  const again = visitor.message("Do you have Mandheling?");
  await again.getByRole("button", { name: "More" }).click();
  await again.getByRole("button", { name: "Delete" }).click();
  await expect(visitor.frame.getByText("Delete for both sides?")).toBeVisible();
  await visitor.frame.getByRole("button", { name: "Delete" }).click();
  await expect(visitor.frame.getByText("Removed message")).toBeVisible();
  await expect(citra.thread.getByText(/^Visitor \w{4} removed this$/)).toBeVisible();
});
