// Beside the conversation: the log of what happened in it, and what it holds.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const PICTURE = fileURLToPath(new URL("../../../sapa/demo/files/parcel.jpg", import.meta.url));
const PAPER = fileURLToPath(new URL("../../../sapa/demo/files/price-list.pdf", import.meta.url));
const PHONE = { width: 390, height: 844 };

/** An answer that was corrected, and a note. */
async function correct(citra: Desk): Promise<void> {
  const { page } = citra;
  await citra.say("It is bakc on Friday");
  const message = citra.message("on Friday");
  await expect(message.getByRole("img", { name: /Sent|Delivered|Read/ })).toBeVisible();
  await message.hover();
  await message.getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Correct the message" }).fill("It is back on Friday");
  await page.keyboard.press("Enter");
  await expect(message).toContainText("Edited");
}

// R026, R027, R030
test("the log tells who did what, follows along, is filtered and saved", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Is Gayo in stock?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Gayo in stock/);
  await correct(citra);

  const control = page.getByRole("button", { name: "Log", exact: true });
  await control.focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Log" });
  const lines = drawer.getByRole("listitem");
  await expect(lines).toHaveText([
    /You corrected a message.*Before.*It is bakc on Friday.*After.*It is back on Friday/,
    /You wrote a message.*It is bakc on Friday/,
    /You assigned the chat.*From the queue to You/,
    /Visitor \w{4} wrote a message.*Is Gayo in stock\?/,
    /Visitor \w{4} opened the chat/,
  ]);
  await expectAccessible(page, "the log");
  await visitor.say("And Mandheling?");
  await expect(lines.first()).toContainText("And Mandheling?");

  await drawer.getByLabel("By").selectOption("The customer");
  await expect(lines).toHaveCount(3);
  await drawer.getByLabel("Event").selectOption("Messages");
  await expect(lines).toHaveCount(2);
  const saving = page.waitForEvent("download");
  await drawer.getByRole("link", { name: "Export as CSV" }).click();
  const table = await readFile(await (await saving).path(), "utf8");
  expect(table).toContain("Is Gayo in stock?");
  expect(table.trim().split("\n")).toHaveLength(3);
  const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10);
  await drawer.getByLabel("From").fill(tomorrow);
  await expect(drawer.getByText("No event fits these filters.")).toBeVisible();
  await expectAccessible(page, "a log without lines");
  await drawer.getByRole("button", { name: "Clear filters" }).click();
  await expect(lines).toHaveCount(6);
  await drawer.getByLabel("By").selectOption("Citra Dewi");
  await expect(lines).toHaveText([/You corrected/, /You wrote/, /You assigned/]);
  await drawer.getByLabel("By").selectOption("Bima Pratama");
  await expect(drawer.getByText("No event fits these filters.")).toBeVisible();
  await drawer.getByRole("button", { name: "Clear filters" }).click();
  await expect(lines).toHaveCount(6);

  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(control).toBeFocused();
  await citra.thread.focus();
  await page.keyboard.press("l");
  await lines
    .filter({ hasText: "Is Gayo" })
    .getByRole("button", { name: "Show in the chat" })
    .click();
  await expect(drawer).toHaveCount(0);
  await expect(citra.message("Is Gayo in stock?")).toBeFocused();
});

// R030
test("a range of days that ends before it begins says so", async ({ sit }) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  await citra.page.getByRole("button", { name: "Log", exact: true }).click();
  const drawer = citra.page.getByRole("dialog", { name: "Log" });
  await drawer.getByLabel("From").fill("2026-03-02");
  await drawer.getByLabel("Until").fill("2026-03-01");
  await expect(drawer.getByRole("alert")).toHaveText("The range ends before it begins.");
  await expect(drawer.getByRole("link", { name: "Export as CSV" })).toHaveCount(0);
  await drawer.getByLabel("Until").fill("2026-03-02");
  await expect(drawer.getByRole("alert")).toHaveCount(0);
  await expect(drawer.getByRole("link", { name: "Export as CSV" })).toBeVisible();
});

// R301
test("the log on a phone fills the screen, and the button has the focus again", async ({ sit }) => {
  const citra = await sit("citra", { viewport: PHONE });
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  const more = page.getByRole("button", { name: "More", exact: true });
  await more.click();
  await page.getByRole("menuitem", { name: "Log" }).click();
  const drawer = page.getByRole("dialog", { name: "Log" });
  await expect(drawer.getByRole("listitem").first()).toBeVisible();
  await expect.poll(async () => (await drawer.boundingBox())?.width).toBe(PHONE.width);
  await expectAccessible(page, "the log on a phone");
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(more).toBeFocused();
});

// R005, R116, R117, R118, R119
test("images, files and links of a chat: seen, saved, found again and sent again", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.frame.locator("input[type=file]").setInputFiles([PICTURE, PAPER]);
  await visitor.say("See https://kopi.example/gayo?x=1, please");
  await expect(visitor.message("See https")).toContainText("price-list.pdf");
  await visitor.say("Nothing else");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Nothing else/);

  const control = page.getByRole("button", { name: "Attachments", exact: true });
  await control.click();
  const drawer = page.getByRole("dialog", { name: "Attachments" });
  const picture = drawer.getByRole("button", { name: "Open the image parcel.jpg" });
  await expect(picture).toBeVisible();
  await expectAccessible(page, "the images of a chat");
  await picture.click();
  await expect(page.getByRole("dialog", { name: "parcel.jpg" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "parcel.jpg" })).toHaveCount(0);
  await expect(drawer).toBeVisible();

  await drawer.getByText("Links", { exact: true }).click();
  const link = drawer.getByRole("link", { name: "https://kopi.example/gayo?x=1", exact: true });
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expectAccessible(page, "the links of a chat");
  await drawer.getByText("Files", { exact: true }).click();
  const paper = drawer.getByRole("listitem").filter({ hasText: "price-list.pdf" });
  await expect(paper).toContainText("Visitor");
  await expectAccessible(page, "the files of a chat");
  const saving = page.waitForEvent("download");
  await paper.getByRole("link").click();
  expect((await readFile(await (await saving).path())).equals(await readFile(PAPER))).toBe(true);

  const menu = paper.getByRole("button", { name: "More for price-list.pdf" });
  await menu.click();
  await page.getByRole("menuitem", { name: "Show in the chat" }).click();
  await expect(drawer).toHaveCount(0);
  await expect(citra.message("See https")).toBeFocused();
  await page.keyboard.press("F");
  await drawer.getByText("Files", { exact: true }).click();
  await menu.click();
  await page.getByRole("menuitem", { name: "Send again" }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Attachments" })).toContainText("price-list.pdf");
  await expect(citra.reply).toBeFocused();
  await citra.say("Once more");
  await expect(visitor.message("Once more")).toContainText("price-list.pdf");
});

test("attachments on a phone fill the screen", async ({ sit }) => {
  const citra = await sit("citra", { viewport: PHONE });
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Attachments" }).click();
  const drawer = page.getByRole("dialog", { name: "Attachments" });
  await expect.poll(async () => (await drawer.boundingBox())?.width).toBe(PHONE.width);
  await expectAccessible(page, "attachments on a phone");
});
