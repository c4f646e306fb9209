// Takes the pictures of the guide: what a person sees at the point that the text has reached.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";

const FOLDER = "../../docs/guide";
const LAPTOP = { width: 1280, height: 800 };
/** The person stands beside the chat, and four chats fit. */
const WIDE = { width: 1366, height: 820 };

async function shoot(page: Page, name: string): Promise<void> {
  // Hints and rings belong to the hand that pressed something.
  await page.mouse.move(640, 4);
  await page.screenshot({ path: `${FOLDER}/${name}.jpg`, type: "jpeg", quality: 65 });
}

test("the pictures of the guide", async ({ server, sit, browse, visit }) => {
  test.setTimeout(300_000);
  const door = await browse({ viewport: LAPTOP });
  await door.goto(server.url);
  await expect(door.getByLabel("Password")).toBeVisible();
  await shoot(door, "sign-in");

  const ayu = await sit("ayu", { viewport: WIDE });
  const { page } = ayu;
  await ayu.show("all");
  await ayu.open(/Sarah Whitfield/);
  await expect(ayu.thread.getByRole("img", { name: "parcel.jpg" })).toBeVisible();
  await shoot(page, "thread");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.screenshot({ path: "../../docs/desk.png" });
  await page.setViewportSize(WIDE);

  await page.getByRole("button", { name: "Filters and sorting" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot(page, "filters");
  await page.keyboard.press("Escape");

  await page.getByRole("tab", { name: "Note" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("@Ci");
  await expect(page.getByRole("listbox")).toBeVisible();
  await shoot(page, "note");
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Note" }).fill("");
  await page.getByRole("tab", { name: "Reply" }).click();

  await ayu.reply.fill("/");
  await expect(page.getByRole("listbox")).toBeVisible();
  await shoot(page, "quick-replies");
  await ayu.reply.fill("");

  await page.getByRole("button", { name: "Assign to…" }).click();
  await shoot(page, "assign");
  await page.keyboard.press("Escape");

  await ayu.thread.focus();
  await page.keyboard.press("z");
  await expect(page.getByRole("dialog", { name: /^Snooze/ })).toBeVisible();
  await shoot(page, "snooze");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Block the customer…" }).click();
  await expect(page.getByRole("dialog", { name: /^Block/ })).toBeVisible();
  await shoot(page, "block");
  await page.keyboard.press("Escape");

  await ayu.thread.focus();
  await page.keyboard.press("l");
  await expect(page.getByRole("dialog", { name: /^Log/ })).toBeVisible();
  await shoot(page, "log");
  await page.keyboard.press("Escape");
  await ayu.thread.focus();
  await page.keyboard.press("Shift+F");
  await expect(page.getByRole("dialog", { name: /^Attachments/ })).toBeVisible();
  await shoot(page, "attachments");
  await page.keyboard.press("Escape");

  await ayu.reply.fill("We will call you as soon as the new harvest is here.");
  await page.getByRole("button", { name: "More ways to send" }).click();
  await page.getByRole("menuitem", { name: "Send later…" }).click();
  await page.getByRole("button", { name: /^Tomorrow morning/ }).click();
  await expect(page.getByRole("list", { name: "Messages that are sent later" })).toBeVisible();
  await shoot(page, "send-later");

  await ayu.thread.focus();
  await page.keyboard.press("/");
  await page.getByRole("textbox", { name: "Search everywhere" }).fill("order");
  await expect(page.getByRole("search").locator("mark").first()).toBeVisible();
  await shoot(page, "search");
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await shoot(page, "palette");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Split screen" }).click();
  await page.getByRole("menuitem", { name: "4 chats side by side" }).click();
  await expect(page.getByRole("log", { name: /^Messages with/ })).toHaveCount(4);
  await shoot(page, "side-by-side");
  await page.getByRole("button", { name: "Split screen" }).click();
  await page.getByRole("menuitem", { name: "1 chat", exact: true }).click();

  await ayu.message("Of course").hover();
  await ayu.message("Of course").getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Forward…" }).click();
  await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
  await shoot(page, "forward");
  await page.keyboard.press("Escape");

  const citra = await sit("citra", { viewport: WIDE });
  await citra.open(/Hannah Kim/);
  await citra.page.getByRole("button", { name: "Fold the list away" }).click();
  await expect(citra.page.getByRole("navigation", { name: "My ongoing chats" })).toBeVisible();
  await shoot(citra.page, "boxes");
  await citra.page.getByRole("button", { name: "More", exact: true }).click();
  await citra.page.getByRole("menuitem", { name: "Keep in a window elsewhere" }).click();
  await citra.page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /Settings/ })
    .click();
  await expect(citra.page.getByRole("region", { name: /^Window with/ })).toBeVisible();
  await shoot(citra.page, "window");

  await page.goto(`${server.url}/wall`);
  await expect(page.getByRole("article").first()).toBeVisible();
  await shoot(page, "wall");
  await page.goto(`${server.url}/drafts`);
  await shoot(page, "drafts");
  await page.getByRole("button", { name: /^Activity/ }).click();
  await expect(page.getByRole("dialog", { name: "Activity" })).toBeVisible();
  await shoot(page, "activity");
  await page.keyboard.press("Escape");

  for (const section of [
    "workspace",
    "members",
    "teams",
    "inboxes",
    "tags",
    "quick-replies",
    "notifications",
    "roles",
    "presence",
    "time-limits",
    "hours",
    "data",
    "audit",
    "tokens",
  ]) {
    await page.goto(`${server.url}/settings/${section}`);
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await shoot(page, `settings-${section}`);
  }
  await page.goto(`${server.url}/settings/inboxes`);
  await page
    .getByRole("link", { name: /Kopi Senja shop/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Kopi Senja shop" })).toBeVisible();
  await shoot(page, "inbox");

  const visitor = await visit({ viewport: LAPTOP });
  await visitor.say("Halo! Which beans for a moka pot?");
  await expect(visitor.message("moka pot")).toBeVisible();
  await shoot(visitor.page, "widget");

  const phone = await sit("citra", { viewport: { width: 390, height: 844 } });
  await phone.open(/Hannah Kim/);
  await shoot(phone.page, "phone");
});
