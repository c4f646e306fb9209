// A box for each of my ongoing chats, where the list is folded away or shows others.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R285, R286, R287
test("folded away, my chats are boxes that tell what happens in them and bring their chat to the front", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("In a box");
  const citra = await sit("citra", { viewport: { width: 1440, height: 900 } });
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/In a box/);
  await citra.say("I have you");
  await expect(visitor.message("I have you")).toBeVisible();
  await citra.show("mine");
  // It is mine as soon as the desk hears of it.
  await expect(citra.row(/I have you/)).toBeVisible();
  const rows = await page.getByRole("list", { name: "Chats" }).getByRole("link").count();
  await citra.open(/Hannah Kim/);
  await page.getByRole("button", { name: "Fold the list away" }).click();
  await expect(page.getByRole("heading", { name: "My chats" })).toBeHidden();
  const boxes = page.getByRole("navigation", { name: "My ongoing chats" });
  await expect(boxes.getByRole("link")).toHaveCount(rows);
  await expect(boxes.getByRole("link", { name: /Hannah Kim/ })).toHaveAttribute(
    "aria-current",
    "true",
  );

  // What happens in it is told in the box.
  const box = boxes.getByRole("link", { name: /^Visitor/ });
  await visitor.box.pressSequentially("So");
  await expect(box).toHaveAccessibleName(/typing/);
  await visitor.say("Something more");
  await expect(box).toHaveAccessibleName(/1 unread message/);
  await expect(box).toHaveAccessibleName(/waiting/);
  await citra.reply.fill("Begun and left");
  await page.mouse.move(720, 450);
  await expect(page.locator(".tooltip")).toHaveCount(0);
  await expectAccessible(page, "boxes in place of the list");
  await box.hover();
  await expect(page.locator(".tooltip")).toHaveText(/^Visitor \w{4}$/);
  await page.screenshot({ path: "screenshots/boxes-light-1440.png" });

  await box.click();
  await expect(citra.message("Something more")).toBeVisible();
  await expect(box).toHaveAttribute("aria-current", "true");
  await expect(box).not.toHaveAccessibleName(/unread/);
  const hannah = boxes.getByRole("link", { name: /Hannah Kim.*/ });
  await expect(boxes.getByRole("img", { name: "Draft" })).toHaveCount(1);

  // By keyboard: one stop of the tab key, arrows between the boxes.
  await box.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(boxes.getByRole("link").first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(boxes.getByRole("link").nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(boxes.getByRole("link").nth(1)).toHaveAttribute("aria-current", "true");

  // Side by side: a chat that is shown gets the focus of its pane, another one comes into the pane in use.
  await hannah.click();
  await page.keyboard.press("Escape");
  await citra.thread.focus();
  await page.keyboard.press("\\");
  const pane = (number: number) => page.getByRole("region", { name: `Chat in place ${number}` });
  await expect(pane(2).getByRole("log")).toBeVisible();
  await pane(2)
    .getByRole("button", { name: /^(Answer|Draft kept)/ })
    .click();
  await hannah.click();
  await expect(pane(1).getByRole("textbox", { name: "Reply" })).toHaveValue("Begun and left");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "screenshots/boxes-split-dark-1440.png" });

  // Beside another list the boxes stand too; the choice outlives a reload; a small window has the list.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Queue/ }).click();
  await expect(page.getByRole("heading", { name: /waiting|Queue/i }).first()).toBeVisible();
  await expect(boxes.getByRole("link")).toHaveCount(rows);
  await boxes.getByRole("link", { name: /Hannah Kim/ }).click();
  await expect(page).toHaveURL(/\/chats\/queue\/cnv_/);
  await expectAccessible(page, "boxes beside the queue");
  await page.screenshot({ path: "screenshots/boxes-queue-dark-1440.png" });
  await page.goto(page.url().replace("/queue/", "/mine/"));
  await expect(boxes).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(boxes).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole("button", { name: "Show the list" }).click();
  await expect(page.getByRole("list", { name: "Chats" }).getByRole("link")).toHaveCount(rows);
  await expect(boxes).toBeHidden();
});

test("what is done by keyboard leads to the boxes where the list was", async ({ sit }) => {
  const citra = await sit("citra");
  const { page, reply } = citra;
  await citra.open(/Hannah Kim/);
  await page.getByRole("button", { name: "Fold the list away" }).click();
  const hannah = page.url();
  const boxes = page.getByRole("navigation", { name: "My ongoing chats" });
  await reply.focus();
  await page.keyboard.press("Escape");
  await expect(boxes.getByRole("link", { name: /Hannah Kim/ })).toBeFocused();
  await page.keyboard.press("e");
  await expect(boxes.getByRole("link", { name: /Hannah Kim/ })).toHaveCount(0);
  await expect(boxes.locator("a[aria-current]")).toBeFocused();
  // The note about it lies over no box to write in.
  const note = await page.getByText("Closed the chat with Hannah Kim").boundingBox();
  const written = await reply.boundingBox();
  if (note && written) expect(note.y + note.height).toBeLessThanOrEqual(written.y);

  // A chat that has no box leads to the way to unfold the list.
  await page.goto(hannah);
  await expect(citra.thread).toHaveAttribute("aria-busy", "false");
  await reply.focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Show the list" })).toBeFocused();
});
