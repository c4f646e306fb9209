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
  });
}
