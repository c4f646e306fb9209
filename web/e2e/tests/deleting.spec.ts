// Deleting chats: gone for everybody at once, put back by hand or by undo, erased; the customer begins anew.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const notes = (page: Page) => page.getByRole("region", { name: "Notices" });
const bar = (page: Page) => page.getByRole("group", { name: "Selected chats" });

async function ask(page: Page): Promise<void> {
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete chat…" }).click();
}

for (const colorScheme of ["light", "dark"] as const) {
  // R140, R145, C17
  test(`a deleted chat is gone for everybody, and comes back from the settings, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const visitor = await visit();
    await visitor.say("My diary, by mistake");
    const [ayu, citra] = [await sit("ayu", { colorScheme }), await sit("citra", { colorScheme })];
    await citra.show("queue");
    await citra.open(/My diary/);
    await citra.say("What is this?");
    await expect(visitor.message("What is this?")).toBeVisible();
    await citra.page.getByRole("button", { name: "More", exact: true }).click();
    await expect(citra.page.getByRole("menuitem", { name: "Mute" })).toBeVisible();
    await expect(citra.page.getByRole("menuitem", { name: "Delete chat…" })).toHaveCount(0);
    await citra.page.keyboard.press("Escape");

    const { page } = ayu;
    await ayu.show("all");
    await ayu.open(/What is this/);
    await ask(page);
    const dialog = page.getByRole("dialog", { name: /^Delete the chat with / });
    await expect(dialog).toContainText("For 30 days it can be put back");
    await expectAccessible(page, "the question before deleting");
    await page.screenshot({ path: `screenshots/deleting-1440-${colorScheme}.png` });
    await dialog.getByRole("button", { name: "Keep" }).click();
    await expect(dialog).toHaveCount(0);
    await ask(page);
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(notes(page)).toContainText("was deleted");
    await expect(ayu.row(/What is this/)).toHaveCount(0);

    await expect(citra.page.getByText("This chat was deleted")).toBeVisible();
    await expect(citra.row(/What is this/)).toHaveCount(0);
    await expectAccessible(citra.page, "a chat that was deleted");
    await citra.page.screenshot({ path: `screenshots/deleted-1440-${colorScheme}.png` });
    await expect(visitor.message("My diary")).toHaveCount(0);
    await expect(visitor.message("What is this?")).toHaveCount(0);
    await visitor.say("Hello, is anybody there?");
    await expect(ayu.row(/is anybody there/)).toBeVisible();

    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Data", exact: true }).click();
    const rows = page.getByRole("main").getByRole("listitem");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText("Deleted by Ayu");
    await expectAccessible(page, "deleted chats");
    await page.screenshot({ path: `screenshots/data-1440-${colorScheme}.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "deleted chats on a phone");
    await page.screenshot({ path: `screenshots/data-390-${colorScheme}.png` });
    await page.setViewportSize({ width: 1440, height: 900 });
    await rows.getByRole("button", { name: /^Put back/ }).click();
    await expect(notes(page)).toContainText("is back");
    await expect(page.getByText("No deleted chats")).toBeVisible();

    // What was written since goes on below.
    await expect(visitor.message("My diary")).toBeVisible();
    await expect(visitor.message("is anybody there?")).toBeVisible();
    await citra.show("mine");
    await citra.open(/is anybody there/);
    await expect(citra.message("My diary")).toBeVisible();
    await expect(citra.thread.getByText(/put this deleted chat back/)).toBeVisible();
    await citra.say("Now I am");
    await expect(visitor.message("Now I am")).toBeVisible();
  });
}

// R142, R143, R144, C17
test("several are deleted in one go with their number, and come back", async ({ sit }) => {
  test.slow();
  const ayu = await sit("ayu");
  const { page } = ayu;
  await ayu.show("all");
  const boxes = page.getByRole("list", { name: "Chats" }).getByRole("checkbox");
  await page.getByRole("list", { name: "Chats" }).getByRole("listitem").first().hover();
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  const names = await Promise.all([0, 1].map((at) => boxes.nth(at).getAttribute("aria-label")));
  await bar(page).getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete 2 chats?" });
  await expectAccessible(page, "the question before deleting several");
  await page.screenshot({ path: "screenshots/deleting-several-1440.png" });
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(notes(page)).toContainText("2 chats deleted");
  const list = page.getByRole("list", { name: "Chats" });
  for (const name of names) {
    await expect(list.getByRole("checkbox", { name: name! })).toHaveCount(0);
  }
  await notes(page).getByRole("button", { name: "Undo" }).click();
  await expect(notes(page)).toContainText("Undone for 2 chats");
  await page.mouse.move(0, 0);
  for (const name of names) {
    await expect(list.getByRole("checkbox", { name: name! })).toHaveCount(1);
  }
});

test("on a phone a chat is deleted and taken back, and without days it is erased", async ({
  sit,
}) => {
  test.slow();
  const ayu = await sit("ayu", { viewport: { width: 390, height: 844 } });
  const { page } = ayu;
  await ayu.show("all");
  const row = page.getByRole("list", { name: "Chats" }).getByRole("link").first();
  const label = (await row.getAttribute("aria-label")) ?? (await row.innerText());
  await row.click();
  await expect(ayu.thread).toHaveAttribute("aria-busy", "false");
  await ask(page);
  await expectAccessible(page, "the question before deleting on a phone");
  await page.screenshot({ path: "screenshots/deleting-390.png" });
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await notes(page).getByRole("button", { name: "Undo" }).click();
  await expect(notes(page)).toContainText("is back");
  expect(label).not.toBe("");

  await page.goto(new URL("/settings/data", page.url()).href);
  const days = page.getByLabel("Days until deleted chats are erased");
  await days.fill("400");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Between 0 and 365 days.")).toBeVisible();
  await days.fill("0");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notes(page)).toContainText("Saved");
  await page.goto(new URL("/chats/all", page.url()).href);
  await page.getByRole("list", { name: "Chats" }).getByRole("link").first().click();
  await expect(ayu.thread).toHaveAttribute("aria-busy", "false");
  await ask(page);
  await expect(page.getByRole("dialog")).toContainText("nobody can put it back");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(notes(page)).toContainText("was deleted");
  await expect(notes(page).getByRole("button", { name: "Undo" })).toHaveCount(0);
});
