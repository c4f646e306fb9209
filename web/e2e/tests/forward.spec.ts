// Forwarding: a message becomes what is being written in another chat, for its contact or for the team.

import { fileURLToPath } from "node:url";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const PAPER = fileURLToPath(new URL("../../../sapa/demo/files/price-list.pdf", import.meta.url));

// R129
test("a message with its file goes on to another chat, read over before it is sent", async ({
  sit,
  visit,
}) => {
  const asking = await visit();
  await asking.frame.locator("input[type=file]").setInputFiles([PAPER]);
  await asking.say("Which list is this?");
  const other = await visit();
  await other.say("Please send me the list");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Which list/);
  await citra.message("Which list").hover();
  await citra.message("Which list").getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Forward…" }).click();
  const dialog = page.getByRole("dialog", { name: "Forward to another chat" });
  const finder = dialog.getByRole("combobox");
  await expect(finder).toBeFocused();
  await expect(dialog.getByRole("option").first()).toBeVisible();
  await expectAccessible(page, "where a message is forwarded to");
  await page.screenshot({ path: "screenshots/forward.png" });
  await finder.fill("hannah");
  await expect(dialog.getByRole("option")).toHaveText([/Hannah Kim/]);
  await finder.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("log", { name: /Hannah Kim/ })).toBeVisible();
  await expect(citra.reply).toHaveValue("Which list is this?");
  await expect(page.getByRole("list", { name: "Attachments" })).toContainText("price-list.pdf");
  await citra.say("Here is the list of prices");
  await expect(citra.message("Here is the list")).toContainText("price-list.pdf");
});

test("as a note it says whose message it was and leads there; a note stays a note", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("The grinder smokes");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/grinder smokes/);
  const address = page.url().split("/").at(-1)!;
  const more = citra.message("grinder").getByRole("button", { name: "More for this message" });
  await citra.message("grinder").hover();
  await more.click();
  await page.getByRole("menuitem", { name: "Forward…" }).click();
  const dialog = page.getByRole("dialog", { name: "Forward to another chat" });
  await dialog.getByText("Note", { exact: true }).click();
  await dialog.getByRole("combobox").fill("hannah");
  await dialog.getByRole("option", { name: /Hannah Kim/ }).click();
  const note = page.getByRole("textbox", { name: "Note" });
  await expect(note).toHaveValue(/^Forwarded from .*Visitor.*\nThe grinder smokes\nhttp/);
  await expect(note).toHaveValue(new RegExp(address));
  await note.press("Enter");
  await expect(citra.message("The grinder smokes")).toBeVisible();

  await citra.message("The grinder smokes").hover();
  await citra
    .message("The grinder smokes")
    .getByRole("button", { name: "More for this message" })
    .click();
  await page.getByRole("menuitem", { name: "Forward…" }).click();
  await expect(dialog).toContainText("A note stays a note");
  await expect(dialog.getByText("Message", { exact: true })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});
