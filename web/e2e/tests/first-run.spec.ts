// The first start: the link of the log makes the workspace; a colleague joins by invitation.

import { Desk } from "../support/desk";
import { Server } from "../support/server";
import { expect, test } from "../support/test";

const PASSWORD = "sunset over bandung";

// R048, R049, R163
test("the link of the log makes the workspace, an inbox and an invitation", async ({ browse }) => {
  const server = await Server.start("serve");
  try {
    const page = await browse();
    await page.goto(server.setupLink);
    await page.getByLabel("Workspace name").fill("Kopi Baru");
    await page.getByLabel("Your name").fill("Rani");
    await page.getByLabel("Email").fill("rani@example.com");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Create the workspace" }).click();
    await expect(page.getByText("Use at least 8 characters.")).toBeVisible();
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Create the workspace" }).click();
    await expect(page.getByText("Welcome to Sapa")).toBeVisible();
    // One clear next step, and nothing beside it.
    await expect(page.getByText("No chats here")).toHaveCount(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole("button", { name: "Create an inbox" })).toBeVisible();
    await page.setViewportSize({ width: 1440, height: 900 });

    await page.goto(`${server.url}/settings/members`);
    await page.getByRole("button", { name: "Invite" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Email").fill("joko@example.com");
    await dialog.getByRole("button", { name: "Create link" }).click();
    const link = await dialog
      .getByRole("group", { name: "Invitation link" })
      .locator("pre")
      .innerText();
    expect(link).toContain(`${server.url}/join#`);

    const joko = await browse();
    await joko.goto(link);
    await joko.getByLabel("Your name").fill("Joko");
    await joko.getByLabel("Password").fill(PASSWORD);
    await joko.getByRole("button", { name: "Join" }).click();
    await expect(joko.getByText("You are in no inbox yet")).toBeVisible();
    await expect(joko.getByRole("button", { name: "Create an inbox" })).toHaveCount(0);

    await page.goto(server.url);
    await page.getByRole("button", { name: "Create an inbox" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Our site");
    await page.getByRole("checkbox", { name: "Joko" }).check();
    await page.getByRole("button", { name: "Create inbox" }).click();
    await expect(page.getByText("/w.js")).toBeVisible();
    await expect(joko.getByRole("navigation", { name: "Views" })).toBeVisible();

    // Where there are no tags nothing is narrowed by them.
    await page.goto(`${server.url}/chats/all`);
    await page.getByRole("button", { name: /^Filters and sorting/ }).click();
    const filters = page.getByRole("dialog", { name: "Filters and sorting" });
    await expect(filters.getByText("There are no tags yet.")).toBeVisible();
    await expect(filters.getByRole("combobox", { name: "Find a tag" })).toHaveCount(0);
  } finally {
    await server.stop();
  }
});

test("a wrong password is refused and the address is kept", async ({ server, browse }) => {
  const page = await browse();
  await page.goto(`${server.url}/chats/queue`);
  await page.getByLabel("Email").fill("ayu@kopisenja.example");
  await page.getByLabel("Password").fill("not my password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel("Password").fill(server.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/chats\/queue/);
  await expect(new Desk(page, server.url).row(/Putri Maharani/)).toBeVisible();
});

test("signing out ends the other tab too", async ({ sit }) => {
  const citra = await sit("citra");
  const other = await citra.page.context().newPage();
  await other.goto(citra.page.url());
  await expect(other.getByRole("navigation", { name: "Views" })).toBeVisible();
  await citra.page.getByRole("button", { name: /account menu/ }).click();
  await citra.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(citra.page.getByLabel("Password")).toBeVisible();
  await expect(other.getByLabel("Password")).toBeVisible();
});
