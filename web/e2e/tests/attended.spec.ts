// The widget says whether somebody is there, as it changes, and names nobody who has not the visitor's chat.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /account menu/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(name) }).click();
}

for (const colorScheme of ["light", "dark"] as const) {
  // C41
  test(`a visitor sees who is there without asking again, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const visitor = await visit({ colorScheme });
    const { frame } = visitor;
    await expect(frame.getByText("Nobody is here now. We answer later.")).toBeVisible();
    await expectAccessible(frame, "a chat where nobody is there");
    await visitor.page.screenshot({ path: `screenshots/attended-nobody-${colorScheme}-1440.png` });
    await visitor.say("Good evening");
    await expect(frame.getByRole("img", { name: "Sent" })).toBeVisible();

    const dimas = await sit("dimas");
    await expect(frame.getByText("We are here now")).toBeVisible();
    await expect(frame.getByText("Dimas")).toHaveCount(0);
    await expectAccessible(frame, "a chat where somebody is there");
    await visitor.page.screenshot({ path: `screenshots/attended-${colorScheme}-1440.png` });
    await dimas.show("queue");
    await dimas.open(/Good evening/);
    await dimas.say("Good evening!");
    await expect(frame.getByText("Dimas Putra looks after your chat")).toBeVisible();

    await choose(dimas.page, "Lunch");
    await expect(frame.getByText("Nobody is here now. We answer later.")).toBeVisible();
    await visitor.page.setViewportSize({ width: 390, height: 844 });
    await visitor.page.screenshot({ path: `screenshots/attended-away-${colorScheme}-390.png` });
    await choose(dimas.page, "Online");
    await expect(frame.getByText("Dimas Putra looks after your chat")).toBeVisible();
    await dimas.page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(frame.getByText("This conversation was closed")).toBeVisible();
    await expect(frame.getByText("We are here now")).toBeVisible();
    await expect(frame.getByText("Dimas Putra looks after your chat")).toHaveCount(0);
    await expect(frame.locator("header .face")).not.toHaveText("D");
  });
}

// R194
test("an answer counts as read once it was on the visitor's screen", async ({ sit, visit }) => {
  const visitor = await visit();
  for (let number = 1; number <= 8; number++)
    await visitor.say(`Question ${number}? ${"Please tell me all about it. ".repeat(6)}`);
  await expect(visitor.message("Question 8?").getByRole("img", { name: "Sent" })).toBeVisible();
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Question 8/);
  const log = visitor.frame.locator(".log");
  await expect(async () => {
    await log.evaluate((box) => (box.scrollTop = 0));
    await log.evaluate((box) => new Promise((done) => requestAnimationFrame(() => done(box))));
    expect(await log.evaluate((box) => box.scrollTop)).toBe(0);
  }).toPass();
  await citra.say("Below the fold");
  const answer = citra.message("Below the fold");
  await expect(visitor.frame.getByRole("button", { name: "1 new message" })).toBeVisible();
  await visitor.page.screenshot({ path: "screenshots/below-the-fold-1440.png" });
  await visitor.page.waitForTimeout(1_000);
  await expect(answer.getByRole("img", { name: "Read" })).toHaveCount(0);
  await visitor.frame.getByRole("button", { name: "1 new message" }).click();
  await expect(answer.getByRole("img", { name: "Read" })).toBeVisible();
});
