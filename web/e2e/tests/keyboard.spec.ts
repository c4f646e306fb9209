// The desk without a mouse.

import { expect, test } from "../support/test";

test("j and k walk, r replies, e closes", async ({ sit }) => {
  const { page } = await sit("citra");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/chats\/mine\/cnv_/);
  const first = page.url();
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(first);
  await page.keyboard.press("k");
  await expect(page).toHaveURL(first);
  await page.keyboard.press("r");
  await expect(page.getByRole("textbox", { name: "Reply" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await expect(page).not.toHaveURL(first);
});

test("the palette finds a chat and a command", async ({ sit }) => {
  const { page } = await sit("citra");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await expect(palette).toBeVisible();
  await page.keyboard.type("Hannah");
  await expect(palette.getByRole("option", { name: /Hannah Kim/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log", { name: "Messages with Hannah Kim" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Closed chats");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/chats\/closed/);
});

test("the palette opens in Indonesian, where two groups have one heading", async ({ sit }) => {
  const { page } = await sit("citra");
  await page.goto(new URL("/settings/profile", page.url()).href);
  await page.getByLabel("Language").selectOption("id");
  await expect(page.getByRole("heading", { name: "Profil" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
});
