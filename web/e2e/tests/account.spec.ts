// Who may come in: invitations, passwords, sign-ins that can be listed and ended.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const NEW_PASSWORD = "morning fog over bromo";

test("an invitation that is withdrawn opens no door", async ({ server, sit, browse }) => {
  const { page } = await sit("ayu");
  await page.goto(`${server.url}/settings/members`);
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill("joko@example.com");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const group = dialog.getByRole("group", { name: "Invitation link" });
  const link = await group.locator("pre").innerText();
  await expect(group.getByRole("button", { name: "Copy" })).toBeFocused();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Invite", exact: true })).toBeFocused();

  const joko = await browse();
  await joko.goto(link);
  await expect(joko.getByRole("heading", { name: "Join Kopi Senja" })).toBeVisible();

  const invitation = page.getByRole("listitem").filter({ hasText: "joko@example.com" });
  await invitation.getByRole("button", { name: "Withdraw" }).click();
  await expect(invitation).toHaveCount(0);

  await joko.getByLabel("Your name").fill("Joko");
  await joko.getByLabel("Password").fill(NEW_PASSWORD);
  await joko.getByRole("button", { name: "Join" }).click();
  await expect(joko.getByRole("alert")).toContainText("used, withdrawn or is too old");
  await joko.reload();
  await expect(joko.getByRole("heading", { name: /cannot be used/ })).toBeVisible();
});

test("a new password ends the other sign-ins, and only the new one works", async ({
  server,
  sit,
  browse,
}) => {
  const here = await sit("citra");
  const elsewhere = await sit("citra");
  await here.page.goto(`${server.url}/settings/profile`);
  await here.page.getByLabel("Current password").fill("not this one");
  await here.page.getByLabel("New password").fill(NEW_PASSWORD);
  await here.page.getByRole("button", { name: "Change password" }).click();
  await expect(here.page.getByText("The current password is wrong.")).toBeVisible();
  await expect(elsewhere.page.getByRole("navigation", { name: "Views" })).toBeVisible();

  await here.page.getByLabel("Current password").fill(server.password);
  await here.page.getByRole("button", { name: "Change password" }).click();
  await expect(here.page.getByText("Password changed")).toBeVisible();
  await expect(elsewhere.page.getByText("Your sign-in ended")).toBeVisible();
  await here.page.reload();
  await expect(here.page.getByRole("heading", { name: "Profile" })).toBeVisible();

  const page = await browse();
  await page.goto(server.url);
  for (const [password, works] of [
    [server.password, false],
    [NEW_PASSWORD, true],
  ] as const) {
    await page.getByLabel("Email").fill("citra@kopisenja.example");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    if (works) await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
    else await expect(page.getByRole("alert")).toContainText("Email or password is wrong.");
  }
});

test("a sign-in can be seen and ended from another device", async ({ server, sit }) => {
  const here = await sit("citra");
  const phone = await sit("citra", {
    userAgent:
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
  });
  await here.page.goto(`${server.url}/settings/profile`);
  const list = here.page.getByRole("listitem");
  const other = list.filter({ hasText: "Chrome on Android" });
  await expect(other).toHaveCount(1);
  await expect(list.filter({ hasText: "This device" }).getByRole("button")).toHaveCount(0);
  await other.getByRole("button", { name: /^End/ }).click();
  await expect(other).toHaveCount(0);
  await expect(phone.page.getByText("Your sign-in ended")).toBeVisible();
  await expect(phone.page.getByLabel("Password")).toBeVisible();
  await here.page.reload();
  await expect(here.page.getByRole("heading", { name: "Profile" })).toBeVisible();
});

test("every other sign-in ends with one button", async ({ server, sit }) => {
  const here = await sit("citra");
  const others = [await sit("citra"), await sit("citra")];
  await here.page.goto(`${server.url}/settings/profile`);
  await here.page.getByRole("button", { name: "End all others" }).click();
  for (const other of others)
    await expect(other.page.getByText("Your sign-in ended")).toBeVisible();
  await expect(here.page.getByRole("button", { name: "End all others" })).toHaveCount(0);
  await here.page.reload();
  await expect(here.page.getByRole("heading", { name: "Profile" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`whoever forgot his password gets a link that works once, in ${colorScheme}`, async ({
    server,
    sit,
    browse,
  }) => {
    const [ayu, citra] = [await sit("ayu", { colorScheme }), await sit("citra", { colorScheme })];
    const outside = await browse({ colorScheme });
    await outside.goto(server.url);
    await outside.getByText("Forgot your password?").click();
    await expect(outside.getByText("Ask an administrator of your workspace.")).toBeVisible();
    await expectAccessible(outside, "the sign-in page of who forgot his password");
    await outside.screenshot({ path: `screenshots/forgot-1440-${colorScheme}.png` });

    const { page } = ayu;
    await page.goto(`${server.url}/settings/members`);
    const more = (name: string) => page.getByRole("button", { name: `More for ${name}` });
    await more("Ayu").click();
    await expect(page.getByRole("menuitem", { name: "Reset password…" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await page.keyboard.press("Escape");
    await more("Citra").click();
    await page.getByRole("menuitem", { name: "Reset password…" }).click();
    const dialog = page.getByRole("dialog", { name: /Reset the password of Citra/ });
    await expect(dialog).toContainText("every API token end at once");
    await expectAccessible(page, "the question before a password is reset");
    await page.screenshot({ path: `screenshots/reset-ask-1440-${colorScheme}.png` });
    await expect(citra.page.getByRole("navigation", { name: "Views" })).toBeVisible();
    await dialog.getByRole("button", { name: "Reset and make a link" }).click();
    const group = page.getByRole("group", { name: "Password link" });
    await expect(group.getByRole("button", { name: "Copy" })).toBeFocused();
    const link = await group.locator("pre").innerText();
    await expectAccessible(page, "a password link");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `screenshots/reset-link-390-${colorScheme}.png` });
    await page.getByRole("button", { name: "Done" }).click();
    await expect(citra.page.getByText("Your sign-in ended")).toBeVisible();

    await outside.goto(link);
    await expect(outside.getByText(/For Citra .* at Kopi Senja/)).toBeVisible();
    await outside.getByLabel("New password").fill("short");
    await outside.getByRole("button", { name: "Save and sign in" }).click();
    await expect(outside.getByRole("alert")).toContainText(/characters/);
    await expectAccessible(outside, "choosing a new password");
    await outside.setViewportSize({ width: 390, height: 844 });
    await outside.screenshot({ path: `screenshots/new-password-390-${colorScheme}.png` });
    await outside.setViewportSize({ width: 1440, height: 900 });
    await outside.getByLabel("New password").fill(NEW_PASSWORD);
    await outside.getByRole("button", { name: "Save and sign in" }).click();
    await expect(outside.getByRole("navigation", { name: "Views" })).toBeVisible();
    expect(new URL(outside.url()).pathname).toBe("/chats/mine");

    await citra.page.goto(link);
    await expect(citra.page.getByRole("heading", { name: /cannot be used/ })).toBeVisible();
    await citra.page.getByRole("button", { name: "Sign in" }).click();
    await citra.page.getByLabel("Email").fill("citra@kopisenja.example");
    await citra.page.getByLabel("Password").fill(NEW_PASSWORD);
    await citra.page.getByRole("button", { name: "Sign in" }).click();
    await expect(citra.page.getByRole("navigation", { name: "Views" })).toBeVisible();
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the language is chosen before signing in, in ${colorScheme}`, async ({
    server,
    browse,
  }) => {
    const page = await browse({ colorScheme });
    await page.goto(server.url);
    await page.getByLabel("Email").fill("citra@kopisenja.example");
    await page.screenshot({ path: `screenshots/door-1440-${colorScheme}.png` });
    await page.getByRole("button", { name: "Bahasa Indonesia" }).click();
    await expect(page.getByRole("heading", { name: "Masuk" })).toBeVisible();
    await expect(page.getByLabel("Email")).toHaveValue("citra@kopisenja.example");
    await expect(page.locator("html")).toHaveAttribute("lang", "id");
    await expectAccessible(page, "the door in Indonesian");
    await page.reload();
    await expect(page.getByRole("heading", { name: "Masuk" })).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `screenshots/door-390-${colorScheme}.png` });
  });
}
