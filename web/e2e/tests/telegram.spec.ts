// A Telegram inbox from its settings to its ticks, with a Telegram of our own on the other side.

import { expectAccessible } from "../support/axe";
import { Desk } from "../support/desk";
import { Server } from "../support/server";
import { BOT_TOKEN, Telegram } from "../support/telegram";
import { expect, test } from "../support/test";

const PICTURES = "screenshots";

// R121, R223, R291, R299
test("a bot is connected, its customers write, and the answers reach them", async ({ browse }) => {
  test.slow();
  const telegram = await Telegram.start();
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  try {
    const desk = new Desk(await browse(), server.url);
    const { page } = desk;
    await desk.signIn("ayu", server.password);
    await page.goto(`${server.url}/settings/inboxes/new`);
    await page.getByText("Telegram", { exact: true }).click();
    await expectAccessible(page, "a new Telegram inbox");
    await page.getByLabel("Name").fill("Shop bot");
    await page.getByRole("button", { name: "Create inbox" }).click();

    // What is wrong is said before anything is kept.
    await expect(page.getByRole("heading", { name: "Telegram bot" })).toBeVisible();
    await page.getByText("Webhook", { exact: true }).click();
    await expect(page.getByText("no public https address")).toBeVisible();
    await page.getByText("Polling", { exact: true }).click();
    await page.getByLabel("Bot API server").fill(telegram.url);
    await page.getByLabel("Bot token").fill("7001:wrong");
    await page.getByRole("button", { name: "Connect bot" }).click();
    await expect(page.getByText("This token is not accepted.")).toBeVisible();
    await expectAccessible(page, "connecting a bot");
    await page.screenshot({ path: `${PICTURES}/telegram-connect.png`, fullPage: true });
    await page.getByLabel("Bot token").fill(BOT_TOKEN);
    await page.getByRole("button", { name: "Connect bot" }).click();
    await expect(page.getByText("@kopi_bot")).toBeVisible();
    await expect(page.getByText(/^Set on /)).toBeVisible();
    await expect(page.getByText(BOT_TOKEN)).toHaveCount(0);
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("Everything is well")).toBeVisible();
    await expectAccessible(page, "a connected bot");

    const first = telegram.tell({
      text: "Halo, is the Gayo back?",
      entities: [{ type: "bold", offset: 13, length: 4 }],
    });
    await page.goto(`${server.url}/chats/queue`);
    await expect(desk.row(/Budi Santoso/)).toContainText("Telegram");
    await desk.open(/Budi Santoso/);
    const asked = desk.message("is the Gayo back?");
    await expect(asked.locator("strong", { hasText: "Gayo" })).toBeVisible();
    await expect(asked.getByRole("img", { name: "Telegram" })).toBeVisible();
    await desk.say("Yes, *since* this morning.");
    await expect.poll(() => telegram.said("sendMessage").length).toBe(1);
    expect(telegram.said("sendMessage")[0]).toMatchObject({
      chat_id: "42",
      text: "Yes, since this morning.",
      entities: [{ type: "bold", offset: 5, length: 5 }],
    });
    const answer = desk.message("this morning");
    await expect(answer.getByRole("img", { name: "Sent", exact: true })).toBeVisible();

    // He corrects himself, sends a picture, and something that only his app shows.
    telegram.tell({ text: "Halo, is the Toraja back?", edit_date: 1 }, first, "edited_message");
    await expect(desk.message("is the Toraja back?")).toBeVisible();
    telegram.tell({ photo: [{ file_id: "p", width: 1, height: 1 }], caption: "Like this one" });
    await expect(
      desk.message("Like this one").getByRole("img", { name: "photo.jpg" }),
    ).toBeVisible();
    telegram.tell({ story: { id: 7 } });
    await expect(desk.thread.getByText("cannot be shown here (story)")).toBeVisible();

    // Telegram asks for patience, and then he has had enough.
    telegram.refuse({
      error_code: 429,
      description: "Too Many Requests",
      parameters: { retry_after: 2 },
    });
    await desk.say("Shall I keep one for you?");
    await expect.poll(() => telegram.said("sendMessage").length).toBe(3);
    const kept = desk.message("Shall I keep one");
    await expect(kept.getByRole("img", { name: "Sent", exact: true })).toBeVisible();
    telegram.refuse({ error_code: 403, description: "Forbidden: bot was blocked by the user" });
    await desk.say("Are you there?");
    const lost = desk.message("Are you there?");
    await expect(lost).toContainText("the customer has blocked this account");
    await expectAccessible(page, "a Telegram chat");
    await page.screenshot({ path: `${PICTURES}/telegram-chat.png` });
    // Whether it arrived nobody knows: a person decides, and nothing goes by itself.
    telegram.tell({ text: "Sorry, yes" });
    await expect(desk.message("Sorry, yes")).toBeVisible();
    telegram.mumble();
    await desk.say("Then see you at noon.");
    const perhaps = desk.message("see you at noon");
    await expect(perhaps).toContainText("Perhaps sent: it is not known whether it arrived");
    await expectAccessible(page, "a message that may have arrived");
    await page.screenshot({ path: `${PICTURES}/telegram-uncertain.png` });
    const before = telegram.said("sendMessage").length;
    await perhaps.getByRole("button", { name: "Try again" }).click();
    await expect(perhaps.getByRole("img", { name: "Sent", exact: true })).toBeVisible();
    expect(telegram.said("sendMessage").length).toBe(before + 1);

    // He wrote again: he can be reached again.
    await lost.getByRole("button", { name: "Try again" }).click();
    await expect(lost.getByRole("img", { name: "Sent", exact: true })).toBeVisible();
  } finally {
    await server.stop();
    await telegram.stop();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`the bot's settings in ${colorScheme} at ${width}`, async ({ browse }) => {
      const telegram = await Telegram.start();
      const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
      try {
        const page = await browse({ viewport: { width, height: 900 }, colorScheme });
        const desk = new Desk(page, server.url);
        await desk.signIn("ayu", server.password);
        await page.goto(`${server.url}/settings/inboxes/new`);
        await page.getByText("Telegram", { exact: true }).click();
        await page.getByLabel("Name").fill("Shop bot");
        await page.getByRole("button", { name: "Create inbox" }).click();
        await page.getByText("Polling", { exact: true }).click();
        await page.getByLabel("Bot API server").fill(telegram.url);
        await page.getByLabel("Bot token").fill(BOT_TOKEN);
        await page.screenshot({ path: `${PICTURES}/telegram-new-${colorScheme}-${width}.png` });
        await page.getByRole("button", { name: "Connect bot" }).click();
        await expect(page.getByText("@kopi_bot")).toBeVisible();
        await page.getByRole("button", { name: "Check" }).click();
        await expect(page.getByText("Everything is well")).toBeVisible();
        await expectAccessible(page, "a connected bot");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
        await page.screenshot({ path: `${PICTURES}/telegram-bot-${colorScheme}-${width}.png` });
      } finally {
        await server.stop();
        await telegram.stop();
      }
    });
  }
}
