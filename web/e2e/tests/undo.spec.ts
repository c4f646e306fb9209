// What was done last is taken back by mouse and by key, in a time that everybody has.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const SIX_SECONDS_MS = 6_500;

test("a note with an undo waits for whoever is at it, and a key takes back what was done", async ({
  sit,
}) => {
  test.slow();
  const citra = await sit("citra");
  const { page } = citra;
  const notes = page.getByRole("region", { name: "Notices" });
  const undo = notes.getByRole("button", { name: "Undo" });
  const close = page.getByRole("button", { name: "Close", exact: true });

  await citra.open(/Hannah Kim/);
  await close.click();
  await expect(undo).toHaveAttribute("aria-keyshortcuts", /Control\+Z/);
  await expect(undo).toContainText("Z");
  await page.screenshot({ path: "screenshots/undo-1440.png" });
  await expectAccessible(page, "a note with an undo");
  await undo.hover();
  await page.waitForTimeout(SIX_SECONDS_MS);
  await expect(undo).toBeVisible();
  await page.mouse.move(700, 300);
  await undo.focus();
  await page.waitForTimeout(SIX_SECONDS_MS);
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/chats\/mine\/cnv_/);
  await expect(citra.row(/Hannah Kim/)).toBeVisible();
  await expect(undo).toHaveCount(0);
  await expect(page.getByText(/^Undone: Closed the chat with/)).toHaveCount(1);

  // In a text field the keys are the field's own.
  await close.click();
  await citra.reply.fill("half a");
  await citra.reply.press("Control+z");
  await expect(citra.reply).toHaveValue("");
  await expect(undo).toBeVisible();
  await citra.thread.focus();
  await page.keyboard.press("Control+z");
  await expect(undo).toHaveCount(0);
  await expect(citra.row(/Hannah Kim/)).toBeVisible();

  await close.click();
  await expect(undo).toBeVisible();
  await page.mouse.move(700, 300);
  await expect(undo).toHaveCount(0, { timeout: SIX_SECONDS_MS + 3_000 });
});

test("whoever closes a chat with half a sentence in the box is told, and goes back to it", async ({
  sit,
}) => {
  const citra = await sit("citra");
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  const address = page.url();
  await citra.reply.fill("One more thi");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  const notes = page.getByRole("region", { name: "Notices" });
  await expect(notes).toContainText("What you were writing stays a draft.");
  await page.screenshot({ path: "screenshots/closed-draft-1440.png" });
  await notes.getByRole("button", { name: "Go on writing" }).click();
  await expect(page).toHaveURL(address);
  await expect(citra.reply).toHaveValue("One more thi");
  await expect(page.getByRole("button", { name: "Close", exact: true })).toBeVisible();
});
