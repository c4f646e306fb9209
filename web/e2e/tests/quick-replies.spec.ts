// Quick replies: by slash and by lightning, out of a message, kept in the settings, current at every desk; what nobody
// filled in is not sent.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const PICTURE = fileURLToPath(new URL("../../../sapa/demo/files/parcel.jpg", import.meta.url));
const PAPER = fileURLToPath(new URL("../../../sapa/demo/files/price-list.pdf", import.meta.url));

const list = (page: Page) => page.getByRole("listbox", { name: "Quick replies" });
const option = (page: Page, text: string) =>
  list(page).getByRole("option").filter({ hasText: text });
const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

async function openSettings(desk: Desk): Promise<void> {
  await desk.page.getByRole("link", { name: "Settings" }).click();
  await desk.page.getByRole("link", { name: "Quick replies" }).click();
  await expect(desk.page.getByRole("heading", { name: "Quick replies", level: 1 })).toBeVisible();
}

for (const colorScheme of ["light", "dark"] as const) {
  // R190
  test(`behind a slash, by keyboard, in ${colorScheme}`, async ({ sit, visit }) => {
    const visitor = await visit();
    await visitor.say("Do you ship to Medan?");
    const citra = await sit("citra", { colorScheme });
    const { page } = citra;
    await citra.show("queue");
    await citra.open(/Do you ship to Medan/);
    await page.keyboard.press("r");
    await page.keyboard.type("Hello! /");
    await expect(option(page, "/hi")).toHaveAttribute("aria-selected", "true");
    await expect(option(page, "/moq"), "of another inbox").toHaveCount(0);
    await expect(option(page, "/call"), "of somebody else").toHaveCount(0);
    await expect(page.getByText("Hi there! Thanks for writing")).toBeVisible();
    await expect(option(page, "/hi"), "whose it is").toContainText(/Everybody|Inbox: |Only me/);
    await expectAccessible(page, "the list behind a slash");
    await page.screenshot({ path: `screenshots/slash-${colorScheme}-1440.png` });
    await page.keyboard.press("ArrowDown");
    await expect(option(page, "/ship")).toHaveAttribute("aria-selected", "true");
    const pointed = await option(page, "/ship").getAttribute("id");
    await expect(citra.reply).toHaveAttribute("aria-activedescendant", pointed!);
    await page.keyboard.press("Escape");
    await expect(list(page)).toHaveCount(0);
    await page.keyboard.type("tra");
    await expect(list(page), "closed for this slash").toHaveCount(0);
    for (let back = 0; back < 4; back++) await page.keyboard.press("Backspace");
    await page.keyboard.type("/zzz");
    await expect(page.getByText("No quick reply fits “/zzz”").first()).toBeVisible();
    for (let back = 0; back < 3; back++) await page.keyboard.press("Backspace");
    await page.keyboard.type("SHIP");
    await expect(option(page, "/ship")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(list(page)).toHaveCount(0);
    await expect(citra.reply).toHaveValue(/^Hello! We roast on Monday[^]*Rp 300\.000$/);
    await page.keyboard.type(" Bye!");
    await page.keyboard.press("Enter");
    await expect(visitor.message("We roast on Monday")).toContainText("Rp 300.000 Bye!");
    // Neither an address nor a date opens it.
    await page.keyboard.type("https://a.example/x 1/2 and/or");
    await expect(list(page)).toHaveCount(0);
    // Notes have none.
    await page.getByRole("tab", { name: "Note" }).click();
    await page.getByRole("textbox", { name: "Note" }).pressSequentially("/");
    await expect(list(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Quick replies" })).toHaveCount(0);
  });

  // R185
  test(`behind the lightning, by pointer, in ${colorScheme}`, async ({ sit, visit }) => {
    const visitor = await visit();
    await visitor.say("Which grind for a V60?");
    const citra = await sit("citra", { colorScheme });
    const { page } = citra;
    await citra.show("queue");
    await citra.open(/Which grind/);
    await citra.reply.fill("Good question.  Bye");
    await citra.reply.evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(15, 15));
    await page.getByRole("button", { name: "Quick replies" }).click();
    const search = page.getByRole("combobox", { name: "Search quick replies" });
    await expect(search).toBeFocused();
    await expectAccessible(page, "the list behind the lightning");
    await search.fill("brewer");
    await expect(list(page).getByRole("option")).toHaveCount(1);
    await option(page, "/grind").click();
    await expect(citra.reply).toHaveValue(/^Good question\. Here is what we[^]*order note\. Bye$/);
    await expect(citra.reply).toBeFocused();
    await page.keyboard.type("!");
    await expect(citra.reply).toHaveValue(/order note\.! Bye$/);
    await page.getByRole("button", { name: "Quick replies" }).click();
    await page.getByRole("link", { name: "Manage quick replies" }).click();
    await expect(page).toHaveURL(/settings\/quick-replies/);
    const grind = page.getByRole("listitem").filter({ hasText: "/grind" });
    await expect(grind, "nine before, and this one").toContainText("Used 10 times");
  });
}

test("what nobody filled in blocks sending until it is edited", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Can I have the invoice?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Can I have the invoice/);
  await citra.reply.focus();
  await page.keyboard.type("/invoice");
  await page.keyboard.press("Tab");
  await expect(citra.reply).toHaveValue(/sent the invoice to {{contact\.email}}/);
  const told = page.getByText("Fill in {{contact.email}} before you send");
  await expect(told).toBeVisible();
  await expectAccessible(page, "a placeholder that is open");
  // The button says that it is off; a person may press it all the same.
  await page.getByRole("button", { name: "Send", exact: true }).click({ force: true });
  await page.keyboard.press("Enter");
  await expect(visitor.thread).not.toContainText("invoice to");
  // Enter leads there: the next key replaces it.
  await page.keyboard.type("wati@example.com");
  await expect(told).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(visitor.message("invoice to wati@example.com")).toBeVisible();

  await citra.reply.fill("Dear {{contact.nam}}, code like {{ user.id }} may go.");
  await citra.reply.press("Enter");
  await expect(page.getByText("Fill in {{contact.nam}} before you send")).toBeVisible();
  await expect(visitor.thread).not.toContainText("Dear");
  await citra.reply.fill("Code like `{{ user.id }}` may go.");
  await citra.reply.press("Enter");
  await expect(visitor.message("{{ user.id }}")).toBeVisible();
});

// R129, R131
test("out of a message, and at once at the other desk", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Do you have decaf?");
  const [bima, citra] = [await sit("bima"), await sit("citra")];
  await citra.show("queue");
  await citra.open(/Do you have decaf/);
  await bima.show("all");
  await bima.open(/Do you have decaf/);
  const { page } = bima;
  await bima.message("have decaf").hover();
  await bima.message("have decaf").getByRole("button", { name: "Make a quick reply" }).click();
  const made = dialog(page, "New quick reply");
  await expect(made.getByLabel("Text")).toHaveValue("Do you have decaf?");
  await expectAccessible(page, "the dialog of a quick reply");
  await made.getByLabel("Title").fill("Decaf");
  await made.getByLabel("Shortcut").fill("ship");
  await made.getByLabel("Who may use it").selectOption({ label: "Inbox: Kopi Senja shop" });
  await made.getByRole("button", { name: "Save", exact: true }).click();
  await expect(made.getByText("/ship is taken already")).toBeVisible();
  await made.getByLabel("Shortcut").fill("decaf");
  await made.getByLabel("Text").fill("Yes, {{contact.first_name|there}}, {{order.number}}");
  await made.getByRole("button", { name: "Save", exact: true }).click();
  await expect(made.getByText("{{order.number}} cannot be filled in")).toBeVisible();
  await made.getByLabel("Text").fill("Yes, our Flores decaf, ");
  await made.getByRole("button", { name: "+ My name" }).click();
  await expect(made.getByLabel("Text")).toHaveValue("Yes, our Flores decaf, {{me.name}}");
  await made.getByRole("button", { name: "Save", exact: true }).click();
  await expect(made).toHaveCount(0);

  await expect(citra.reply).toBeVisible();
  await citra.reply.fill("");
  await citra.reply.pressSequentially("/dec");
  await expect(option(citra.page, "/decaf")).toBeVisible();
  await citra.reply.press("Enter");
  await expect(citra.reply).toHaveValue("Yes, our Flores decaf, Citra Dewi");
});

// R190
test("with files: kept in the settings, sent as copies", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Your prices, please");
  const [bima, citra] = [await sit("bima"), await sit("citra")];
  await openSettings(bima);
  await bima.page.getByRole("button", { name: "New quick reply" }).click();
  const made = dialog(bima.page, "New quick reply");
  await made.locator("input[type=file]").setInputFiles([PAPER, PICTURE]);
  const attached = made.getByRole("list", { name: "Attachments" });
  await expect(attached.getByRole("listitem")).toHaveCount(2);
  await made.getByLabel("Text").fill("Our prices, {{contact.first_name|friend}}");
  await made.getByLabel("Title").fill("Price list");
  await made.getByLabel("Shortcut").fill("prices");
  await made.getByLabel("Who may use it").selectOption({ label: "Inbox: Kopi Senja shop" });
  await expect(attached.getByRole("progressbar")).toHaveCount(0);
  await expectAccessible(bima.page, "the dialog of a quick reply with files");
  await bima.page.screenshot({ path: "screenshots/quick-reply-files-dialog.png" });
  await made.getByRole("button", { name: "Save", exact: true }).click();
  const row = bima.page.getByRole("listitem").filter({ hasText: "/prices" });
  await expect(row).toContainText("2 files");

  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Your prices, please/);
  await citra.reply.pressSequentially("/pric");
  await expect(option(page, "/prices").getByRole("img", { name: "2 files" })).toBeVisible();
  await expect(page.getByText("price-list.pdf")).toBeVisible();
  await expectAccessible(page, "a quick reply with files in the list");
  await page.screenshot({ path: "screenshots/quick-reply-files-list.png" });
  // They cannot be had: what waits for them does not leave without them.
  let fail = () => {};
  const failing = new Promise<void>((resolve) => (fail = resolve));
  await page.route("**/quick-replies/*/copies", async (route) => {
    await failing;
    await route.abort();
  });
  await citra.reply.press("Enter");
  await expect(citra.reply).toHaveValue(/^Our prices, /);
  const going = page.getByRole("list", { name: "Attachments" });
  await expect(going.getByRole("progressbar")).toHaveCount(2);
  await citra.reply.press("Enter");
  await expect(page.getByText("Sent as soon as the files are in")).toBeVisible();
  fail();
  await expect(going.getByRole("button", { name: "Try again" })).toHaveCount(2);
  await expect(citra.reply).toHaveValue(/^Our prices, /);
  await expectAccessible(page, "files that could not be copied");
  await page.unroute("**/quick-replies/*/copies");
  await going.getByRole("button", { name: "Try again" }).first().click();
  // Sent once, as soon as they are in.
  await expect(going.getByRole("listitem")).toHaveCount(0);
  await expect(visitor.message("Our prices")).toContainText("price-list.pdf");
  const parcel = visitor.message("Our prices").getByRole("button", { name: "Picture: parcel.jpg" });
  await expect(parcel.locator("img")).toBeVisible();

  // Somebody else looks after it: he sees the picture, takes the paper away, and what was sent stays.
  const ayu = await sit("ayu", { colorScheme: "dark", viewport: { width: 390, height: 844 } });
  await ayu.page.goto(new URL("/settings/quick-replies", ayu.page.url()).href);
  await ayu.page.getByRole("button", { name: "Edit Price list" }).click();
  const edited = dialog(ayu.page, "Edit quick reply");
  const picture = edited.getByRole("list", { name: "Attachments" }).locator("img");
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  await ayu.page.screenshot({ path: "screenshots/quick-reply-files-dialog-dark-390.png" });
  await edited.getByRole("button", { name: "Remove price-list.pdf" }).click();
  await edited.getByRole("button", { name: "Save", exact: true }).click();
  await expect(row).toContainText("1 file");
  await ayu.page.screenshot({ path: "screenshots/quick-reply-files-settings-dark-390.png" });
  await bima.page.screenshot({ path: "screenshots/quick-reply-files-settings.png" });
  const saving = visitor.page.waitForEvent("download");
  await visitor.thread.getByRole("button", { name: /price-list\.pdf/ }).click();
  expect((await readFile(await (await saving).path())).equals(await readFile(PAPER))).toBe(true);
});

test("kept in the settings: made, changed, deleted, exported and imported", async ({ sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await openSettings(citra);
  const row = (text: string) => page.getByRole("listitem").filter({ hasText: text });
  await expect(row("/sorry").getByRole("button", { name: /^Edit/ })).toBeVisible();
  await expect(row("/ship").getByRole("button")).toHaveCount(0);

  await page.getByRole("button", { name: "New quick reply" }).click();
  const made = dialog(page, "New quick reply");
  await expect(made.getByLabel("Who may use it").getByRole("option")).toHaveText(["Only me"]);
  await made.getByLabel("Text").fill("Salam hangat, {{me.name}}");
  await made.getByLabel("Title").fill("Warm greetings");
  await made.getByLabel("Shortcut").fill("salam");
  await expect(made.getByText("Salam hangat, Citra Dewi")).toBeVisible();
  await made.getByRole("button", { name: "Save", exact: true }).click();
  await expect(row("/salam")).toBeVisible();

  await page.getByRole("button", { name: "Edit Warm greetings" }).click();
  await dialog(page, "Edit quick reply").getByLabel("Group").fill("Mine");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.getByRole("searchbox", { name: "Search quick replies" }).fill("greet");
  await expect(row("/salam")).toBeVisible();
  await expect(row("/ship")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search quick replies" }).fill("");

  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const table = await readFile(await (await waiting).path(), "utf8");
  expect(table).toContain('salam,Warm greetings,Mine,personal,,,"Salam hangat, {{me.name}}"');

  await page.getByRole("button", { name: "Delete Warm greetings" }).click();
  await expectAccessible(page, "the question before deleting");
  await dialog(page, "Delete this quick reply?").getByRole("button", { name: "Delete" }).click();
  await expect(row("/salam")).toHaveCount(0);

  const lines = "shortcut,title,text\nsalam,Salam,Halo lagi\ntwo words,Bad,x\nbon,,Hi {{x}}\n";
  await page.locator("input[type=file]").setInputFiles({
    name: "replies.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(lines),
  });
  const done = dialog(page, "Import finished");
  await expect(done.getByRole("listitem").filter({ hasText: "Line 3" })).toContainText("one word");
  await expect(done.getByRole("listitem").filter({ hasText: "Line 4" })).toContainText("{{x}}");
  await expectAccessible(page, "what an import did");
  await done.getByRole("button", { name: "Done" }).click();
  await expect(row("/salam")).toContainText("Halo lagi");
});

test("an unknown placeholder is not sent, and code between backticks is", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("How do I greet by name?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/greet by name/);
  await citra.reply.fill("Hello {{foo}}");
  await expect(page.getByText(/Fill in .*\{\{foo\}\}.* before you send/)).toBeVisible();
  await citra.reply.press("Enter");
  await expect(citra.message("Hello {{foo}}")).toHaveCount(0);
  await expectAccessible(page, "a reply with an unknown placeholder");
  await page.screenshot({ path: "screenshots/placeholder-unknown-1440.png" });
  await citra.say("Write `{{ user.name }}` there");
  await expect(visitor.message("user.name")).toBeVisible();
});

test("on a phone nothing is pushed aside by what opens over the box", async ({ sit }) => {
  const viewport = { width: 390, height: 844 };
  const citra = await sit("citra", { viewport, isMobile: true, hasTouch: true });
  const { page } = citra;
  await page.getByRole("link", { name: /Hannah Kim/ }).click();
  const place = () =>
    page.evaluate(() => [
      visualViewport!.offsetLeft + visualViewport!.pageLeft,
      visualViewport!.offsetTop + visualViewport!.pageTop,
    ]);
  for (const [button, field] of [
    ["Quick replies", page.getByRole("combobox", { name: "Search quick replies" })],
    ["Emoji", page.getByRole("searchbox", { name: "Find an emoji" })],
  ] as const) {
    await page.getByRole("button", { name: button, exact: true }).tap();
    await expect(field).toBeFocused();
    await expect(field).toBeInViewport();
    expect(await place()).toEqual([0, 0]);
    await page.screenshot({ path: `screenshots/over-the-box-${button}-390.png` });
    await page.keyboard.press("Escape");
    await expect(field).toHaveCount(0);
  }
});
