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

test("Enter opens the row that the arrows led to, and replies on the one that is open", async ({
  sit,
}) => {
  const { page, reply } = await sit("citra");
  const rows = page.getByRole("list", { name: "Chats" }).getByRole("link");
  await rows.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(rows.nth(1)).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("Enter");
  await expect(reply).toBeFocused();
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
  // The page is drawn anew in the other language, and what was opened meanwhile goes with it.
  await expect(async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    const first = page.getByRole("dialog").getByRole("option").first();
    await expect(first).toBeVisible({ timeout: 3_000 });
  }).toPass();
});

test("n leads to whoever waits longest, and the reply box is one key away", async ({ sit }) => {
  const citra = await sit("citra");
  await citra.show("queue");
  const last = citra.page.getByRole("list", { name: "Chats" }).getByRole("link").last();
  const oldest = (await last.innerText()).split("\n")[0]!;
  await citra.page.keyboard.press("n");
  // It is his with the first answer, unless the inbox says otherwise.
  await expect(citra.page).toHaveURL(/\/chats\/queue\/cnv_/);
  await expect(citra.page.getByRole("heading", { name: oldest }).first()).toBeVisible();
  await citra.page.keyboard.press("r");
  await expect(citra.reply).toBeFocused();
  await citra.page.keyboard.type("Here I am");
  await citra.page.keyboard.press("Enter");
  await expect(citra.page).toHaveURL(/\/chats\/mine\/cnv_/);
});

test("? shows the keys; Escape closes and gives the focus back", async ({ sit }) => {
  const { page } = await sit("citra");
  const row = page.getByRole("list", { name: "Chats" }).getByRole("link").first();
  await row.focus();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Take the next chat")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(row).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(row).toBeFocused();
});

// R024
test("after closing a chat the focus is on the chat that took its place", async ({ sit }) => {
  const { page, reply } = await sit("citra");
  await page.getByRole("list", { name: "Chats" }).getByRole("link").first().click();
  await expect(reply).toBeVisible();
  const first = page.url();
  await page.locator("header").getByRole("button", { name: "Close", exact: true }).click();
  await expect(page).not.toHaveURL(first);
  await expect(page).toHaveURL(/cnv_/);
  const current = page.getByRole("list", { name: "Chats" }).locator("a[aria-current]");
  await expect(current).toBeFocused();
});

test("every stop of the tab key shows where it is", async ({ sit }) => {
  const { page, reply } = await sit("citra");
  await page.getByRole("list", { name: "Chats" }).getByRole("link").first().click();
  await expect(reply).toBeVisible();
  for (let stop = 0; stop < 30; stop++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const at = document.activeElement!;
      if (at === document.body) return "body";
      // A field shows the focus on the box around it.
      const shown = [at, at.parentElement!, at.closest(".box")].some((one) => {
        if (!one) return false;
        const { outlineStyle, boxShadow } = getComputedStyle(one);
        return outlineStyle !== "none" || boxShadow !== "none";
      });
      const { width, height } = at.getBoundingClientRect();
      return (
        (shown && width > 0 && height > 0) || `${at.tagName} ${at.className} ${at.textContent}`
      );
    });
    if (seen !== "body") expect(seen).toBe(true);
  }
});
