// API tokens: made and shown once, used by a program, ended; seen by who manages members.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const row = (page: Page, name: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: name });

for (const colorScheme of ["light", "dark"] as const) {
  test(`an agent makes a token, a program uses it, and an administrator ends it, in ${colorScheme}`, async ({
    sit,
    server,
    request,
  }) => {
    test.slow();
    const { page } = await sit("citra", { colorScheme });
    const shot = (name: string) =>
      page.screenshot({ path: `screenshots/tokens-${name}-${colorScheme}.png` });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "API tokens", exact: true }).click();
    await expect(page.getByRole("heading", { name: "API tokens", level: 1 })).toBeVisible();
    await expect(page.getByText("None yet. A program needs one")).toBeVisible();
    await expectAccessible(page, "the page of tokens");

    await page.getByRole("button", { name: "New token" }).press("Enter");
    const making = dialog(page, "New API token");
    await expect(making.getByLabel("What it is for")).toBeFocused();
    await page.keyboard.type("Nightly copy");
    await making.getByLabel("How long it lives").selectOption("Until a day");
    await expect(making.getByLabel("Last day")).toBeVisible();
    await making.getByLabel("How long it lives").selectOption("30 days");
    await making.getByText("Chosen rights", { exact: true }).click();
    await expect(making.getByRole("checkbox")).toHaveCount(10);
    await expect(making.getByRole("checkbox", { name: "See chats" })).toBeChecked();
    await expectAccessible(page, "making a token");
    await shot("making-1440");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "making a token on a phone");
    await shot("making-390");
    await page.setViewportSize({ width: 1440, height: 900 });
    await making.getByText("Only look", { exact: true }).click();
    await making.getByRole("button", { name: "Make it" }).click();

    const made = dialog(page, "The token is made");
    await expect(made).toContainText("It is not shown again");
    const token = await made.getByRole("group", { name: "API token" }).locator("pre").innerText();
    expect(token).toMatch(/^sapa_[A-Za-z0-9_-]{48}$/);
    await expectAccessible(page, "a token that is made");
    await shot("made-1440");
    await made.getByRole("button", { name: "Done" }).click();
    await expect(row(page, "Nightly copy")).toContainText("Only look");
    await expect(row(page, "Nightly copy")).toContainText(`${token.slice(0, 9)}…`);
    await expect(row(page, "Nightly copy")).toContainText("Never used");

    const headers = { authorization: `Bearer ${token}` };
    const me = await request.get(`${server.url}/api/v1/me`, { headers });
    expect((await me.json()).rights).toEqual(["conversation:view:own"]);
    const away = { chosen: "away", reason: null };
    const refused = await request.put(`${server.url}/api/v1/me/presence`, { headers, data: away });
    expect(refused.status()).toBe(403);
    await page.reload();
    await expect(row(page, "Nightly copy")).toContainText(/Last used: now\s+· 127\.0\.0\.1/);
    await shot("1440");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "the page of tokens on a phone");
    await shot("390");

    const admin = await sit("ayu", { colorScheme });
    await admin.page.goto(`${server.url}/settings/tokens`);
    await expect(admin.page.getByRole("heading", { name: "Of others" })).toBeVisible();
    await expect(row(admin.page, "Nightly copy")).toContainText("Citra Dewi");
    await expectAccessible(admin.page, "tokens of others");
    await admin.page.screenshot({ path: `screenshots/tokens-others-${colorScheme}.png` });
    await admin.page.getByRole("button", { name: "End Nightly copy" }).click();
    const sure = dialog(admin.page, "End the token Nightly copy?");
    await expectAccessible(admin.page, "asking before a token ends");
    await sure.getByRole("button", { name: "End", exact: true }).click();
    await expect(row(admin.page, "Nightly copy")).toHaveCount(0);
    const ended = await request.get(`${server.url}/api/v1/me`, { headers });
    expect(ended.status()).toBe(401);
  });
}

test("a token in Indonesian", async ({ sit, server }) => {
  const { page } = await sit("citra", { viewport: { width: 390, height: 844 } });
  await page.goto(`${server.url}/settings/profile`);
  const kept = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.getByLabel("Language").selectOption("Bahasa Indonesia");
  await kept;
  await page.goto(`${server.url}/settings/tokens`);
  await page.getByRole("button", { name: "Token baru" }).click();
  await expect(dialog(page, "Token API baru")).toContainText("Hanya melihat");
  await expectAccessible(page, "making a token in Indonesian");
  await page.screenshot({ path: "screenshots/tokens-making-id-390.png" });
});
