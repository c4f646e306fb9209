// Roles: made from a copy, given, changed and removed, with what they change at an open desk; and who may do what, in words.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const row = (page: Page, name: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: name });
const right = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("combobox", { name, exact: true });

for (const colorScheme of ["light", "dark"] as const) {
  test(`an administrator makes a role from a copy, by keyboard, in ${colorScheme}`, async ({
    sit,
    server,
  }) => {
    test.slow();
    const { page } = await sit("ayu", { colorScheme });
    const shot = (name: string) =>
      page.screenshot({ path: `screenshots/roles-${name}-${colorScheme}.png` });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Roles", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeVisible();
    await expect(row(page, "Supervisor")).toContainText("1 member");
    await expectAccessible(page, "the page of roles");
    await shot("empty-1440");

    // A shipped one is looked at, and stays.
    await page.getByRole("button", { name: "Look at Agent" }).press("Enter");
    await expect(dialog(page, "Agent")).toContainText("A shipped role stays as it is");
    await expect(dialog(page, "Agent").getByRole("combobox")).toHaveCount(0);
    await expectAccessible(page, "a shipped role");
    await shot("shipped-1440");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Copy Supervisor" }).press("Enter");
    const making = dialog(page, "New role");
    await expect(making.getByLabel("Name")).toBeFocused();
    await page.keyboard.type("Shipping lead");
    await making.getByLabel("What it is for").fill("Looks after what shipping has");
    await expect(right(page, "See chats")).toHaveValue("inbox");
    await right(page, "See chats").selectOption("Own and team chats, and the queue");
    // Nothing reaches further than what is seen.
    await expect(right(page, "Close chats")).toHaveValue("team");
    await expect(right(page, "Close chats").getByRole("option")).toHaveText([
      "No",
      "Own chats",
      "Own and team chats",
    ]);
    await right(page, "Change the tags").selectOption("No");
    await expectAccessible(page, "making a role");
    await shot("making-1440");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "making a role on a phone");
    await shot("making-390");
    await making.getByRole("button", { name: "Save", exact: true }).click();
    await expect(row(page, "Shipping lead")).toContainText("Looks after what shipping has");
    await expectAccessible(page, "the page of roles on a phone");
    await shot("390");
    await page.setViewportSize({ width: 1440, height: 900 });
    await shot("1440");

    await page.getByRole("button", { name: "New role" }).click();
    await dialog(page, "New role").getByLabel("Name").fill("shipping LEAD");
    await page.keyboard.press("Enter");
    await expect(dialog(page, "New role").getByRole("alert")).toHaveText(
      "There is a role shipping LEAD already.",
    );
    await page.keyboard.press("Escape");

    await page.goto(`${server.url}/settings/members`);
    await row(page, "Citra Dewi").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "What may they do?" }).click();
    const rights = dialog(page, "What may Citra Dewi do?");
    await expect(rights).toContainText("Citra Dewi has the role Agent.");
    await expect(rights).toContainText("Own teams: Café advice, Shipping, with 2 colleagues.");
    const why = rights.getByRole("listitem").filter({ hasText: "Remove what others wrote" });
    await expect(why).toContainText("The role Agent does not allow it. These do: Administrator");
    await expect(why).toContainText("Shipping lead");
    await expectAccessible(page, "what a member may do");
    await shot("rights-1440");
    await page.setViewportSize({ width: 390, height: 844 });
    await shot("rights-390");
    await expectAccessible(page, "what a member may do, on a phone");
  });
}

// C29
test("a role that is given changes an open desk at once, and so does a change of it", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Where is my parcel?");
  const [ayu, citra, dimas] = [await sit("ayu"), await sit("citra"), await sit("dimas")];
  await citra.show("queue");
  await citra.open(/Where is my parcel/);
  await citra.say("It left Bandung today");
  await expect(citra.message("It left Bandung today")).toBeVisible();
  await dimas.show("all");
  const parcel = dimas.row(/It left Bandung today/);
  await expect(parcel).toHaveCount(0);

  const { page } = ayu;
  await page.goto(`${server.url}/settings/roles`);
  await page.getByRole("button", { name: "Copy Agent" }).click();
  await dialog(page, "New role").getByLabel("Name").fill("Shipping lead");
  await right(page, "See chats").selectOption("Own and team chats, and the queue");
  await dialog(page, "New role").getByRole("button", { name: "Save", exact: true }).click();
  await expect(row(page, "Shipping lead")).toBeVisible();
  await page.getByRole("link", { name: "Members", exact: true }).click();
  const role = page.getByLabel("Role of Dimas Putra");
  await role.selectOption("Shipping lead");
  const sure = page.getByRole("dialog", { name: /Make .*Dimas Putra.* .*Shipping lead/ });
  await sure.getByRole("button", { name: "Cancel" }).click();
  await expect(role.getByRole("option", { selected: true })).toHaveText("Agent");
  await role.selectOption("Shipping lead");
  await expectAccessible(page, "the question before a new role");
  await sure.getByRole("button", { name: "Change the role" }).click();
  await expect(parcel).toBeVisible({ timeout: 5_000 });
  await parcel.click();
  await expect(dimas.message("It left Bandung today")).toBeVisible();
  await expect(dimas.reply).toHaveCount(0);
  // Rows do not move away under the mouse.
  await dimas.page.mouse.move(900, 20);

  await page.getByRole("link", { name: "Roles", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeVisible();
  await expect(row(page, "Shipping lead")).toContainText("1 member");
  await page.getByRole("button", { name: "Edit Shipping lead" }).click();
  await right(page, "See chats").selectOption("Own chats and the queue");
  await dialog(page, "Edit role").getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog(page, "Edit role")).toHaveCount(0);
  await expect(parcel).toHaveCount(0, { timeout: 5_000 });

  await page.getByRole("button", { name: "Remove Shipping lead" }).click();
  const removing = dialog(page, "Remove the role Shipping lead?");
  await expect(removing).toContainText("1 member has it.");
  await removing.getByLabel("Whoever has it").selectOption("Supervisor");
  await expectAccessible(page, "the question before a role is removed");
  await page.screenshot({ path: "screenshots/roles-remove.png" });
  await removing.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("button", { name: "Remove Shipping lead" })).toHaveCount(0);
  await expect(parcel).toBeVisible({ timeout: 5_000 });
  await dimas.page.goto(`${server.url}/settings/profile`);
  await dimas.page.getByRole("button", { name: "What may I do?" }).click();
  await expect(dialog(dimas.page, /What may/)).toContainText(
    "Dimas Putra has the role Supervisor.",
  );
});
