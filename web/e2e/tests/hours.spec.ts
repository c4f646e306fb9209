// Opening hours: set at the desk, said by the widget in the visitor's words; who writes is heard all the same.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

test("outside the hours the widget says when somebody answers, and takes the message", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const ayu = await sit("ayu", { timezoneId: "Asia/Jakarta" });
  const { page } = ayu;
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await page.getByRole("switch", { name: "Say when somebody answers" }).click();
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Jakarta");
  await page.getByRole("button", { name: "Add hours on Saturday" }).click();
  await page.getByLabel("Saturday, until").fill("08:00");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByRole("alert")).toContainText("Each span ends after it begins");
  await page.getByRole("button", { name: "Remove these hours of Saturday" }).click();
  // Today, and not yet tomorrow, wherever the two of them are.
  for (const day of [0, 1]) {
    const date = new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel("A day on which nobody answers").fill(date);
    await page.getByRole("button", { name: "Add day" }).click();
  }
  // A tooltip under the mouse is no part of the page.
  await page.mouse.move(0, 0);
  await expect(page.locator(".tooltip")).toHaveCount(0);
  await expectAccessible(page, "the settings of opening hours");
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Monday, from")).toHaveValue("09:00");

  // An hour east of the inbox: nine there is ten here.
  const visitor = await visit({ timezoneId: "Asia/Makassar" });
  const { frame } = visitor;
  await expect(frame.getByText("Closed at the moment")).toBeVisible();
  await expect(frame.getByRole("status").getByText(/^We answer again \w+ at 10:00/)).toBeVisible();
  await expectAccessible(frame, "a closed chat desk");
  await visitor.say("Are you there?");
  await expect(frame.getByRole("img", { name: "Sent" })).toBeVisible();
  await page.goto(`${server.url}/chats/queue`);
  await expect(ayu.row(/Are you there/)).toBeVisible();
});
