// Leaving a page of the settings with something unsaved: asked first, within the desk and on closing it.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const question = (page: Page) => page.getByRole("dialog", { name: "Leave without saving?" });
const stay = (page: Page) =>
  question(page).getByRole("button", { name: "Stay", exact: true }).click();
const leave = (page: Page) =>
  question(page).getByRole("button", { name: "Leave without saving" }).click();
const heading = (page: Page, name: string) =>
  page.getByRole("main").getByRole("heading", { level: 1, name });

for (const colorScheme of ["light", "dark"] as const) {
  test(`what was typed and not saved is not lost without a question, in ${colorScheme}`, async ({
    server,
    sit,
  }) => {
    const { page } = await sit("ayu", { colorScheme });
    await page.goto(`${server.url}/settings/members`);
    await page.getByRole("link", { name: "General" }).click();
    const name = page.getByLabel("Workspace name");
    const before = await name.inputValue();
    // Untouched it is left, and back and forth is no step that the router would miss.
    await page.goBack();
    await expect(heading(page, "Members")).toBeVisible();
    await page.goForward();

    await name.fill("Kopi Fajar");
    await page.getByRole("link", { name: "Members" }).click();
    await expectAccessible(page, "the question before leaving");
    await page.screenshot({ path: `screenshots/leaving-1440-${colorScheme}.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `screenshots/leaving-390-${colorScheme}.png` });
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(question(page).getByRole("button", { name: "Stay", exact: true })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(question(page)).toHaveCount(0);
    await expect(name).toHaveValue("Kopi Fajar");

    // The way back is a way out too, and the address stays with the page.
    await page.goBack();
    await stay(page);
    await expect(page).toHaveURL(/settings\/workspace$/);
    await expect(name).toHaveValue("Kopi Fajar");
    await page.getByRole("link", { name: "Members" }).click();
    await leave(page);
    await expect(heading(page, "Members")).toBeVisible();
    await page.goBack();
    await expect(name).toHaveValue(before);

    await name.fill("Kopi Fajar");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("region", { name: "Notices" })).toContainText("Saved");
    await page.getByRole("link", { name: "Members" }).click();
    await expect(heading(page, "Members")).toBeVisible();
  });
}

test("every page that is saved asks, and closing the desk does too", async ({ server, sit }) => {
  test.slow();
  const { page } = await sit("ayu");
  const asks = async (path: string, change: () => Promise<void>) => {
    await page.goto(`${server.url}/settings/${path}`);
    await change();
    await page.getByRole("link", { name: "Notifications" }).click();
    await leave(page);
    await expect(heading(page, "Notifications")).toBeVisible();
  };
  await asks("profile", () => page.getByLabel("Your name").fill("Ayu the Second"));
  await asks("presence", () => page.getByLabel("Reason", { exact: true }).first().fill("Tea"));
  await asks("presence", () => page.getByRole("spinbutton").fill("7"));
  await asks("data", () => page.getByLabel("Days until deleted chats are erased").fill("5"));
  await asks("time-limits", () => page.getByRole("switch").first().click());
  await asks("inboxes/new", () => page.getByLabel("Name", { exact: true }).fill("Another"));
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible();
  const inbox = new URL(page.url()).pathname.split("/").slice(2).join("/");
  await asks(inbox, () => page.getByLabel("Title").fill("Another title"));

  await page.goto(`${server.url}/settings/${inbox}`);
  const closing: string[] = [];
  page.on("dialog", (dialog) => {
    closing.push(dialog.type());
    void dialog.accept();
  });
  await page.getByLabel("Title").fill("Another title");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("region", { name: "Notices" })).toContainText("Saved");
  await page.reload();
  expect(closing).toEqual([]);
  await page.getByLabel("Title").fill("A third one");
  await page.reload();
  expect(closing).toEqual(["beforeunload"]);
});

test("a new inbox is saved and opened without a question", async ({ server, sit }) => {
  const { page } = await sit("ayu");
  await page.goto(`${server.url}/settings/inboxes/new`);
  await page.getByLabel("Name", { exact: true }).fill("Another");
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(heading(page, "Another")).toBeVisible();
  await expect(question(page)).toHaveCount(0);
});
