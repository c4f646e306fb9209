// Chats in a window over the other sections: the same thread, the same drafts, the same rules for reading.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R199, R138, C36
test("a chat stays in a window while its agent is elsewhere, with what he began", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Please stay with me");
  const citra = await sit("citra", { viewport: { width: 1440, height: 900 } });
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Please stay/);
  await citra.say("I will");
  await citra.reply.fill("Begun on the page");
  const more = page.getByRole("button", { name: "More", exact: true });
  await more.click();
  await page.getByRole("menuitem", { name: "Keep in a window elsewhere" }).click();
  await expect(page.getByText(/Visitor \w{4} stays in a window/)).toBeVisible();
  const dock = page.getByRole("complementary", { name: "Chats in a window" });
  await expect(dock).toHaveCount(0);

  const rail = page.getByRole("navigation", { name: "Main" });
  await rail.getByRole("link", { name: /Settings/ }).click();
  const window = dock.getByRole("region", { name: "Window with Visitor" });
  await expect(window.getByRole("log")).toContainText("Please stay with me");
  await expect(citra.reply).toHaveValue("Begun on the page");
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await expectAccessible(page, "a window over the settings");
  await page.screenshot({ path: "screenshots/window-light-1440.png" });

  // Nothing that can be pressed lies under it.
  for (const [width, section] of [
    [1440, "Inboxes"],
    [1280, "Members"],
    [1024, "Quick replies"],
    [768, "Profile"],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole("link", { name: section, exact: true }).click();
    await expect(page.getByRole("heading", { name: section, level: 1 })).toBeVisible();
    const edge = (await window.boundingBox())!;
    const under = await page.locator("main").evaluate((main, { x, y }) => {
      const end = main.getBoundingClientRect().bottom;
      return [...main.querySelectorAll("a, button, input, select, textarea")]
        .map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.right > x + 1 && box.bottom > y + 1 && box.top < end)
        .map(({ name }) => name);
    }, edge);
    expect(under, `${section} at ${width}`).toEqual([]);
    await page.screenshot({
      path: `screenshots/window-${section.toLowerCase().replace(" ", "-")}-${width}.png`,
    });
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  // It is read as on its page, and answered.
  await visitor.say("Are you there?");
  await expect(window.getByText("Are you there?")).toBeVisible();
  await expect(visitor.message("I will")).toBeVisible();
  await expect(rail.getByRole("link", { name: /Chats/ })).not.toHaveAccessibleName(
    /1 unread message$/,
  );
  await citra.reply.fill("Here, in the window");
  await citra.reply.press("Enter");
  await expect(visitor.message("Here, in the window")).toBeVisible();
  await citra.reply.fill("Begun in the window");

  // Minimized it counts, and it goes along to other sections and over a reload.
  await window.getByRole("button", { name: "Minimize" }).click();
  const chip = dock.getByRole("button", { name: /Show Visitor/ });
  await expect(chip).toBeFocused();
  await page.getByRole("link", { name: "Members" }).click();
  await visitor.say("And one more thing");
  await expect(chip).toHaveAccessibleName(/1 unread message/);
  await page.reload();
  await expect(chip).toHaveAccessibleName(/1 unread message/);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "screenshots/window-chip-dark-1440.png" });
  await chip.click();
  await expect(window).toBeFocused();
  await expect(citra.reply).toHaveValue("Begun in the window");
  await expect(window.getByText("And one more thing")).toBeVisible();
  await page.screenshot({ path: "screenshots/window-dark-1440.png" });

  // By keyboard out of it: from the box to the window, from there to its foot.
  await citra.reply.focus();
  await page.keyboard.press("Escape");
  await expect(window).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(chip).toBeFocused();
  await page.keyboard.press("Enter");

  // On a phone there is no window; a full page is one press away.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(dock).toHaveCount(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await window.getByRole("button", { name: "Open as a page" }).click();
  await expect(page).toHaveURL(/\/chats\/mine\/cnv_/);
  await expect(citra.reply).toHaveValue("Begun in the window");
  await rail.getByRole("link", { name: /Settings/ }).click();
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await expect(dock).toHaveCount(0);
});

// R096, C10
test("a message that comes while I am elsewhere counts one chat, says so, and opens in the window", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("First words");
  const citra = await sit("citra", { viewport: { width: 1440, height: 900 } });
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/First words/);
  await citra.say("Hello");
  await expect(visitor.message("Hello")).toBeVisible();
  await page.goto(new URL("/settings/notifications", page.url()).href);
  const chats = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Chats/ });
  await expect(page).toHaveTitle(/Kopi Senja/);
  const before = Number(/^\((\d+)\)/.exec(await page.title())?.[1] ?? "0");
  await visitor.say("Can you hear me");
  await visitor.say("Or can you not");
  const note = page.getByRole("region", { name: "Notices" });
  await expect(note).toContainText(/Visitor \w{4}: Or can you not/);
  await expect(note).not.toContainText("Can you hear me");
  await expect(page).toHaveTitle(new RegExp(`^\\(${before + 1}\\)`));
  // The title counts chats, the red number their messages.
  await expect(chats).toHaveAccessibleName(/ ([2-9]|\d\d+) unread messages( in \d+ chats)?$/);
  await page.screenshot({ path: "screenshots/message-elsewhere.png" });

  await note.getByRole("button", { name: "Open" }).click();
  const window = page.getByRole("region", { name: "Window with Visitor" });
  await expect(window.getByText("Or can you not")).toBeVisible();
  await expect(window, "the button that was pressed is gone").toBeFocused();
  await expect(page).toHaveURL(/\/settings\/notifications/);
  await expect(note).not.toContainText("Or can you not");
  await expect.poll(async () => (await page.title()).startsWith(`(${before + 1})`)).toBe(false);

  // Forwarded from there it goes on in a window too.
  const message = window.getByRole("article").filter({ hasText: "Or can you not" });
  await message.hover();
  await message.getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Forward…" }).click();
  const dialog = page.getByRole("dialog", { name: "Forward to another chat" });
  await dialog.getByText("Note", { exact: true }).click();
  await dialog.getByRole("combobox").fill("hannah");
  await dialog.getByRole("option", { name: /Hannah Kim/ }).click();
  const other = page.getByRole("region", { name: "Window with Hannah Kim" });
  await expect(other.getByRole("textbox", { name: "Note" })).toHaveValue(/Or can you not/);
  await expect(page).toHaveURL(/\/settings\/notifications/);
  await other.getByRole("button", { name: "Close the window" }).click();
  await page.getByRole("button", { name: /^Show Visitor/ }).click();

  // Closing the chat there leaves the section as it is, and can be taken back.
  await window.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Close the chat" }).click();
  await expect(window).toHaveCount(0);
  await expect(page).toHaveURL(/\/settings\/notifications/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(window.getByText("Or can you not")).toBeVisible();
  await window.getByRole("button", { name: "Close the window" }).click();
  await expect(window).toHaveCount(0);
});

// R199
test("what was begun in a chat at the foot stays to be had when somebody else takes it", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Who has me?");
  const citra = await sit("citra", { viewport: { width: 1440, height: 900 } });
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Who has me/);
  await citra.say("I do");
  await expect(visitor.message("I do")).toBeVisible();
  await citra.reply.fill("Begun and kept");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Keep in a window elsewhere" }).click();
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /Settings/ })
    .click();
  const window = page.getByRole("region", { name: /^Window with/ });
  await window.getByRole("button", { name: "Minimize" }).click();
  const chip = page.getByRole("button", { name: /^Show Visitor/ });
  await expect(chip).toBeVisible();

  const bima = await sit("bima");
  await bima.show("all");
  await bima.open(/I do/);
  await bima.page.getByRole("button", { name: "Assign to me" }).click();
  await expect(bima.page.getByText("This chat is yours now").first()).toBeVisible();
  await chip.click();
  await expect(window.getByText("Begun and kept")).toBeVisible();
  await window.getByRole("button", { name: "Discard the draft" }).click();
  await window.getByRole("button", { name: "Back to the list" }).click();
  await expect(chip).toHaveCount(0);
});
