// Writing first: a session with somebody who is known on the site, or with anybody of another system.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const begin = (page: Page) => page.getByRole("button", { name: /^New session/ });
const dialog = (page: Page) => page.getByRole("dialog", { name: "New session" });

async function withWhom(page: Page, words: string): Promise<void> {
  await dialog(page).getByRole("combobox", { name: "With whom" }).fill(words);
}

for (const colorScheme of ["light", "dark"] as const) {
  // R187, R220, C34
  test(`who was served is written to again, and whoever has an open chat is gone to, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const visitor = await visit();
    await visitor.say("Is the Gayo in stock?");
    const citra = await sit("citra", { colorScheme });
    const { page } = citra;
    await citra.show("queue");
    await citra.open(/Gayo in stock/);
    await citra.say("Not yet, sorry");
    await expect(visitor.message("Not yet")).toBeVisible();

    // Whom I am talking with already.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+N");
    await expect(dialog(page)).toBeVisible();
    await expectAccessible(page, "the window of a new session");
    await withWhom(page, "Sarah");
    const sarah = dialog(page).getByRole("option", { name: /Sarah Whitfield/ });
    await expect(sarah).toContainText("Has an open chat");
    await page.screenshot({ path: `screenshots/starting-1440-${colorScheme}.png` });
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toContainText("Sarah Whitfield has an open chat");
    await expectAccessible(page, "somebody who has an open chat");
    await dialog(page).getByRole("button", { name: "Go to the chat" }).click();
    await expect(page.getByRole("log", { name: /Sarah Whitfield/ })).toBeVisible();
    await citra.show("mine");

    await citra.open(/Not yet, sorry/);
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await citra.show("closed");
    await citra.open(/Not yet, sorry/);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "New session" }).click();
    await expect(dialog(page)).toContainText("Visitor");
    await dialog(page).getByLabel("First message").fill("The Gayo is here");
    await expectAccessible(page, "the first message of a session");
    await page.screenshot({ path: `screenshots/starting-message-1440-${colorScheme}.png` });
    await dialog(page).getByRole("button", { name: "Start", exact: true }).click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(citra.message("The Gayo is here")).toBeVisible();
    await expect(visitor.message("The Gayo is here")).toBeVisible();
    await visitor.say("I am coming");
    await expect(citra.message("I am coming")).toBeVisible();

    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("link", { name: "Back to the list" }).click();
    await begin(page).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page, "the window of a new session on a phone");
    await page.screenshot({ path: `screenshots/starting-390-${colorScheme}.png` });
  });
}

// R220, R221, C34
test("a new address is written to where another system reaches it, and twice is once", async ({
  sit,
  server,
}) => {
  test.slow();
  const { page } = await sit("ayu");
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("button", { name: "New inbox" }).click();
  await page.getByText("API", { exact: true }).click();
  await page.getByLabel("Name").fill("Orders");
  await page.getByLabel("Address").fill("https://orders.example/hook");
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(page.getByRole("heading", { name: "Connect your program" })).toBeVisible();
  await page.getByRole("link", { name: "Chats", exact: true }).first().click();

  const start = async (): Promise<void> => {
    await begin(page).click();
    await dialog(page).getByLabel("Inbox").selectOption({ label: "Orders" });
    await withWhom(page, "+62812555");
    await dialog(page)
      .getByRole("option", { name: /New: .*62812555/ })
      .click();
  };
  await start();
  await dialog(page).getByLabel("Name (optional)").fill("Pak Budi");
  await dialog(page).getByLabel("First message").fill("Your parcel is here");
  await page.screenshot({ path: "screenshots/starting-address-1440.png" });
  await dialog(page).getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Pak Budi", level: 2 }).first()).toBeVisible();
  await expect(page.getByRole("log").getByText("Your parcel is here")).toBeVisible();

  await start();
  await dialog(page).getByLabel("First message").fill("Once more");
  await dialog(page).getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog(page)).toContainText("has an open chat");
  await expectAccessible(page, "the way to the open chat");
  await page.screenshot({ path: "screenshots/starting-open-1440.png" });
  await dialog(page).getByRole("button", { name: "Go to the chat" }).click();
  await expect(page.getByRole("log").getByText("Your parcel is here")).toBeVisible();
});
