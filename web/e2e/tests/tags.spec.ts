// Tags: made in the settings, put on chats by mouse, by keys and on a phone, wanted at closing, found again.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const finder = (page: Page) => page.getByRole("combobox", { name: "Find a tag" });
const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name });
const chips = (page: Page) => page.locator("header").getByRole("list", { name: "Tags" });

async function openTags(desk: Desk): Promise<void> {
  await desk.page.getByRole("link", { name: "Settings" }).click();
  await desk.page.getByRole("link", { name: "Tags" }).click();
  await expect(desk.page.getByRole("heading", { name: "Tags", level: 1 })).toBeVisible();
}

async function makeTag({ page }: Desk, name: string, color: string): Promise<void> {
  await page.getByRole("button", { name: "New tag" }).first().click();
  const dialog = page.getByRole("dialog", { name: "New tag" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByTitle(color).click();
  await expect(dialog.getByRole("radio", { name: color })).toBeChecked();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  // R175, C14
  test(`a supervisor keeps the tags, in ${colorScheme}`, async ({ sit }) => {
    test.slow();
    const bima = await sit("bima", { colorScheme });
    const { page } = bima;
    await openTags(bima);
    await expectAccessible(page, "the page of tags");
    await makeTag(bima, "Fragile", "Orange");
    await makeTag(bima, "Gift", "Pink");
    const row = (name: string) => page.getByRole("listitem").filter({ hasText: name });
    await expect(row("Fragile")).toContainText("0 chats");

    await page.getByRole("button", { name: "New tag" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New tag" });
    await dialog.getByLabel("Name").fill("fragile");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(dialog.getByRole("alert")).toHaveText(/There is a tag fragile already/);
    await expectAccessible(page, "making a tag");
    await page.screenshot({ path: `screenshots/tag-dialog-${colorScheme}.png` });
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Edit Gift" }).click();
    const editing = page.getByRole("dialog", { name: "Edit tag" });
    await editing.getByRole("switch", { name: "Pinned" }).click();
    await editing.getByLabel("Name").fill("Present");
    await page.keyboard.press("Enter");
    await expect(row("Present")).toBeVisible();
    await page.getByRole("button", { name: "Archive Present" }).click();
    await expect(page.getByRole("heading", { name: "Archived" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Use Present again" })).toBeFocused();
    await expectAccessible(page, "the page of tags with archived ones");
    await page.screenshot({ path: `screenshots/tags-1440-${colorScheme}.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "the page of tags on a phone");
    await page.screenshot({ path: `screenshots/tags-390-${colorScheme}.png` });
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("button", { name: "Archive Present" })).toBeVisible();
  });
}

// R089, C14
test("a chat is tagged by keys alone, at every desk at once, and never for the customer", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("My cups arrived broken");
  const bima = await sit("bima");
  await openTags(bima);
  await makeTag(bima, "Fragile", "Orange");
  await makeTag(bima, "Refund", "Blue");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await page.getByRole("navigation", { name: "Views" }).press("Escape");
  await citra.open(/arrived broken/);
  await citra.thread.focus();
  await page.keyboard.press("t");
  await expect(finder(page)).toBeFocused();
  await expectAccessible(page, "the list of tags");
  await page.keyboard.type("fra");
  await expect(option(page, "Fragile")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(chips(page)).toHaveText("Fragile");
  await page.keyboard.type("Warranty");
  await expect(page.getByText("No tag has this name")).toBeVisible();
  await expect(option(page, /Create/), "an agent makes none").toHaveCount(0);
  for (let back = 0; back < 8; back++) await page.keyboard.press("Backspace");
  await page.keyboard.type("refund");
  await page.keyboard.press("Enter");
  await expect(chips(page).getByRole("listitem")).toHaveCount(2);
  await page.screenshot({ path: "screenshots/tag-picker.png" });
  await page.keyboard.press("Escape");
  await expect(finder(page)).toHaveCount(0);
  await expect(citra.thread.getByText("You added the tag Fragile")).toBeVisible();
  await expectAccessible(page, "a chat with tags");
  await page.screenshot({ path: "screenshots/tagged-1440.png" });

  // The other desk has it without asking; whoever may makes a tag where he needs it.
  await bima.page.getByRole("link", { name: "Chats" }).click();
  await bima.show("queue");
  await bima.open(/arrived broken/);
  await expect(chips(bima.page).getByRole("listitem")).toHaveCount(2);
  await bima.thread.focus();
  await bima.page.keyboard.press("t");
  await finder(bima.page).fill("Warranty");
  await option(bima.page, "Create “Warranty”").click();
  await expect(chips(page).getByRole("listitem")).toHaveCount(3);
  await bima.page.keyboard.press("Escape");
  const info = bima.page.getByRole("complementary", { name: "Contact and details" });
  await info.getByRole("button", { name: "Remove the tag Fragile" }).click();
  await expect(chips(page)).not.toContainText("Fragile");
  await expect(info.getByRole("button", { name: "Add a tag" })).toBeFocused();
  await bima.page.getByRole("button", { name: "Undo" }).click();
  await expect(chips(page)).toContainText("Fragile");
  await expect(visitor.frame.getByText(/Fragile|Refund|Warranty|tag/i)).toHaveCount(0);

  // The log has both, and the search finds by it.
  await page.keyboard.press("l");
  const log = page.getByRole("dialog", { name: "Log" });
  await log.getByLabel("Event").selectOption("Tags removed");
  await expect(log.getByText("Fragile")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  const search = page.getByRole("search");
  await expect(async () => {
    await search.getByRole("textbox").fill("");
    await search.getByRole("textbox").fill("cups tag:warr");
    await expect(search.locator("mark").first()).toBeVisible({ timeout: 1_500 });
  }).toPass();
  await search.getByRole("textbox").fill("cups tag:nothing");
  await expect(search.getByRole("heading", { name: "Nothing found" })).toBeVisible();
});

// R024, C07
test("an inbox wants a tag, and every quick way to close asks for it first", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Is the grinder back?");
  const ayu = await sit("ayu");
  await openTags(ayu);
  await makeTag(ayu, "Stock", "Green");
  await ayu.page.getByRole("link", { name: "Inboxes" }).click();
  await ayu.page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await ayu.page.getByRole("switch", { name: "Ask for a tag when a chat is closed" }).click();
  await ayu.page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(ayu.page.getByText("Saved", { exact: true })).toBeVisible();

  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/grinder back/);
  await citra.reply.fill("Since this morning");
  await citra.reply.press("Control+Shift+Enter");
  const dialog = page.getByRole("dialog", { name: /Close the chat with/ });
  await expect(dialog.getByText("This inbox wants at least one tag")).toBeVisible();
  await expect(visitor.message("Since this morning")).toBeVisible();
  await page.keyboard.press("Escape");

  // In its window as well.
  const chat = page.url();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Keep in a window elsewhere" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  const window = page.getByRole("region", { name: "Window with Visitor" });
  await window.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Close the chat", exact: true }).click();
  await expect(dialog.getByText("This inbox wants at least one tag")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto(chat);
  await expect(citra.thread).toHaveAttribute("aria-busy", "false");
  await citra.thread.focus();
  await page.keyboard.press("e");
  await expectAccessible(page, "closing where a tag is wanted");
  await dialog.getByRole("button", { name: "Close", exact: true }).last().press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText("Add a tag first.");
  await expect(dialog.getByRole("button", { name: "Add a tag" })).toBeFocused();
  await page.screenshot({ path: "screenshots/close-tag-1440.png" });
  await page.keyboard.press("Enter");
  await expect(finder(page)).toBeFocused();
  await page.keyboard.type("stock");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await expect(dialog.getByText("Stock")).toBeVisible();
  const address = page.url();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().press("Enter");
  await expect(page.getByText(/^Closed the chat with/)).toBeVisible();
  await page.goto(address);
  await expect(citra.thread.getByText("You added the tag Stock")).toBeVisible();
  await expect(chips(page)).toHaveText("Stock");

  // What has a tag is closed at once.
  await page.getByRole("button", { name: "Reopen" }).click();
  await page.locator("header").getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByText(/^Closed the chat with/)).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a chat is tagged on a phone, in ${colorScheme}`, async ({ sit }) => {
    const bima = await sit("bima", { colorScheme, viewport: { width: 390, height: 844 } });
    const { page } = bima;
    await bima.show("all");
    await page.getByRole("list", { name: "Chats" }).getByRole("link").first().click();
    await expect(bima.thread).toHaveAttribute("aria-busy", "false");
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Tag this chat" }).click();
    const dialog = page.getByRole("dialog", { name: "Tag this chat" });
    for (const name of ["Needs a callback today", "VIP", "Wholesale"]) {
      await finder(page).fill(name);
      await expect(option(page, `Create “${name}”`)).toHaveAttribute("aria-selected", "true");
      await page.keyboard.press("Enter");
      await expect(
        option(page, new RegExp(name)).getByRole("img", { name: "On this chat" }),
      ).toBeVisible();
    }
    await expectAccessible(page, "the list of tags on a phone");
    await page.screenshot({ path: `screenshots/tag-picker-390-${colorScheme}.png` });
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(chips(page).getByText("1 more tag")).toBeAttached();
    await bima.thread.focus();
    await expectAccessible(page, "a chat with tags on a phone");
    await page.screenshot({ path: `screenshots/tagged-390-${colorScheme}.png` });
  });
}
