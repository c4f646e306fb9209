// Whether somebody is there: chosen in the menu, noticed by itself, seen by the others, asked before going.

import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const menu = (page: Page) => page.getByRole("button", { name: /account menu/ });
const choice = (page: Page, name: string) => page.getByRole("menuitemradio", { name, exact: true });
const notices = (desk: Desk) => desk.page.getByRole("region", { name: "Notices" });

async function choose(page: Page, name: string): Promise<void> {
  await menu(page).click();
  await choice(page, name).click();
}

async function assignees({ page }: Desk): Promise<Locator> {
  await page.getByRole("button", { name: "Assign to…" }).click();
  return page.getByRole("listbox", { name: "Assign to…" });
}

for (const [colorScheme, locale] of [
  ["light", "en"],
  ["dark", "en"],
] as const) {
  // R018, C04, C41
  test(`what one chooses is what the others see, in ${colorScheme} ${locale}`, async ({ sit }) => {
    test.slow();
    const [citra, dimas] = [await sit("citra", { colorScheme }), await sit("dimas")];
    await menu(citra.page).press("Enter");
    await expect(choice(citra.page, "Online")).toHaveAttribute("aria-checked", "true");
    await citra.page.screenshot({ path: `screenshots/presence-menu-${colorScheme}.png` });
    // By keyboard alone.
    for (let step = 0; step < 3; step++) await citra.page.keyboard.press("ArrowDown");
    await citra.page.keyboard.press("Enter");
    await expect(
      citra.page.getByRole("button", { name: /account menu, Away: Lunch/ }),
    ).toBeVisible();

    await dimas.show("mine");
    await dimas.page.getByRole("list", { name: "Chats" }).getByRole("link").first().click();
    const list = await assignees(dimas);
    await expect(list.getByRole("group", { name: "Available", exact: true })).toContainText(
      "Dimas Putra (you)",
    );
    const absent = list.getByRole("group", { name: "Not available" });
    await expect(
      absent.getByRole("option", { name: /Citra Dewi.*Away: Lunch.*\d+ open/ }),
    ).toBeVisible();
    await expectAccessible(dimas.page, "whom a chat can be given to");
    await dimas.page.screenshot({ path: `screenshots/assign-${colorScheme}.png` });
    // Whoever is not there may be chosen, and it is said.
    await absent.getByRole("option", { name: /Citra Dewi/ }).click();
    await expect(notices(dimas)).toContainText("Assigned to Citra Dewi. Now: Away: Lunch.");

    await expect(notices(citra)).toContainText("Dimas Putra assigned the chat with");
    // It outlives a reload.
    await citra.page.reload();
    await expect(
      citra.page.getByRole("button", { name: /account menu, Away: Lunch/ }),
    ).toBeVisible();
  });
}

// R106, C41
test("before going offline one is asked who takes care of what is open", async ({ sit }) => {
  test.slow();
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  const { page } = citra;
  const mine = page.getByRole("list", { name: "Chats" }).getByRole("link");
  await expect(mine.first()).toBeVisible();
  await choose(page, "Offline");
  const asked = page.getByRole("dialog", { name: "Before you go offline" });
  await expect(asked).toContainText(/You have \d+ open chats?/);
  await expectAccessible(page, "handing over before going offline");
  await page.screenshot({ path: "screenshots/hand-over.png" });
  await asked.getByRole("button", { name: "Stay online" }).click();
  await expect(asked).toHaveCount(0);
  await expect(mine.first()).toBeVisible();

  await choose(page, "Offline");
  await asked.getByRole("option", { name: "Back to the queue" }).click();
  await expect(notices(citra)).toContainText(/handed over. You are offline/);
  await expect(mine).toHaveCount(0);
  await expect(page.getByRole("button", { name: /account menu, Offline/ })).toBeVisible();
  await dimas.show("queue");
  await expect(dimas.row(/Hannah Kim/)).toBeVisible();
});

// C41
test("who is not seen for ten minutes is away, and asked when back", async ({ sit }) => {
  test.slow();
  const citra = await sit("citra");
  const { page } = citra;
  await page.clock.install();
  await page.reload();
  await expect(menu(page)).toBeVisible();
  await page.clock.runFor(9 * 60_000);
  await expect(page.getByText(/Others see you as away/)).toHaveCount(0);
  await page.clock.runFor(75_000);
  // It is looked at again and again: a connection that stood still with the clock is no reason to be there.
  await expect(async () => {
    await page.clock.runFor(15_000);
    await expect(page.getByText(/Others see you as away since/)).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.screenshot({ path: "screenshots/idle.png" });
  await expectAccessible(page, "being away");
  await page.getByRole("button", { name: "I am back" }).click();
  await expect(page.getByText(/Others see you as away/)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /account menu, Online/ })).toBeVisible();
});

// C41
test("an administrator keeps the reasons, the limit and the skills", async ({ sit, server }) => {
  test.slow();
  const [ayu, citra] = [await sit("ayu"), await sit("citra")];
  const { page } = ayu;
  await page.goto(`${server.url}/settings/presence`);
  await expect(page.getByRole("heading", { name: "Presence", level: 1 })).toBeVisible();
  await expectAccessible(page, "the settings of presence");
  await page.getByRole("button", { name: "Add a reason" }).click();
  await page.keyboard.type("Roastery");
  await page.getByRole("button", { name: "Move Roastery up" }).click();
  await page.getByRole("button", { name: "Remove Training" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(notices(ayu)).toContainText("Saved");
  await menu(citra.page).click();
  await expect(choice(citra.page, "Away: Roastery")).toBeVisible();
  await expect(choice(citra.page, "Away: Training")).toHaveCount(0);
  await citra.page.keyboard.press("Escape");

  await page.getByLabel("Open chats at most").fill("1");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(citra.page.getByRole("button", { name: /account menu, Busy/ })).toBeVisible();

  await page.goto(`${server.url}/settings/members`);
  await page.getByRole("button", { name: "More for Citra Dewi" }).click();
  await page.getByRole("menuitem", { name: "Limit and skills…" }).click();
  const dialog = page.getByRole("dialog", { name: /Limit and skills/ });
  await dialog.getByLabel("Open chats at most").fill("50");
  await dialog.getByLabel("Skills").fill("Refund, Beans");
  await expectAccessible(page, "what a member can take");
  await page.screenshot({ path: "screenshots/limit.png" });
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(citra.page.getByRole("button", { name: /account menu, Online/ })).toBeVisible();
});

// C41
test("from an inbox one takes nothing for now, and whoever gives work sees so", async ({ sit }) => {
  test.slow();
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  const { page } = citra;
  await menu(page).press("Enter");
  await page.getByRole("menuitem", { name: "Take nothing from …" }).click();
  const pauses = page.getByRole("dialog", { name: "What I take from" });
  await expectAccessible(page, "from which inboxes one takes something");
  await page.screenshot({ path: "screenshots/pauses-light-1440.png" });
  await pauses.getByRole("switch").first().click();
  await expect(pauses.getByRole("switch").first()).not.toBeChecked();
  const name = await pauses.getByRole("listitem").first().innerText();
  await pauses.getByRole("button", { name: "Done" }).click();
  // It outlives a reload.
  await page.reload();
  await menu(page).click();
  await expect(page.getByRole("menuitem", { name: "Nothing from 1 inbox" })).toBeVisible();
  await page.screenshot({ path: "screenshots/pauses-menu-light-1440.png" });
  await page.keyboard.press("Escape");

  const admin = await sit("ayu", { colorScheme: "dark" });
  await admin.page.getByRole("link", { name: "Settings" }).click();
  await admin.page.getByRole("link", { name: "Members", exact: true }).click();
  const row = admin.page.getByRole("main").getByRole("listitem").filter({ hasText: "Citra Dewi" });
  await expect(row).toContainText(`Takes nothing now from: ${name.trim()}`);
  await expectAccessible(admin.page, "members, one of whom takes nothing from an inbox");
  await admin.page.screenshot({ path: "screenshots/pauses-members-dark-1440.png" });

  await dimas.show("mine");
  await dimas.page.getByRole("list", { name: "Chats" }).getByRole("link").first().click();
  const list = await assignees(dimas);
  const absent = list.getByRole("group", { name: "Not available" });
  await expect(
    absent.getByRole("option", { name: /Citra Dewi.*Takes nothing from here now/ }),
  ).toBeVisible();
  await dimas.page.screenshot({ path: "screenshots/pauses-assign-light.png" });
});
