// What is new and from when: unread counts, the line where reading stopped, days between messages, a failed one.

import { expect, test } from "../support/test";

// R120, R209, R210
test("what nobody has read is counted, and the thread opens at the line above it", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("First of two");
  await visitor.say("Second of two");
  await expect(visitor.message("Second of two").getByRole("img", { name: "Sent" })).toBeVisible();
  const citra = await sit("citra");
  await citra.show("queue");
  const row = citra.row(/Second of two/);
  await expect(row).toHaveAccessibleName(/New.*2 unread messages/);
  await row.click();
  await expect(citra.thread.getByText("2 new messages")).toBeVisible();
  await expect(row).not.toHaveAccessibleName(/unread/);
  // The line stays where it was while the person reads on.
  await visitor.say("And a third");
  await expect(citra.message("And a third")).toBeVisible();
  await expect(citra.thread.getByText("2 new messages")).toBeVisible();
  await expect(citra.row(/And a third/)).not.toHaveAccessibleName(/unread/);
});

// R040, R041, R042
test("days stand between messages: a date, yesterday, today", async ({ server, sit }) => {
  const ayu = await sit("ayu");
  await ayu.show("closed");
  await ayu.open(/Anna Kowalska/);
  await expect(ayu.thread.getByText("Yesterday", { exact: true })).toBeVisible();
  await ayu.page.goto(`${server.url}/chats/all`);
  await ayu.open(/Sarah Whitfield/);
  await expect(ayu.thread.getByText("Today", { exact: true })).toHaveCount(1);
});

// R195, R196, R295, C16
test("a message that the server refuses shows a red cross, says why, keeps its text, and can be tried again", async ({
  sit,
}) => {
  const citra = await sit("citra");
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  const refuse = "**/api/v1/conversations/*/messages";
  await page.route(refuse, (route) =>
    route.fulfill({
      status: 422,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "", title: "", status: 422, code: "id_reused", params: {} }),
    }),
  );
  await citra.say("Two bags, whole bean");
  const failed = citra.message("Two bags, whole bean");
  await expect(failed.getByRole("img", { name: "Not sent" })).toBeVisible();
  await expect(failed).toContainText("sent before with other words");
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(failed.getByRole("img", { name: "Not sent" })).toBeVisible();

  await failed.getByRole("button", { name: "Edit" }).click();
  await expect(citra.reply).toHaveValue("Two bags, whole bean");
  await expect(failed).toHaveCount(0);
  await citra.reply.press("Enter");
  await expect(failed.getByRole("img", { name: "Not sent" })).toBeVisible();

  await page.unroute(refuse);
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(failed.getByRole("img", { name: /^(Sent|Read)$/ })).toBeVisible();
  await expect(citra.thread.getByText("Two bags, whole bean")).toHaveCount(1);
  await expect(failed.getByRole("button", { name: "Try again" })).toHaveCount(0);
});

// R120, R206
test("of a chat that was not loaded only what is new is unread", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Do you ship to Medan?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Do you ship to Medan/);
  await citra.say("Yes");
  await expect(visitor.message("Yes")).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).first().click();
  await expect(page.getByText(/^Closed the chat with/)).toBeVisible();
  await citra.show("mine");
  await page.reload();
  await expect(page.getByRole("list", { name: "Chats" })).toBeVisible();
  await visitor.say("And to Padang?");
  await expect(citra.row(/And to Padang/)).toHaveAccessibleName(/ 1 unread message/);
});
