// A Facebook page and an account of Instagram from their settings to reactions and windows, with a Graph of our own on the
// other side.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { Desk } from "../support/desk";
import { ACCOUNT_ID, PAGE_ID, PAGE_SECRET, PAGE_TOKEN, Pages } from "../support/meta";
import { Server } from "../support/server";
import { expect, test } from "../support/test";

const PICTURES = "screenshots";
const BUDI = "9001";
const SARI = "9002";

/** Makes an inbox of the channel and fills in its form; answers where Meta pushes to. */
async function begin(page: Page, server: Server, channel: string, name: string): Promise<string> {
  await page.goto(`${server.url}/settings/inboxes/new`);
  await page.getByText(channel, { exact: true }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(page.getByLabel("Access token")).toBeVisible();
  await page.getByLabel("Access token").fill(PAGE_TOKEN);
  await page.getByLabel("App secret", { exact: true }).fill(PAGE_SECRET);
  return `${server.url}/hooks/${page.url().split("/").pop() ?? ""}`;
}

// R121, R179, R196
test("a page is connected, answered through, reacted to, and mended", async ({ browse }) => {
  test.slow();
  const pages = await Pages.start();
  pages.names.set(BUDI, "Budi Santoso");
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  try {
    const desk = new Desk(await browse(), server.url);
    const { page } = desk;
    await desk.signIn("ayu", server.password);
    const callback = await begin(page, server, "Messenger", "Our page");
    await page.getByLabel("Graph API address").fill(pages.url);
    await page.getByLabel("Page ID").fill("99");
    await page.getByRole("button", { name: "Connect page" }).click();
    await expect(page.getByText("The token finds no page with this ID")).toBeVisible();
    await expectAccessible(page, "connecting a page");
    await page.getByLabel("Page ID").fill(PAGE_ID);
    await page.getByRole("button", { name: "Connect page" }).click();
    await expect(page.getByText("Page connected")).toBeVisible();
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("Everything is well")).toBeVisible();
    pages.forget();
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("Meta does not tell this app of everything")).toBeVisible();

    const message = { mid: "m_1", text: "Halo, is the Gayo back?" };
    await pages.push(callback, PAGE_ID, BUDI, { message });
    await page.goto(`${server.url}/chats/queue`);
    await expect(desk.row(/Budi Santoso/)).toContainText("Messenger");
    await desk.open(/Budi Santoso/);
    await desk.say("Yes, since this morning.");
    await expect.poll(() => pages.said.length).toBe(1);
    expect(pages.said[0]).toMatchObject({
      recipient: { id: BUDI },
      message: { text: "Yes, since this morning." },
    });
    expect(pages.seen).toBeGreaterThan(0);
    // He reacts, and we do: by pointer, by keys.
    const reaction = { mid: "m_out1", action: "react", reaction: "love", emoji: "❤" };
    await pages.push(callback, PAGE_ID, BUDI, { reaction });
    const ours = desk.message("since this morning");
    await expect(ours.getByText("Budi Santoso reacted with ❤")).toBeAttached();
    await pages.push(callback, PAGE_ID, BUDI, { read: { watermark: Date.now() + 60_000 } });
    await expect(ours.getByRole("img", { name: "Read", exact: true })).toBeVisible();
    const his = desk.message("is the Gayo back");
    await his.hover();
    await his.getByRole("button", { name: "React", exact: true }).click();
    await expectAccessible(page, "choosing a reaction");
    await page.screenshot({ path: `${PICTURES}/pages-react.png` });
    await page.getByRole("button", { name: "React with 👍" }).click();
    await expect(his.getByText("You reacted with 👍")).toBeAttached();
    await expect.poll(() => pages.said.length).toBe(2);
    expect(pages.said[1]).toMatchObject({
      sender_action: "react",
      payload: { message_id: "m_1", reaction: "like" },
    });
    await his.getByRole("button", { name: "React", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "React with 👍" }).press("Enter");
    await expect(his.getByText("You reacted with 👍")).toHaveCount(0);
    await expect.poll(() => pages.said.length).toBe(3);
    pages.refuse(551, 0);
    await desk.say("Shall I keep one?");
    await expect(desk.message("Shall I keep one")).toContainText("cannot be reached there");
  } finally {
    await server.stop();
    await pages.stop();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    // C34
    test(`an account of Instagram in ${colorScheme} at ${width}`, async ({ browse }) => {
      test.slow();
      const pages = await Pages.start();
      pages.names.set(BUDI, "Budi Santoso");
      pages.names.set(SARI, "Sari Dewi");
      const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
      try {
        const page = await browse({ viewport: { width, height: 900 }, colorScheme });
        const desk = new Desk(page, server.url);
        const shot = (name: string, fullPage = false) =>
          page.screenshot({
            path: `${PICTURES}/pages-${name}-${colorScheme}-${width}.png`,
            fullPage,
          });
        await desk.signIn("ayu", server.password);
        const callback = await begin(page, server, "Instagram", "Our account");
        await page.getByLabel("Graph API address").fill(pages.url);
        await shot("new", true);
        await page.getByRole("button", { name: "Connect account" }).click();
        await expect(page.getByText("Account connected")).toBeVisible();
        await expectAccessible(page, "a connected account");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
        await shot("account", true);

        const url = `${pages.origin}/story.png`;
        const tell = (from: string, what: Record<string, unknown>, ago_h = 0) =>
          pages.push(callback, ACCOUNT_ID, from, what, ago_h);
        const attachments = [{ type: "story_mention", payload: { url } }];
        await tell(BUDI, { message: { mid: "m_1", attachments } });
        const reply = {
          mid: "m_2",
          text: "Is this the new Gayo?",
          reply_to: { story: { id: "1", url } },
        };
        await tell(BUDI, { message: reply });
        const title = "Three ways to brew Gayo";
        const reel = {
          type: "ig_reel",
          payload: { title, url: "https://www.instagram.com/reel/1" },
        };
        await tell(BUDI, { message: { mid: "m_3", attachments: [reel] } });
        await tell(SARI, { message: { mid: "m_4", text: "Kapan buka?" } }, 30);
        await page.goto(`${server.url}/chats/queue`);
        await desk.open(/Budi Santoso/);
        await expect(page.getByText("Replied to your story")).toBeVisible();
        await expect(page.getByText("Mentioned you in a story")).toBeVisible();
        await desk.say("It is!");
        await expect.poll(() => pages.said.length).toBe(1);
        const reaction = { mid: "m_out1", action: "react", emoji: "🔥" };
        await tell(BUDI, { reaction });
        await expect(page.getByText("Budi Santoso reacted with 🔥")).toBeAttached();
        const his = desk.message("Is this the new Gayo");
        if (width > 500) {
          await his.hover();
          await his.getByRole("button", { name: "React", exact: true }).click();
        } else {
          await his.getByText("Is this the new Gayo").click();
          await his.focus();
          await his.getByRole("button", { name: "More", exact: false }).click();
          await page.getByRole("menuitem", { name: "React" }).click();
        }
        await expectAccessible(page, "choosing a reaction");
        await shot("react");
        await page.getByRole("button", { name: "React with ❤️" }).click();
        await expect(his.getByText("You reacted with ❤️")).toBeAttached();
        await expectAccessible(page, "reactions");
        await shot("thread");

        await page.goto(`${server.url}/chats/queue`);
        await desk.open(/Sari Dewi/);
        await expect(page.getByText("A person may answer for 5 more days.")).toBeVisible();
        await desk.say("Besok jam delapan.");
        await expect.poll(() => pages.said.length).toBe(3);
        expect(pages.said[2]).toMatchObject({ messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" });
        await expectAccessible(page, "after the first day");
        await shot("late");
      } finally {
        await server.stop();
        await pages.stop();
      }
    });
  }
}
