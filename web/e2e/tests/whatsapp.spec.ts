// A WhatsApp inbox from its settings to its ticks and its templates, with a Graph of our own on the other side.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { Desk } from "../support/desk";
import { APP_SECRET, BUSINESS_ID, Graph, GRAPH_TOKEN, NUMBER_ID } from "../support/graph";
import { Server } from "../support/server";
import { expect, test } from "../support/test";

const PICTURES = "screenshots";
const BUDI = "628123456789";

/** Fills in the form of a new number; answers where Meta pushes to. */
async function connect(page: Page, server: Server, graph: Graph): Promise<string> {
  await page.goto(`${server.url}/settings/inboxes/new`);
  await page.getByText("WhatsApp", { exact: true }).click();
  await page.getByLabel("Name").fill("Shop number");
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(page.getByRole("heading", { name: "WhatsApp number" })).toBeVisible();
  await page.getByLabel("Phone number ID").fill(NUMBER_ID);
  await page.getByLabel("WhatsApp account ID").fill(BUSINESS_ID);
  await page.getByLabel("Access token").fill(GRAPH_TOKEN);
  await page.getByLabel("App secret", { exact: true }).fill(APP_SECRET);
  await page.getByLabel("Graph API address").fill(graph.url);
  return `${server.url}/hooks/${page.url().split("/").pop() ?? ""}`;
}

// R121, R181, R194, R196
test("a number is connected, answered through, and written to with templates", async ({
  browse,
}) => {
  test.slow();
  const graph = await Graph.start();
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  try {
    const desk = new Desk(await browse(), server.url);
    const { page } = desk;
    await desk.signIn("ayu", server.password);
    const callback = await connect(page, server, graph);

    // What is wrong is said where it is wrong, before anything is kept.
    await page.getByLabel("Phone number ID").fill("77");
    await page.getByRole("button", { name: "Connect number" }).click();
    await expect(page.getByText("The token finds no phone number with this ID.")).toBeVisible();
    await page.getByLabel("Phone number ID").fill(NUMBER_ID);
    await page.getByLabel("Access token").fill("EAAGother");
    await page.getByRole("button", { name: "Connect number" }).click();
    await expect(page.getByText("This token is not accepted.")).toBeVisible();
    await expectAccessible(page, "connecting a number");
    await page.screenshot({ path: `${PICTURES}/whatsapp-connect.png`, fullPage: true });
    await page.getByLabel("Access token").fill(GRAPH_TOKEN);
    await page.getByRole("button", { name: "Connect number" }).click();
    await expect(page.getByText("+62 811-2345-678")).toBeVisible();
    await expect(page.getByText(GRAPH_TOKEN)).toHaveCount(0);
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByText("Everything is well")).toBeVisible();
    await expect(page.getByText("2 can be sent")).toBeVisible();
    await expectAccessible(page, "a connected number");

    await graph.tell(callback, BUDI, "Budi Santoso", "Halo, is the *Gayo* back?");
    await page.goto(`${server.url}/chats/queue`);
    await expect(desk.row(/Budi Santoso/)).toContainText("WhatsApp");
    await desk.open(/Budi Santoso/);
    await expect(desk.message("is the Gayo back?").locator("strong")).toHaveText("Gayo");
    await expect(page.getByText(/to answer freely/)).toHaveCount(0);
    await desk.say("Yes, since this morning.");
    await expect.poll(() => graph.said.length).toBe(1);
    expect(graph.said[0]).toMatchObject({
      to: BUDI,
      text: { body: "Yes, since this morning." },
    });
    const answer = desk.message("since this morning");
    await expect(answer.getByRole("img", { name: "Sent", exact: true })).toBeVisible();
    const status = { id: "wamid.out1", status: "read", timestamp: "1" };
    await graph.push(callback, { statuses: [status] });
    await expect(answer.getByRole("img", { name: "Read", exact: true })).toBeVisible();
    graph.refuse(131_026);
    await desk.say("Shall I keep one for you?");
    await expect(desk.message("Shall I keep one")).toContainText("cannot be reached there");

    // The account must be mended: what waits is kept, and the settings say so.
    graph.refuse(131_042);
    await desk.say("Then see you at noon.");
    await expect.poll(() => graph.said.length).toBe(3);
    await page.goto(callback.replace("/hooks/", "/settings/inboxes/"));
    await expect(page.getByRole("alert")).toContainText("Nothing has been sent since");
    await expectAccessible(page, "a broken account");
    await page.screenshot({ path: `${PICTURES}/whatsapp-broken.png`, fullPage: true });
    await page.getByRole("button", { name: "Check" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect.poll(() => graph.said.length).toBe(4);
  } finally {
    await server.stop();
    await graph.stop();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    // C34
    test(`settings, windows and templates in ${colorScheme} at ${width}`, async ({ browse }) => {
      test.slow();
      const graph = await Graph.start();
      const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
      try {
        const page = await browse({ viewport: { width, height: 900 }, colorScheme });
        const desk = new Desk(page, server.url);
        const shot = (name: string, fullPage = false) =>
          page.screenshot({
            path: `${PICTURES}/whatsapp-${name}-${colorScheme}-${width}.png`,
            fullPage,
          });
        await desk.signIn("ayu", server.password);
        const callback = await connect(page, server, graph);
        await shot("new", true);
        await page.getByRole("button", { name: "Connect number" }).click();
        await expect(page.getByText("+62 811-2345-678")).toBeVisible();
        await expectAccessible(page, "a connected number");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
        await shot("number", true);

        await graph.tell(callback, "628222222222", "Sari Dewi", "Is it ready?", 22.5);
        await graph.tell(callback, BUDI, "Budi Santoso", "Kapan siap?", 30);
        await page.goto(`${server.url}/chats/queue`);
        await desk.open(/Sari Dewi/);
        await expect(page.getByText("1 more hour to answer freely.")).toBeVisible();
        await shot("window");
        await page.goto(`${server.url}/chats/queue`);
        await desk.open(/Budi Santoso/);
        await expect(page.getByText("Only a template can be sent until")).toBeVisible();
        await desk.say("Too late");
        await expect(desk.message("Too late")).toHaveCount(0);
        await expectAccessible(page, "a closed window");
        await shot("closed");
        await page.getByRole("button", { name: "Choose a template" }).click();
        const dialog = page.getByRole("dialog");
        await expect(dialog.getByRole("button", { name: /promo_foto/ })).toBeDisabled();
        await dialog.getByLabel("Find a template").fill("siap");
        await expect(dialog.getByRole("button", { name: /promo_foto/ })).toHaveCount(0);
        await expectAccessible(page, "the templates");
        await shot("templates");
        await dialog.getByRole("button", { name: /pesanan_siap/ }).click();
        await dialog.getByLabel("Text 1").fill("Budi");
        await dialog.getByLabel("Text 2").fill("7");
        await expect(dialog.getByText("Halo Budi, pesanan 7 sudah siap diambil.")).toBeVisible();
        await expectAccessible(page, "a template that is filled in");
        await shot("template");
        await dialog.getByRole("button", { name: "Send template" }).click();
        await expect(desk.message("Halo Budi, pesanan 7")).toBeVisible();
        await expect.poll(() => graph.said.length).toBe(1);
        expect(graph.said[0]).toMatchObject({ type: "template", to: BUDI });
      } finally {
        await server.stop();
        await graph.stop();
      }
    });
  }
}
