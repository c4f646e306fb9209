// Giving a chat to a colleague: with words for them, and the truth for whoever gave it.

import type { Locator } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R018, R019, R046, R101, R134, R294
test("a chat is handed over with a comment, by keyboard", async ({ sit }) => {
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  const draft = "What I wanted to say";
  await citra.reply.fill(draft);
  await citra.reply.blur();
  await page.keyboard.press("a");
  await expect(page.getByRole("combobox", { name: "Assign to…" })).toBeFocused();
  await page.keyboard.type("dimas");
  await expectAccessible(page, "handing over");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Comment for them (optional)")).toBeFocused();
  await page.keyboard.type("Knows the roastery");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /Dimas Putra has this chat now/ })).toBeVisible();
  await expect(page.getByText(draft)).toBeVisible();

  await dimas.open(/Hannah Kim/);
  await expect(dimas.thread.getByText("Citra Dewi assigned this to you")).toBeVisible();
  await expect(dimas.thread.getByText("Knows the roastery")).toBeVisible();
  // It looks like neither a message nor another line: a mark of its own in the color of the team.
  const line = dimas.thread.locator("[data-piece].assigned").last();
  const mark = (of: Locator) =>
    of.locator(".chip").evaluate((chip) => getComputedStyle(chip).backgroundColor);
  await expect(line).toContainText("assigned this to you");
  expect(await mark(line)).not.toBe(await mark(dimas.thread.locator("[data-piece].opened").last()));
});

test("a double click on Close closes one chat", async ({ sit }) => {
  const citra = await sit("citra");
  const rows = citra.page.getByRole("list", { name: "Chats" }).getByRole("link");
  await citra.open(/Hannah Kim/);
  const before = await rows.count();
  expect(before).toBeGreaterThan(2);
  await citra.page.getByRole("button", { name: "Close", exact: true }).dblclick();
  await expect(citra.row(/Hannah Kim/)).toHaveCount(0);
  await expect(rows).toHaveCount(before - 1);
  await citra.show("closed");
  await expect(citra.row(/Hannah Kim/)).toBeVisible();
  await citra.show("mine");
  await expect(rows).toHaveCount(before - 1);
});
