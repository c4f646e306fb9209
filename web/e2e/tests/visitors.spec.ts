// Who is on the website now, as the team sees it, live; and inviting somebody to chat, until he answers.

import type { Frame, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

async function frameOf(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => /\/w\/inb_/.test(frame.url()));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find()!;
}

/** Turns the list on for the demo's website. */
async function turnOn({ page }: Desk, url: string): Promise<void> {
  await page.goto(`${url}/settings/inboxes`);
  await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await page.getByRole("switch", { name: "Visitors now" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByText("Saved")).toBeVisible();
}

const rows = (page: Page) => page.locator("tbody tr");

// R263, R264, R266, R267, R268, R269
test("whoever is on the website stands in a list that lives", async ({ sit, browse, server }) => {
  test.slow();
  const ayu = await sit("ayu");
  await turnOn(ayu, server.url);
  const citra = await sit("citra");
  const { page } = citra;
  await page.getByRole("link", { name: "Visitors", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Visitors", level: 1 })).toBeFocused();
  await expect(page.getByText("Nobody is on the website now")).toBeVisible();
  await expectAccessible(page, "no visitors");

  const shop = await browse({ locale: "en-ID" });
  await shop.goto(`${server.url}/demo?utm_source=Ngopi&utm_medium=email`);
  await expect(rows(page)).toHaveCount(1, { timeout: 20_000 });
  const row = rows(page).first();
  await expect(row).toContainText(/Visitor [0-9A-F]{4}/);
  await expect(row).toContainText("/demo");
  await expect(row).toContainText("First visit");
  await expect(row).toContainText("Ngopi · E-mail");
  await expect(page.getByText("1 visitor now")).toBeVisible();

  // He goes on, and somebody comes who asks not to be followed.
  await shop.goto(`${server.url}/demo?page=beans`);
  const hidden = await browse({ extraHTTPHeaders: { "Sec-GPC": "1" } });
  await hidden.goto(`${server.url}/demo?page=secret`);
  await expect(row).toContainText("page=beans", { timeout: 20_000 });
  await expect(rows(page)).toHaveCount(1);

  await page.getByLabel("Page contains").fill("nowhere");
  await expect(page.getByText("No visitor fits")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.getByLabel("Visits", { exact: true }).selectOption({ label: "First visit" });
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/visits=first/);

  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, `the list of visitors, ${width}, ${colorScheme}`);
      await page.screenshot({ path: `screenshots/visitors-${width}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });

  await shop.close();
  await expect(page.getByText(/No visitor fits|Nobody is on the website now/)).toBeVisible({
    timeout: 40_000,
  });
});

// R271
test("somebody is invited, answers, and has a chat with who invited him", async ({
  sit,
  browse,
  server,
}) => {
  test.slow();
  const ayu = await sit("ayu");
  await turnOn(ayu, server.url);
  const shop = await browse();
  await shop.goto(`${server.url}/demo`);
  const citra = await sit("citra");
  const { page } = citra;
  await page.getByRole("link", { name: "Visitors", exact: true }).click();
  const row = rows(page).first();
  await row.getByRole("button", { name: /Invite to chat/ }).click({ timeout: 20_000 });
  const dialog = page.getByRole("dialog", { name: /^Invite Visitor/ });
  await expectAccessible(page, "an invitation that is written");
  await dialog.getByLabel("What you say").fill("May I help you choose a roast?");
  await page.screenshot({ path: "screenshots/invite-1440.png" });
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row).toContainText("Invited by Citra");

  const frame = await frameOf(shop);
  const said = frame.getByRole("button", { name: /May I help you choose a roast/ });
  await expect(said).toBeVisible({ timeout: 30_000 });
  await expect(said).toContainText("Citra");
  await expectAccessible(frame, "an invitation");
  await shop.screenshot({ path: "screenshots/invited-1440.png" });
  await expect(row).toContainText("Sees the invitation of Citra", { timeout: 20_000 });
  await said.click();
  await frame.getByRole("textbox", { name: "Message" }).fill("Yes, for filter please");
  await shop.keyboard.press("Enter");
  await expect(frame.getByRole("img", { name: "Sent" })).toBeVisible();

  await expect(row.getByRole("link", { name: /^With .?Citra/ })).toBeVisible({ timeout: 20_000 });
  await row.getByRole("link", { name: /^With .?Citra/ }).click();
  await expect(citra.thread.getByText("May I help you choose a roast?")).toBeVisible();
  await expect(citra.thread.getByText("You invited the visitor")).toBeVisible();
  await expect(citra.message("for filter please")).toBeVisible();
});

test("who closes an invitation is not asked again", async ({ sit, browse, server }) => {
  test.slow();
  const ayu = await sit("ayu");
  await turnOn(ayu, server.url);
  const shop = await browse();
  await shop.goto(`${server.url}/demo`);
  const { page } = ayu;
  await page.goto(`${server.url}/visitors`);
  const row = rows(page).first();
  await row.getByRole("button", { name: /Invite to chat/ }).click({ timeout: 20_000 });
  await page.getByLabel("What you say").fill("May I help?");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const frame = await frameOf(shop);
  await expect(frame.getByRole("button", { name: /May I help/ })).toBeVisible({ timeout: 30_000 });
  await frame.getByRole("button", { name: "Close" }).first().click();
  await expect(frame.getByRole("button", { name: /May I help/ })).toHaveCount(0);
  await expect(row).toContainText("Closed the invitation of Ayu", { timeout: 20_000 });
  await expect(row.getByRole("button", { name: /Invite to chat/ })).toHaveCount(0);
});
