// How long customers may wait: set in the settings, seen in the lists, told to who is to hear of it.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// C12, R149
test("a limit that an administrator sets colours who waits, and the agents hear of it", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const admin = await sit("ayu", { viewport: { width: 1280, height: 800 } });
  await admin.page.goto(`${server.url}/settings/time-limits`);
  await expect(admin.page.getByText("No limit is set").first()).toBeVisible();
  await admin.page.getByRole("switch", { name: "Limit how long customers wait" }).click();
  await admin.page.getByLabel("Warn after", { exact: true }).fill("10");
  await admin.page.getByLabel("Unit of: Warn after").selectOption("seconds");
  await admin.page.getByLabel("Answer within", { exact: true }).fill("10");
  await admin.page.getByLabel("Unit of: Answer within").selectOption("seconds");
  await admin.page.getByRole("switch", { name: "Count opening hours only" }).click();
  await admin.page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.page.getByRole("alert")).toContainText("multiples of 10 seconds");
  await admin.page.getByLabel("Answer within", { exact: true }).fill("20");
  await admin.page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(admin.page.getByText("Yellow after 10 s, red after 20 s").first()).toBeVisible();
  await expectAccessible(admin.page, "time limits");
  await admin.page.screenshot({ path: "screenshots/time-limits-light-1280.png" });

  await admin.page
    .getByRole("button", { name: /^Change/ })
    .first()
    .click();
  const dialog = admin.page.getByRole("dialog");
  await dialog.getByText("Its own", { exact: true }).click();
  await expect(dialog.getByLabel("Answer within", { exact: true })).toHaveValue("20");
  await expectAccessible(admin.page, "the limit of an inbox");
  await admin.page.screenshot({ path: "screenshots/time-limit-inbox-light-1280.png" });
  await dialog.getByRole("button", { name: "Cancel" }).click();

  const citra = await sit("citra", { viewport: { width: 1440, height: 900 } });
  const visitor = await visit();
  await visitor.say("How long shall I wait?");
  await citra.show("queue");
  await expect(citra.page.getByText(/has been waiting for/)).toBeVisible({ timeout: 20_000 });
  await expect(citra.page.getByText(/has been waiting too long/)).toBeVisible({ timeout: 20_000 });
  await expect(citra.row(/How long shall I wait/)).toContainText("too long", { timeout: 15_000 });
  await citra.open(/How long shall I wait/);
  await expectAccessible(citra.page, "somebody who waits too long");
  await citra.page.screenshot({ path: "screenshots/waits-too-long-light-1440.png" });
  await citra.page.emulateMedia({ colorScheme: "dark" });
  await citra.page.screenshot({ path: "screenshots/waits-too-long-dark-1440.png" });
  await citra.reply.fill("Not any longer");
  await citra.reply.press("Enter");
  await expect(citra.row(/Not any longer/)).not.toContainText("too long");
});
