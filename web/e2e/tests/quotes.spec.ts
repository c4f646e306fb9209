// Quotes: an answer says what it answers, on both sides, and leads there.

import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const chosen = (desk: Desk) => desk.page.getByRole("group", { name: /^Answering/ });

// R129, R130
test("a quoted answer shows on both sides what it answers, and leads there", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Is Gayo in stock?");
  for (let number = 1; number <= 12; number++) await visitor.say(`And number ${number}?`);
  await expect(visitor.message("number 12").getByRole("img", { name: "Sent" })).toBeVisible();
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/number 12/);
  await citra.message("Is Gayo").hover();
  await citra.message("Is Gayo").getByRole("button", { name: "Quote" }).click();
  await expect(chosen(citra)).toContainText("Is Gayo in stock?");
  await expect(citra.reply).toBeFocused();
  await expectAccessible(citra.page, "a chosen quote");
  await citra.say("Gayo is back on Friday");
  await expect(chosen(citra)).toHaveCount(0);

  const answer = citra.message("back on Friday");
  await expect(answer).toContainText("Is Gayo in stock?");
  await expect(citra.message("Is Gayo in stock?")).toBeVisible();
  await answer.getByRole("button", { name: /^Go to the message of/ }).click();
  const asked = citra.thread.getByRole("article").filter({ hasText: "Is Gayo" }).first();
  await expect(asked).toHaveClass(/flash/);
  await expect(asked).toBeFocused();
  await expect(asked).toBeInViewport();
  await expect(asked).not.toHaveClass(/flash/);

  const shown = visitor.message("back on Friday");
  await shown.getByRole("button", { name: "Is Gayo in stock?" }).click();
  await expect(
    visitor.thread.getByRole("article").filter({ hasText: "Is Gayo" }).first(),
  ).toBeInViewport();
  await expectAccessible(visitor.frame, "the widget with a quote");
});

test("by keyboard: up quotes, Escape drops, a focused message has its buttons", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("First question");
  await visitor.say("Second question");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Second question/);
  await page.keyboard.press("r");
  await expect(citra.reply).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(chosen(citra)).toContainText("Second question");
  await page.keyboard.press("ArrowUp");
  await expect(chosen(citra)).toContainText("First question");
  await page.keyboard.press("Escape");
  await expect(chosen(citra)).toHaveCount(0);
  await expect(citra.reply).toBeFocused();

  await citra.thread.focus();
  await page.keyboard.press("ArrowUp");
  await expect(citra.message("Second question")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Quote" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chosen(citra)).toContainText("Second question");
  await expect(citra.reply).toBeFocused();
  await page.reload();
  await expect(chosen(citra)).toContainText("Second question");
  await citra.say("Second answer");
  await expect(visitor.message("Second answer")).toContainText("Second question");
});

test("a copied link opens the chat at the message, however old", async ({
  sit,
  browse,
  server,
}) => {
  test.slow();
  const citra = await sit("citra");
  const { page } = citra;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await citra.open(/Hannah Kim/);
  await citra.say("The one to remember");
  const old = citra.message("The one to remember");
  await expect(old.getByRole("img", { name: "Sent" })).toBeVisible();
  await old.hover();
  await old.getByRole("button", { name: "More for this message" }).click();
  // The menu stays for as long as it is read, also when it was opened at once.
  await page.mouse.move(5, 5);
  await page.waitForTimeout(600);
  await page.getByRole("menuitem", { name: "Copy text" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("The one to remember");
  await old.hover();
  await old.getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Copy link" }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  for (let number = 1; number <= 70; number++) await citra.say(`later ${number}`);
  await expect(citra.message("later 70").getByRole("img", { name: "Sent" })).toBeVisible();

  const bima = await browse();
  await bima.goto(server.url);
  await bima.getByLabel("Email").fill("bima@kopisenja.example");
  await bima.getByLabel("Password").fill(server.password);
  await bima.getByRole("button", { name: "Sign in" }).click();
  await expect(bima.getByRole("navigation", { name: "Views" })).toBeVisible();
  await bima.goto(link);
  const found = bima.getByRole("article").filter({ hasText: "The one to remember" });
  await expect(found).toBeFocused();
  await expect(found).toBeInViewport();
});

// R301
test("a tap shows what can be done with a message", async ({ sit }) => {
  const citra = await sit("citra", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await citra.open(/Hannah Kim/);
  const last = citra.thread.getByRole("article").last();
  await last.tap();
  await expect(
    last.getByRole("button", { name: "Quote" }),
    "beside it is room for one",
  ).toHaveCount(0);
  await last.getByRole("button", { name: "More for this message" }).tap();
  await citra.page.screenshot({ path: "screenshots/message-menu-390.png" });
  await citra.page.getByRole("menuitem", { name: "Quote" }).tap();
  await expect(chosen(citra)).toBeVisible();
  await chosen(citra).getByRole("button", { name: "Drop the quote" }).tap();
  await expect(chosen(citra)).toHaveCount(0);
});

// R130
test("a visitor answers one message, and the quote lasts until it has arrived", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  const { page, frame } = visitor;
  await visitor.say("Do you roast to order?");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/roast to order/);
  await citra.say("Yes");
  await citra.say("Light or dark?");
  const asked = visitor.message("Light or dark?");
  await expect(asked).toBeVisible();
  const more = asked.getByRole("button", { name: "More" });
  await expect(more).toHaveCSS("opacity", "0");
  await asked.hover();
  await expect(more).toHaveCSS("opacity", "1");
  const [words, button] = [
    await asked.getByText("Light or dark?").boundingBox(),
    await more.boundingBox(),
  ];
  expect(button!.x - words!.x - words!.width, "beside its words").toBeLessThan(16);
  await more.click();
  const place = await more.boundingBox();
  expect(place, "it stays where it was pressed").toEqual(button);
  await expect(asked.getByRole("button", { name: "Edit" })).toHaveCount(0);
  await page.screenshot({ path: "screenshots/widget-choices.png" });
  await asked.getByRole("button", { name: "Quote" }).click();
  const group = frame.getByRole("group", { name: "Answering Citra Dewi" });
  await expect(group).toContainText("Light or dark?");
  await expect(visitor.box).toBeFocused();
  await page.screenshot({ path: "screenshots/widget-quote.png" });
  await expectAccessible(frame, "the widget with a chosen quote");
  // What an input method shows is what that Esc is for.
  await visitor.box.dispatchEvent("keydown", { key: "Escape", isComposing: true });
  await expect(visitor.box).toBeVisible();
  await expect(group).toBeVisible();
  await visitor.box.press("Escape");
  await expect(group).toHaveCount(0);
  await expect(visitor.box).toBeFocused();

  // By keyboard: the newest message is the nearest.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(more).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(asked.getByRole("button", { name: "Quote" })).toHaveCount(0);
  await expect(more).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(group).toBeVisible();

  // It is there after a reload, waits with its message for the network, and arrives with it.
  await page.reload();
  await visitor.open();
  await expect(visitor.frame.getByRole("group", { name: /^Answering/ })).toContainText("Light or");
  await page.context().setOffline(true);
  await visitor.say("Dark");
  await expect(visitor.frame.getByRole("group", { name: /^Answering/ })).toHaveCount(0);
  await expect(visitor.message("Dark").getByRole("img", { name: "Sending" })).toBeVisible();
  await expect(visitor.message("Dark").locator(".quote")).toContainText("Light or dark?");
  await page.context().setOffline(false);
  const answer = citra.message("Dark").last();
  await expect(answer).toContainText("Light or dark?");
  await expect(visitor.message("Dark").locator(".quote")).toContainText("Citra Dewi");

  await visitor.message("Dark").locator(".quote").click();
  const shown = visitor.thread.getByRole("article").filter({ hasText: "Light or dark?" }).first();
  await expect(shown).toHaveClass(/flash/);
  await expect(shown).toBeFocused();
  await expect(shown).not.toHaveClass(/flash/);
});

// R130
test("a visitor answers a picture, and a message that is gone says so", async ({ sit, visit }) => {
  const visitor = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true });
  await visitor.frame.locator("input[type=file]").setInputFiles({
    name: "cup.png",
    mimeType: "image/png",
    buffer: Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  });
  await visitor.frame.getByRole("button", { name: "Send", exact: true }).click();
  const picture = visitor.thread.getByRole("article").last();
  await expect(picture.getByRole("img", { name: "Sent" })).toBeVisible();
  await picture.getByRole("button", { name: "More" }).click();
  await picture.getByRole("button", { name: "Quote" }).click();
  const group = visitor.frame.getByRole("group", { name: "Answering You" });
  await expect(group).toContainText("Picture: cup.png");
  await visitor.say("This one is chipped");
  await expect(visitor.message("chipped").locator(".quote")).toContainText("Picture: cup.png");

  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/chipped/);
  await citra.say("Wrong answer");
  const theirs = visitor.message("Wrong answer");
  await theirs.getByRole("button", { name: "More" }).click();
  await theirs.getByRole("button", { name: "Quote" }).click();
  await expect(visitor.frame.getByRole("group", { name: /^Answering/ })).toContainText("Wrong");
  await visitor.page.screenshot({ path: "screenshots/widget-quote-390.png" });
  const own = citra.message("Wrong answer");
  await own.hover();
  await own.getByRole("button", { name: "More for this message" }).click();
  await citra.page.getByRole("menuitem", { name: "Remove…" }).click();
  await citra.page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(visitor.frame.getByRole("group", { name: /^Answering/ })).toContainText(
    "Removed message",
  );
});

// R130
test("what was removed is not read in a quote that a colleague has open", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("My card is 4111 1111");
  const [bima, ayu] = [await sit("bima"), await sit("ayu")];
  await bima.show("queue");
  await bima.open(/4111/);
  await bima.say("Thank you");
  await expect(visitor.message("Thank you")).toBeVisible();
  await bima.message("4111").hover();
  await bima.message("4111").getByRole("button", { name: "Quote" }).click();
  await expect(chosen(bima)).toContainText("4111");
  await bima.reply.fill("We have it");
  await ayu.show("all");
  await ayu.open(/Thank you/);
  await ayu.message("4111").hover();
  await ayu
    .message("4111")
    .getByRole("button", { name: /^More for this message/ })
    .click();
  await ayu.page.getByRole("menuitem", { name: "Remove…" }).click();
  await ayu.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(bima.thread.getByText("4111")).toHaveCount(0);
  await expect(chosen(bima)).not.toContainText("4111");
  await expect(chosen(bima)).toContainText("Removed message");
  await bima.page.screenshot({ path: "screenshots/quote-removed-1440.png" });
  await expect(bima.reply).toHaveValue("We have it");
  await bima.reply.press("Enter");
  await expect(bima.message("We have it")).not.toContainText("4111");
});

test("a link to a message that is no longer there is told as what did not go", async ({ sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  await page.goto(`${page.url()}#ent_01a217efccc67431ab0bdfe4c0393e51`);
  const note = page.getByRole("region", { name: "Notices" });
  await expect(note).toContainText("cannot be shown here any more");
  await expect(note.locator(".bad")).toBeVisible();
});
