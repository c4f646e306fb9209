// Only a part of the thread: the visitor's words, the team's, or what happened; and the way back to everything.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R044, R134, R253, R254, R255
test("a thread is narrowed to one kind, says what it hides, and comes back", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Do you sell filters?");
  const citra = await sit("citra");
  const { page, thread } = citra;
  await citra.show("queue");
  await citra.open(/sell filters/);
  await citra.say("We do, of paper and of steel");
  await expect(visitor.message("of paper")).toBeVisible();

  const shown = page.getByRole("group", { name: "What is shown" });
  await shown.getByRole("button", { name: "Visitor 1" }).click();
  await expect(thread.getByText("Do you sell filters?")).toBeVisible();
  await expect(thread.getByText("We do, of paper")).toHaveCount(0);
  // The opening with the page on which he wrote; the taking over with our answer.
  await expect(thread.getByText("2 hidden")).toHaveCount(2);
  await thread.focus();
  await expectAccessible(page, "a thread with a filter");
  await visitor.say("Steel, please");
  await expect(thread.getByText("Steel, please")).toBeVisible();

  await expect(shown.getByRole("button", { name: "Visitor 2", pressed: true })).toBeVisible();

  await shown.getByRole("button", { name: "Actions 2" }).click();
  await expect(thread.getByText("Chat opened")).toBeVisible();
  await expect(thread.getByText("You took this")).toBeVisible();
  await expect(thread.getByText("Steel, please")).toHaveCount(0);
  await shown.getByRole("button", { name: "Agent 1" }).click();
  await expect(thread.getByText("We do, of paper")).toBeVisible();
  await shown.getByRole("button", { name: "Agent 1" }).click();
  await expect(thread.getByText("Steel, please")).toBeVisible();

  // With little room the same stands in the menu, and a strip says what is shown.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(shown).toHaveCount(0);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Only colleagues (1)" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Only colleagues (1)" })).toBeVisible();
  await expect(thread.getByText("Steel, please")).toHaveCount(0);
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(thread.getByText("Steel, please")).toBeVisible();
  await expect(thread.getByText(/hidden/)).toHaveCount(0);
});
