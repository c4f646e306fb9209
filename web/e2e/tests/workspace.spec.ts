// What an administrator sets for the whole workspace.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R189, C11
test("an administrator lets the team write longer messages, and open desks know at once", async ({
  sit,
  visit,
  server,
}) => {
  const visitor = await visit();
  await visitor.say("Tell me everything about Gayo");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/everything about Gayo/);
  const long = "Gayo ".repeat(500).trim();
  await citra.reply.fill(long);
  await expect(citra.page.getByText("499 characters too many")).toBeVisible();

  const ayu = await sit("ayu");
  await ayu.page.goto(`${server.url}/settings/workspace`);
  await expect(ayu.page.getByRole("heading", { name: "General" })).toBeFocused();
  const length = ayu.page.getByLabel("Longest message, in characters");
  await expect(length).toHaveValue("2000");
  await expectAccessible(ayu.page, "the settings of the workspace");
  await length.fill("20000");
  await ayu.page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(ayu.page.getByText("limited to 200 to 10,000 characters")).toBeVisible();
  await length.fill("3000");
  await ayu.page.screenshot({ path: "screenshots/workspace.png" });
  await ayu.page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(ayu.page.getByText("Saved", { exact: true })).toBeVisible();

  await expect(citra.page.getByText("499 characters too many")).toHaveCount(0);
  await citra.reply.press("Enter");
  await expect(visitor.message("Gayo Gayo Gayo")).toBeVisible();

  await citra.page.goto(`${server.url}/settings/workspace`);
  await expect(citra.page.getByRole("link", { name: "General" })).toHaveCount(0);
});
