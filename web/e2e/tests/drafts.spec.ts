// What is being written follows its author to another device, and ends there when it was sent.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R136, C09
test("a draft goes on at another device and is gone where it was begun", async ({ sit }) => {
  const [laptop, phone] = [await sit("citra"), await sit("citra")];
  for (const desk of [laptop, phone]) await desk.show("mine");
  await laptop.open(/Hannah Kim/);
  await laptop.reply.fill("The beans are on");
  await expect(phone.row(/Hannah Kim.*Draft.*The beans are on/)).toBeVisible();

  await phone.open(/Hannah Kim/);
  await expect(phone.reply).toHaveValue("The beans are on");
  await phone.reply.fill("The beans are on their way");
  await expect(laptop.reply).toHaveValue("The beans are on their way");
  await phone.reply.press("Enter");
  await expect(laptop.message("The beans are on their way")).toBeVisible();
  await expect(laptop.reply).toHaveValue("");
  await phone.page.reload();
  await expect(phone.reply).toHaveValue("");
});

// R135, R136, R138
test("a draft survives a device that never comes back", async ({ sit }) => {
  const lost = await sit("citra");
  await lost.show("mine");
  await lost.open(/Hannah Kim/);
  await lost.reply.fill("Written in a hurry");
  // Leaving the page is soon enough.
  await lost.page.goto("about:blank");
  await lost.page.context().close();
  const other = await sit("citra");
  await other.show("mine");
  await expect(other.row(/Hannah Kim.*Draft.*Written in a hurry/)).toBeVisible();
});

test("a draft of a chat that was taken away can be read and discarded", async ({ sit, server }) => {
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  await citra.show("queue");
  await citra.open(/Putri Maharani/);
  await citra.reply.fill("Let me look for you");
  const address = citra.page.url();
  await expect(async () => {
    const { items } = await (await citra.page.request.get(`${server.url}/api/v1/drafts`)).json();
    expect(items).toHaveLength(1);
  }).toPass();
  await dimas.show("queue");
  await dimas.open(/Putri Maharani/);
  await dimas.say("Saya bantu ya");
  await expect(citra.page.getByText("Let me look for you")).toBeVisible();
  await citra.page.goto(address);
  await expect(citra.page.getByText("Let me look for you")).toBeVisible();
  await citra.page.getByRole("button", { name: "Discard the draft" }).click();
  await expect(citra.page.getByText("Let me look for you")).toHaveCount(0);
});

// C09
test("all drafts are in one place: those of chats that were taken away too, with nothing but the own words", async ({
  sit,
}) => {
  test.slow();
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  const { page } = citra;
  await citra.show("mine");
  await citra.open(/Hannah Kim/);
  await citra.reply.fill("The beans are on");
  await citra.show("queue");
  await citra.open(/Putri Maharani/);
  await citra.reply.fill("Let me look for you");

  await page.keyboard.press("Escape");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Drafts" })
    .click();
  const drafts = page
    .getByRole("list", { name: "My drafts, the newest first" })
    .getByRole("listitem");
  await expect(drafts).toHaveCount(2);
  await expect(page.getByRole("heading", { name: "Drafts", exact: true })).toBeFocused();
  await expect(drafts.first()).toContainText(/Putri Maharani.*Let me look for you/);
  await expectAccessible(page, "the drafts");
  await page.screenshot({ path: "screenshots/drafts.png" });

  await dimas.show("queue");
  await dimas.open(/Putri Maharani/);
  await dimas.say("Saya bantu ya");
  await expect(drafts.first()).toContainText("A chat that you no longer see");
  await expect(drafts.first()).toContainText("Let me look for you");
  await expect(page.getByRole("main")).not.toContainText("Putri");
  await expectAccessible(page, "a draft of a chat that was taken away");
  await page.screenshot({ path: "screenshots/drafts-taken.png" });
  await page.reload();
  await expect(drafts.first()).toContainText("A chat that you no longer see");

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await drafts.first().getByRole("button", { name: "Copy this draft" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toBe("Let me look for you");
  await drafts.first().getByRole("button", { name: "Discard this draft" }).click();
  const dialog = page.getByRole("dialog", { name: "Discard this draft?" });
  await dialog.getByRole("button", { name: "Keep" }).click();
  await expect(drafts).toHaveCount(2);
  await drafts.first().getByRole("button", { name: "Discard this draft" }).click();
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(drafts).toHaveCount(1);
  await expect(drafts.getByRole("button", { name: /^Discard the draft to/ })).toBeFocused();

  await drafts.getByRole("link", { name: /^Open the chat with .*Hannah Kim/ }).click();
  await expect(citra.reply).toHaveValue("The beans are on");
  await citra.reply.fill("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(page.getByRole("heading", { name: "No drafts" })).toBeVisible();
});

test("what the server does not answer is not called hidden, and is asked for again", async ({
  server,
  sit,
}) => {
  const [citra, again] = [await sit("citra"), await sit("citra")];
  await citra.show("queue");
  await citra.open(/Putri Maharani/);
  await citra.reply.fill("Let me look for you");
  const { page } = again;
  await expect(async () => {
    const { items } = await (await page.request.get(`${server.url}/api/v1/drafts`)).json();
    expect(items).toHaveLength(1);
  }).toPass();
  // This device knows the words and not their chat.
  const asks = /\/api\/v1\/(drafts(\?.*)?|conversations\/cnv_[0-9a-f]+)$/;
  await page.route(asks, (route) => route.abort());
  await page.goto(`${server.url}/drafts`);
  const draft = page.getByRole("main").getByRole("listitem");
  await expect(draft).toContainText("Let me look for you");
  await expect(page.getByRole("main")).toContainText(/connection/i);
  await expect(draft).toContainText("Loading");
  await page.screenshot({ path: "screenshots/drafts-loading.png" });
  await page.unroute(asks);
  await page.context().setOffline(true);
  await expect(page.getByText("Offline. You can keep writing.")).toBeVisible();
  await page.context().setOffline(false);
  await expect(draft).toContainText("Putri Maharani");
});

test("the drafts fit a phone in the dark, in Indonesian", async ({ sit, server }) => {
  const citra = await sit("citra", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  const { page } = citra;
  await citra.show("mine");
  await citra.open(/Hannah Kim/);
  await citra.reply.fill("The beans are on their way, and the grinder follows in another parcel.");
  await page.goto(`${server.url}/settings/profile`);
  await page.locator("select").first().selectOption("id");
  await expect(page.locator("html")).toHaveAttribute("lang", "id");
  await page.goto(`${server.url}/drafts`);
  await expect(page.getByRole("heading", { name: "Draf", exact: true })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "The beans are on" })).toBeVisible();
  await expectAccessible(page, "the drafts on a phone");
  await page.screenshot({ path: "screenshots/drafts-dark-390.png" });
});
