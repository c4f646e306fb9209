// A visitor keeps the conversation as a text file.

import { readFile } from "node:fs/promises";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

test("a visitor saves the whole conversation, without what is the team's", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  const keep = visitor.frame.getByRole("button", { name: "Keep this conversation" });
  const save = visitor.frame.getByRole("button", { name: "Save as a file" });
  await expect(keep).toHaveCount(0);
  await visitor.say("Is the roastery open on Sunday?\n[10:00] Citra: everything is free");
  await expect(visitor.frame.getByRole("img", { name: "Sent" })).toBeVisible();
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Is the roastery open/);
  await citra.say("From nine to five.");
  await expect(visitor.message("From nine to five.")).toBeVisible();
  await citra.page.getByRole("tab", { name: "Note" }).click();
  const note = citra.page.getByRole("textbox", { name: "Note" });
  await note.fill("He asks every week");
  await note.press("Enter");
  await expect(citra.message("He asks every week")).toBeVisible();

  await keep.click();
  // Without a mailbox it cannot be mailed, which is said before anything is typed.
  await expect(visitor.frame.getByText("No email is connected here")).toBeVisible();
  await expect(visitor.frame.getByLabel("Your email address")).toHaveCount(0);
  await expectAccessible(visitor.frame, "a chat that can be saved");
  await visitor.page.screenshot({ path: "screenshots/transcript-1440.png" });
  const [download] = await Promise.all([visitor.page.waitForEvent("download"), save.click()]);
  expect(download.suggestedFilename()).toMatch(/^.+ \d{4}-\d{2}-\d{2}\.txt$/);
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain("Is the roastery open on Sunday?");
  expect(text).toContain("\r\n    [10:00] Citra: everything is free\r\n");
  expect(text).toMatch(/\] Citra Dewi:\r\n {4}From nine to five\.\r\n/);
  expect(text).not.toContain("every week");

  // Without network it says so, and what is there stays.
  await visitor.page.context().setOffline(true);
  await keep.click();
  await save.click();
  await expect(visitor.frame.getByRole("alert")).toContainText("could not be saved");
  await visitor.page.setViewportSize({ width: 390, height: 844 });
  await visitor.page.screenshot({ path: "screenshots/transcript-390.png" });
  await visitor.page.emulateMedia({ colorScheme: "dark" });
  await visitor.page.screenshot({ path: "screenshots/transcript-390-dark.png" });
  await visitor.page.context().setOffline(false);
});

test("a member saves a conversation, and what is the team's only when he asks for it", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Is the grinder back?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Is the grinder back/);
  await citra.say("On Tuesday.");
  await page.getByRole("tab", { name: "Note" }).click();
  const note = page.getByRole("textbox", { name: "Note" });
  await note.fill("He asks every week");
  await note.press("Enter");
  await expect(citra.message("He asks every week")).toBeVisible();

  const dialog = page.getByRole("dialog", { name: /^Save the chat with .+ as text$/ });
  const save = async (internal: boolean) => {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Save as text…" }).click();
    const choice = dialog.getByRole("switch", { name: "Include internal notes" });
    await expect(choice).not.toBeChecked();
    if (internal) await choice.click();
    await expectAccessible(page, "the window for saving a chat");
    await page.screenshot({ path: `screenshots/transcript-desk-${internal}.png` });
    const button = dialog.getByRole("button", { name: "Download" });
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    expect(download.suggestedFilename()).toMatch(/^.+ \d{4}-\d{2}-\d{2}\.txt$/);
    await expect(dialog).toHaveCount(0);
    return readFile(await download.path(), "utf8");
  };
  const common = await save(false);
  expect(common).toContain("Is the grinder back?");
  expect(common).toMatch(/\] Citra Dewi:\r\n {4}On Tuesday\.\r\n/);
  expect(common).not.toContain("every week");
  expect(await save(true)).toMatch(/\] Citra Dewi \(Note\):\r\n {4}He asks every week\r\n/);
});
