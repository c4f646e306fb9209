// Answers that leave later: chosen by the writer, or because he may take each one back for some seconds.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

/** As long as it may be, without a place to break it. */
const PRICE = "Rp250.000/kg,Rp1.100.000/5kg,Rp9.900.000";

test("an answer leaves later, can be put off, taken back as a draft, and sent after all", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("When do you open?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/When do you open/);
  const box = page.getByRole("textbox", { name: "Reply" });
  await box.fill("We open at nine");
  await page.getByRole("button", { name: "More ways to send" }).click();
  await page.getByRole("menuitem", { name: "Send later…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Send this to .+ later/ });
  await expectAccessible(page, "the window for sending later");
  await dialog.getByRole("button", { name: /^Tomorrow morning/ }).click();

  const planned = page.getByRole("list", { name: "Messages that are sent later" });
  await expect(planned).toContainText("We open at nine");
  await expect(planned).toContainText(/Leaves .*0?9[:.]00/);
  await expect(box).toHaveValue("");
  await expect(citra.row(/When do you open/)).toHaveAccessibleName(/A message is sent later/);
  await expectAccessible(page, "a thread with a message that is sent later");
  await page.screenshot({ path: "screenshots/scheduled.png" });

  // It is on the server: another page shows it.
  await page.reload();
  await expect(planned).toContainText("We open at nine");
  await planned.getByRole("button", { name: "Another time…" }).click();
  await dialog.getByRole("button", { name: /^In three hours/ }).click();
  await expect(planned).not.toContainText(/0?9[:.]00/);
  await planned.getByRole("button", { name: "Undo" }).click();
  await expect(planned).toHaveCount(0);
  await expect(box).toHaveValue("We open at nine");
  await expect(box).toBeFocused();

  await page.getByRole("button", { name: "More ways to send" }).click();
  await page.getByRole("menuitem", { name: "Send later…" }).click();
  await dialog.getByRole("button", { name: /^In one hour/ }).click();
  await expect(visitor.frame.getByText("We open at nine")).toHaveCount(0);
  await planned.getByRole("button", { name: "Send now" }).click();
  await expect(visitor.frame.getByText("We open at nine")).toBeVisible();
  await expect(planned).toHaveCount(0);
  await expect(citra.thread.getByText("We open at nine")).toHaveCount(1);
});

test("with time to take back, an answer waits some seconds and its undo brings the words back", async ({
  server,
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Is it ready?");
  const citra = await sit("citra", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  const { page } = citra;
  await page.goto(server.url + "/settings/notifications");
  await page.getByLabel("How long an answer waits before it leaves").selectOption("5 seconds");
  await page.goto(server.url + "/chats/queue");
  await citra.open(/Is it ready/);
  const box = page.getByRole("textbox", { name: "Reply" });
  await citra.say("Yes, come byy");
  const planned = page.getByRole("list", { name: "Messages that are sent later" });
  await expect(planned.getByRole("timer")).toHaveText(/Leaves in [1-5] seconds?/);
  await page.screenshot({ path: "screenshots/undo-send-dark-390.png" });
  await planned.getByRole("button", { name: "Undo" }).click();
  await expect(box).toHaveValue("Yes, come byy");
  await box.fill("Yes, come by");
  await page.keyboard.press("Enter");
  await expect(visitor.frame.getByText("Yes, come by")).toBeVisible({ timeout: 15_000 });
  await expect(visitor.frame.getByText("byy")).toHaveCount(0);
  await expect(planned).toHaveCount(0);
});

test("a card leaves later too, and comes back with its undo", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Where do I order?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Where do I order/);
  await page.getByRole("button", { name: "Add a card" }).click();
  const window = page.getByRole("dialog", { name: "Card" });
  await window.getByRole("textbox", { name: "Link" }).fill("kopi.example/order");
  await window.getByRole("textbox", { name: "Title" }).fill("Kopi Gayo, freshly roasted");
  await window.getByRole("textbox", { name: "Price" }).fill(PRICE);
  await window.getByRole("button", { name: "Add to the message" }).click();
  await page.getByRole("button", { name: "More ways to send" }).click();
  await page.getByRole("menuitem", { name: "Send later…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Send this to .+ later/ });
  await dialog.getByRole("button", { name: /^In one hour/ }).click();

  const planned = page.getByRole("list", { name: "Messages that are sent later" });
  await expect(planned).toContainText("Kopi Gayo, freshly roasted");
  await expect(planned).toContainText(PRICE);
  const card = page.getByRole("group", { name: "Card" });
  await expect(card).toHaveCount(0);
  await expectAccessible(page, "a card that is sent later");
  await page.screenshot({ path: "screenshots/scheduled-card.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  const over = () => planned.evaluate((list) => list.scrollWidth - list.clientWidth);
  await expect.poll(over, "a long price wraps").toBeLessThanOrEqual(0);
  await page.screenshot({ path: "screenshots/scheduled-card-390.png" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await planned.getByRole("button", { name: "Undo" }).click();
  await expect(card).toContainText("Kopi Gayo, freshly roasted");
  await expect(planned).toHaveCount(0);
  await page.getByRole("button", { name: "More ways to send" }).click();
  await page.getByRole("menuitem", { name: "Send later…" }).click();
  await dialog.getByRole("button", { name: /^In one hour/ }).click();
  await planned.getByRole("button", { name: "Send now" }).click();
  await expect(visitor.message("Kopi Gayo, freshly roasted")).toBeVisible();
});

test("what is refused at its time says why in the thread, and is a draft again", async ({
  server,
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Are you there?");
  const [citra, bima] = [await sit("citra"), await sit("bima")];
  const { page } = citra;
  await page.goto(server.url + "/settings/notifications");
  await page.getByLabel("How long an answer waits before it leaves").selectOption("10 seconds");
  await page.goto(server.url + "/chats/queue");
  await citra.open(/Are you there/);
  await citra.say("Yes, of course");
  await expect(page.getByRole("timer")).toHaveText(/Leaves in \d+ seconds/);
  const status = await bima.page.evaluate(async (path) => {
    const id = path.split("/").at(-1);
    const [method, headers] = ["PUT", { "content-type": "application/json" }];
    const body = JSON.stringify({ reason: "spam" });
    const answer = await fetch(`/api/v1/conversations/${id}/block`, { method, headers, body });
    return answer.status;
  }, new URL(page.url()).pathname);
  expect(status).toBe(200);

  // The notice stays for some seconds only.
  await page.getByRole("button", { name: "Drafts" }).click({ timeout: 20_000 });
  const drafts = page.getByRole("list", { name: "My drafts, the newest first" });
  await expect(drafts.getByRole("listitem")).toContainText("Yes, of course");
  await page.goBack();
  const line = citra.thread.getByText(
    /^Your scheduled message was not sent.*the customer is blocked/,
  );
  await expect(line).toBeVisible();
  await expectAccessible(page, "a thread with a message that was not sent");
  await page.screenshot({ path: "screenshots/not-sent.png" });
  await bima.show("queue");
  await bima.open(/Are you there/);
  await expect(bima.thread.getByText(/message of Citra Dewi was not sent/)).toBeVisible();
});
