// Where things stand on the conversation page, measured as they are drawn.

import type { Locator } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

async function box(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${String(locator)} is not drawn`);
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

// R006, R036, R037, R083, R123, R133, R222, R252, R288, R289
test("list, thread and person stand side by side; the customer is on the left, the team on the right in another color", async ({
  sit,
}) => {
  const ayu = await sit("ayu", { viewport: { width: 1440, height: 900 } });
  const { page } = ayu;
  await ayu.show("all");
  await ayu.open(/Sarah Whitfield/);
  const region = page.getByRole("region", { name: "Chat", exact: true });
  const list = await box(page.getByRole("list", { name: "Chats" }));
  const thread = await box(ayu.thread);
  const person = await box(page.getByRole("complementary", { name: "Contact and details" }));
  const header = await box(region.getByRole("heading", { name: "Sarah Whitfield" }));
  const reply = await box(ayu.reply);
  expect(list.right).toBeLessThanOrEqual(thread.x);
  expect(thread.right).toBeLessThanOrEqual(person.x);
  expect(header.bottom).toBeLessThanOrEqual(thread.y);
  expect(thread.bottom).toBeLessThanOrEqual(reply.y);
  await expect(region.getByRole("img", { name: "Website chat" }).first()).toBeVisible();

  const theirs = ayu.message("That was quick");
  const ours = ayu.message("around noon");
  const bubble = (article: Locator) => article.locator("[dir=auto]").last().locator("..");
  const [left, right] = [await box(bubble(theirs)), await box(bubble(ours))];
  expect(left.x - thread.x).toBeLessThan(80);
  expect(thread.right - right.right).toBeLessThan(80);
  expect(right.x).toBeGreaterThan(left.x);
  const color = (article: Locator) =>
    bubble(article).evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await color(ours)).not.toBe(await color(theirs));
  // Which of the team wrote it.
  await expect(ayu.message("file it with the courier")).toContainText("Citra Dewi");
});

/** What R007 asks for, without a menu. */
const AT_ONCE = ["Assign to…", "Find in this chat", "Log", "Block the customer…", "Close"];

// R007, R029, R032, R100
test("everything that is done with a chat is reached from its header", async ({ sit }) => {
  const ayu = await sit("ayu", { viewport: { width: 1440, height: 900 } });
  const { page } = ayu;
  await ayu.show("all");
  await ayu.open(/Sarah Whitfield/);
  const region = page.getByRole("region", { name: "Chat", exact: true });
  for (const name of ["Assign to me", "Attachments", "More", ...AT_ONCE]) {
    const button = region.getByRole("button", { name, exact: true }).first();
    const at = await box(button);
    expect(at.bottom, name).toBeLessThanOrEqual((await box(ayu.thread)).y);
  }
  const [log, block] = ["Log", "Block the customer…"].map((name) =>
    region.getByRole("button", { name, exact: true }),
  );
  expect((await box(block!)).x - (await box(log!)).right).toBeLessThan(16);
  expect((await box(block!)).x).toBeGreaterThan((await box(ayu.thread)).x + 300);
  await region.getByRole("button", { name: "More", exact: true }).click();
  for (const name of [/^Mark .*unread/, /^Snooze/]) {
    await expect(page.getByRole("menuitem", { name })).toBeVisible();
  }
  await page.keyboard.press("Escape");
  await region.getByRole("button", { name: "Assign to…" }).click();
  await expect(page.getByRole("dialog", { name: "Assign to…" })).toBeVisible();
});

// R007
test("also between both side panes and in two panes, beside a name that can be read", async ({
  sit,
}, info) => {
  const ayu = await sit("ayu", { viewport: { width: 1440, height: 900 } });
  const { page } = ayu;
  await ayu.show("all");
  await ayu.open(/Sarah Whitfield/);
  const header = page.getByRole("region", { name: "Chat", exact: true }).locator("header");
  const name = header.getByRole("heading", { name: "Sarah Whitfield" });
  const look = async (what: string) => {
    await page.screenshot({ path: info.outputPath(`${what}.png`) });
    for (const name of [...AT_ONCE, "More"]) {
      await expect(header.getByRole("button", { name, exact: true }), what).toBeVisible();
    }
    expect(
      await name.evaluate((heading) => heading.scrollWidth <= heading.clientWidth),
      `${what}: the whole name`,
    ).toBe(true);
  };
  await look("between");
  await ayu.thread.focus();
  await page.keyboard.press("\\");
  await expect(page.getByRole("region", { name: "Chat in place 2" })).toBeVisible();
  await look("two");
  await header.getByRole("button", { name: "Contact and details" }).click();
  await expect(page.getByRole("dialog", { name: "Sarah Whitfield" })).toBeVisible();
});

// R075, R081, R121, R122
test("a row says on which channel, and through which inbox, the customer writes", async ({
  sit,
}) => {
  const ayu = await sit("ayu");
  await ayu.show("all");
  await expect(ayu.row(/Sarah Whitfield/)).toHaveAccessibleName(/Website chat.*Kopi Senja shop/);
  await expect(ayu.row(/Sarah Whitfield/)).toContainText("Should I throw the torn one away");
  await expect(
    ayu.row(/Sarah Whitfield/).getByText("Kopi Senja shop", { exact: true }),
  ).toBeVisible();
  // Of every channel and inbox.
  await expect(ayu.row(/Hotel Bukit Asri/).getByText("Wholesale", { exact: true })).toBeVisible();
});

// R176
test("the paper clip takes several files", async ({ sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Attach files" }).click();
  const files = await chooser;
  expect(files.isMultiple()).toBe(true);
  await files.setFiles([
    { name: "menu.txt", mimeType: "text/plain", buffer: Buffer.from("kopi") },
    { name: "hours.txt", mimeType: "text/plain", buffer: Buffer.from("nine to five") },
  ]);
  await expect(page.getByText("menu.txt")).toBeVisible();
  await expect(page.getByText("hours.txt")).toBeVisible();
});

// R139
test("what was begun is still there after a visit to another part of the desk", async ({ sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  await citra.reply.fill("Begun and left");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page).toHaveURL(/settings/);
  await page.getByRole("link", { name: /^Chats/ }).click();
  await citra.open(/Hannah Kim/);
  await expect(citra.reply).toHaveValue("Begun and left");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a name is cut last, and the menu of a phone has parts, in ${colorScheme}`, async ({
    sit,
  }) => {
    const ayu = await sit("ayu", { viewport: { width: 1440, height: 900 }, colorScheme });
    const { page } = ayu;
    await ayu.show("all");
    await ayu.open(/Sarah Whitfield/);
    const region = page.getByRole("region", { name: "Chat", exact: true });
    await region.getByRole("button", { name: "Name this chat" }).click();
    await page.getByLabel("Title").fill("The parcel of order 1204 that came torn on Monday");
    await page.getByLabel("Title").press("Enter");
    await expect(region.getByText("The parcel of order 1204").first()).toBeVisible();
    const name = region.locator("header").getByRole("heading", { name: "Sarah Whitfield" });
    for (const width of [1440, 1360, 1280, 1100, 1024, 800, 640, 480, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expect.poll(() => name.evaluate(cut), `${width} pixels`).toBeLessThan(0.02);
    }
    await page.screenshot({ path: `screenshots/header-390-${colorScheme}.png` });
    await expectAccessible(page, "a chat with a long title on a phone");
    await region.getByRole("button", { name: "More", exact: true }).click();
    const menu = page.getByRole("menu");
    await expect(menu).toContainText("About this chat");
    await expect(menu.getByRole("menuitem").first()).toHaveText(/Assign to me/);
    await page.screenshot({ path: `screenshots/header-menu-390-${colorScheme}.png` });
  });

  test(`the day that stands on top covers no words in part, in ${colorScheme}`, async ({ sit }) => {
    const ayu = await sit("ayu", { viewport: { width: 1440, height: 600 }, colorScheme });
    const { page } = ayu;
    await ayu.show("all");
    await ayu.open(/Sarah Whitfield/);
    await ayu.thread.hover();
    await page.mouse.wheel(0, -220);
    const day = ayu.thread.locator(".day.scrolling").first();
    await expect(day).toHaveCount(1);
    await page.screenshot({ path: `screenshots/day-on-top-1440-${colorScheme}.png` });
    // All that lies under it, over the whole width of the messages.
    const [over, words] = [await box(day), await box(ayu.thread.locator(".content"))];
    expect(over.x).toBeLessThanOrEqual(words.x);
    expect(over.right).toBeGreaterThanOrEqual(words.right);
    await page.setViewportSize({ width: 390, height: 700 });
    await page.mouse.wheel(0, -120);
    await page.screenshot({ path: `screenshots/day-on-top-390-${colorScheme}.png` });
  });
}

/** How much of its words an element does not show, in pixels. */
function cut(element: Element): number {
  const words = document.createRange();
  words.selectNodeContents(element);
  return words.getBoundingClientRect().width - element.getBoundingClientRect().width;
}
