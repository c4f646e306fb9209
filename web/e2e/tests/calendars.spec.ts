// Calendars: hours and holidays under a name, followed by an inbox, changed for it at once, and kept while it follows.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const dialog = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const row = (page: Page, name: string) =>
  page.getByRole("main").getByRole("listitem").filter({ hasText: name });

for (const colorScheme of ["light", "dark"] as const) {
  test(`an inbox follows a calendar, and its widget says so, in ${colorScheme}`, async ({
    sit,
    visit,
    server,
  }) => {
    test.slow();
    const { page } = await sit("ayu", { colorScheme, timezoneId: "Asia/Jakarta" });
    const shot = (name: string) =>
      page.screenshot({ path: `screenshots/calendars-${name}-${colorScheme}.png` });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Opening hours", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Opening hours", level: 1 })).toBeVisible();
    await expect(page.getByText("None yet. Each inbox has hours of its own.")).toBeVisible();
    await expectAccessible(page, "the page of calendars");

    await page.getByRole("button", { name: "New calendar" }).press("Enter");
    const making = dialog(page, "New calendar");
    await expect(making.getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type("Office");
    await expect(making.getByLabel("Time zone")).toHaveValue("Asia/Jakarta");
    // Today and tomorrow, wherever the two of them are.
    const days = [0, 1].map((day) =>
      new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10),
    );
    for (const day of days) {
      await making.getByLabel("A day on which nobody answers").fill(day);
      await making.getByLabel("Why, for example a holiday").fill("Idul Fitri");
      if (day === days[1]) await making.getByLabel("Each year on this day").check();
      await making.getByRole("button", { name: "Add day" }).click();
    }
    await expect(making.getByRole("listitem").filter({ hasText: "Idul Fitri" })).toHaveCount(2);
    await expect(making.getByRole("listitem").filter({ hasText: ", each year" })).toHaveCount(1);
    await page.mouse.move(0, 0);
    await expect(page.getByRole("tooltip")).toHaveCount(0);
    await expectAccessible(page, "making a calendar");
    await shot("making-1440");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "making a calendar on a phone");
    await shot("making-390");
    await page.setViewportSize({ width: 1440, height: 900 });
    await making.getByRole("button", { name: "Save", exact: true }).click();
    await expect(row(page, "Office")).toContainText("Mon–Fri");
    await expect(row(page, "Office")).toContainText("2 closed days");
    await expect(row(page, "Office")).toContainText("No inbox follows it.");

    await page.getByRole("link", { name: "Inboxes", exact: true }).click();
    await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
    await page.getByRole("switch", { name: "Say when somebody answers" }).click();
    await page.getByLabel("Hours of", { exact: true }).selectOption("Office");
    await expect(page.getByText("Mon–Fri")).toBeVisible();
    await expect(page.getByLabel("Monday, from")).toHaveCount(0);
    await expectAccessible(page, "an inbox that follows a calendar");
    await page.getByText("Mon–Fri").scrollIntoViewIfNeeded();
    await shot("inbox-1440");
    await page.getByRole("button", { name: "Save", exact: true }).last().click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();

    const { frame } = await visit({ timezoneId: "Asia/Jakarta" });
    await expect(frame.getByText("Closed at the moment")).toBeVisible();

    await page.getByRole("link", { name: "Opening hours", exact: true }).click();
    await expect(row(page, "Office")).toContainText("Followed by: Kopi Senja shop");
    await shot("1440");
    await page.getByRole("button", { name: "Remove Office" }).click();
    await expect(dialog(page, "Remove the calendar Office?")).toContainText("Kopi Senja shop");
    await expectAccessible(page, "asking before a calendar goes");
    await dialog(page, /Remove the calendar/)
      .getByRole("button", { name: "Remove" })
      .click();
    await expect(page.getByRole("region", { name: "Notices" })).toContainText(
      "It cannot go while inboxes follow it: Kopi Senja shop.",
    );

    // Open every day and all day from now on: the widget's next look says so.
    await page.getByRole("button", { name: "Edit Office" }).click();
    const editing = dialog(page, "Edit calendar");
    await expect(editing).toContainText("holds at once in the inbox that follows it");
    await editing.getByRole("button", { name: /^Remove .*each year/ }).click();
    await expect(editing.getByRole("listitem").filter({ hasText: "Idul Fitri" })).toHaveCount(1);
    await editing.getByRole("button", { name: "Save", exact: true }).click();
    await expect(row(page, "Office")).toContainText("1 closed day");
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page, "the page of calendars on a phone");
    await shot("390");
    await page.goto(`${server.url}/settings/inboxes`);
    await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
    await expect(page.getByText("1 closed day")).toBeVisible();
  });
}
