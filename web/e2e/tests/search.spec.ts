// Finding again: people and words everywhere, and one word after the other in a long chat.

import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const box = (desk: Desk) => desk.page.getByRole("textbox", { name: "Search everywhere" });
const results = (desk: Desk) => desk.page.getByRole("search").getByRole("link");

/** What was just written is indexed a moment later. */
async function search(desk: Desk, words: string, found: RegExp): Promise<void> {
  await expect(async () => {
    await box(desk).fill("");
    await box(desk).fill(words);
    await expect(results(desk).filter({ hasText: found }).first()).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 20_000 });
}

// R246
test("a name and a word with accents are found from everywhere, by keyboard", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Avez-vous un café décaféiné de Java?");
  const citra = await sit("citra");
  const { page } = citra;
  await page.keyboard.press("/");
  await expect(box(citra)).toBeFocused();
  await expectAccessible(page, "an empty search");
  await search(citra, "hannah", /Hannah Kim/);
  await expect(citra.row(/Hannah Kim/)).toBeHidden();
  await search(citra, "CAFE decafeine", /décaféiné/);
  await expect(page.getByRole("search").locator("mark").first()).toHaveText(/café/i);
  await expectAccessible(page, "what was found");
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, "what was found, in the dark");
  await box(citra).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(citra.message("décaféiné")).toBeFocused();
  await expect(citra.message("décaféiné")).toBeInViewport();
  await box(citra).fill("zzyzx");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await box(citra).press("Escape");
  await expect(box(citra)).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
});

// C21
test("nobody finds the chat of a colleague, and a removed word is found no more", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("The code word is marmalade");
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  await citra.show("queue");
  await citra.open(/marmalade/);
  await citra.say("Noted, thank you");
  await citra.page.keyboard.press("Escape");
  await citra.page.keyboard.press("/");
  await search(citra, "marmalade", /marmalade/);
  await dimas.page.keyboard.press("/");
  await box(dimas).fill("marmalade");
  await expect(dimas.page.getByText("Nothing found")).toBeVisible();

  const own = visitor.message("marmalade");
  await own.getByRole("button", { name: "More" }).click();
  await own.getByRole("button", { name: "Delete" }).click();
  await visitor.frame.getByRole("button", { name: "Delete" }).click();
  await expect(visitor.frame.getByText("Removed message")).toBeVisible();
  await expect(async () => {
    await box(citra).fill("");
    await box(citra).fill("marmalade");
    await expect(citra.page.getByText("Nothing found")).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 20_000 });
});

// R025, R247, C21
test("a word is walked through in one chat, also where it is far above", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("First Sidikalang of all");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Sidikalang/);
  for (let number = 1; number <= 60; number++) await citra.say(`line ${number}`);
  await citra.say("Second SIDIKALANG of all");
  await expect(citra.message("Second").getByRole("img", { name: /Sent|Read/ })).toBeVisible();
  await page.reload();
  await expect(citra.message("Second")).toBeVisible();
  await citra.thread.focus();
  await page.keyboard.press("ControlOrMeta+f");
  const find = page.getByRole("textbox", { name: "Find in this chat" });
  await expect(find).toBeFocused();
  await expect(async () => {
    await find.fill("");
    await find.fill("sidikalang");
    await expect(page.getByText("1 of 2")).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 20_000 });
  await expect(citra.message("Second")).toBeInViewport();
  await expectAccessible(page, "searching one chat");
  await find.press("Enter");
  await expect(page.getByText("2 of 2")).toBeVisible();
  await expect(citra.message("First Sidikalang")).toBeInViewport();
  await expect(find).toBeFocused();
  await find.press("Shift+Enter");
  await expect(page.getByText("1 of 2")).toBeVisible();
  await find.press("Escape");
  await expect(find).toHaveCount(0);
  await expect(citra.thread).toBeFocused();
});

test("searching works on a phone", async ({ sit }) => {
  const citra = await sit("citra", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await citra.page.getByRole("button", { name: "Search everywhere" }).tap();
  await search(citra, "hannah", /Hannah Kim/);
  await expectAccessible(citra.page, "searching on a phone");
  await results(citra).filter({ hasText: "Hannah Kim" }).first().tap();
  await expect(citra.thread).toBeVisible();
});

test("a filter that says nothing is explained, and one that is finished is not", async ({
  sit,
}) => {
  const citra = await sit("citra");
  const { page } = citra;
  await page.keyboard.press("/");
  await box(citra).fill("before:2020-13-99 from: beans");
  const wants = page.getByRole("search").getByRole("status");
  await expect(
    wants.filter({ hasText: /before: needs a day, such as before:\d{4}/ }),
  ).toBeVisible();
  await expect(wants.filter({ hasText: "from: needs a name, or me" })).toBeVisible();
  await expectAccessible(page, "a search with filters that say nothing");
  await page.screenshot({ path: "screenshots/search-wants-1440.png" });
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, "a search with filters that say nothing, in the dark");
  await page.screenshot({ path: "screenshots/search-wants-1440-dark.png" });
  await box(citra).fill("before:2026-11-30 from:me");
  await expect(page.getByText(/needs a/)).toHaveCount(0);
});

// C21
test("signs that are no words are nothing to search for, and no failure", async ({ sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await page.keyboard.press("/");
  for (const signs of ['"', "*", "%"]) {
    const answer = page.waitForResponse(/\/search/);
    await box(citra).fill(signs);
    await answer;
    await expect(page.getByText("The search failed")).toHaveCount(0);
    await expect(page.getByRole("search").getByText("Search everywhere")).toBeVisible();
  }
  await search(citra, "hannah", /Hannah Kim/);
});
