// How chats come to people: by a team's queue, by a button, by the counter, or by themselves.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const notices = (desk: Desk) => desk.page.getByRole("region", { name: "Notices" });
const panel = (page: Page) => page.getByRole("main").locator("form").filter({ hasText: "Routing" });

async function openInbox(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings/inboxes`);
  await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await expect(panel(page).getByRole("radio").first()).toBeVisible();
}

async function save(desk: Desk): Promise<void> {
  await panel(desk.page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(notices(desk)).toContainText("Saved");
}

// R232, R233, R234, R236, C04
test("a chat waits for a team, whose members hear of it, and one of them takes it", async ({
  sit,
  server,
}) => {
  test.slow();
  const [ayu, bima, dimas] = [await sit("ayu"), await sit("bima"), await sit("dimas")];
  await openInbox(ayu.page, server.url);
  await panel(ayu.page).getByRole("checkbox", { name: "Shipping" }).check();
  await save(ayu);

  await bima.show("queue");
  await bima.open(/Yusuf Hidayat/);
  await bima.page.getByRole("button", { name: "Assign to…" }).click();
  const list = bima.page.getByRole("listbox", { name: "Assign to…" });
  await bima.page.keyboard.type("ship");
  await expect(list.getByRole("option")).toHaveCount(1);
  await expectAccessible(bima.page, "giving a chat to a team");
  await bima.page.screenshot({ path: "screenshots/assign-team.png" });
  await bima.page.keyboard.press("Enter");
  await expect(notices(bima)).toContainText("Assigned to Shipping");
  await expect(bima.page.getByText("Waits for Shipping").first()).toBeVisible();

  await expect(notices(dimas)).toContainText("assigned the chat with Yusuf Hidayat to Shipping");
  await dimas.show("queue");
  // The row says for whom it waits.
  await expect(dimas.row(/Yusuf Hidayat/).getByTitle("Shipping", { exact: true })).toBeVisible();
  await dimas.open(/Yusuf Hidayat/);
  await dimas.say("Saya bantu cek ya");
  await expect(dimas.message("Saya bantu cek ya").getByRole("img", { name: "Sent" })).toBeVisible();
  await expect(dimas.page.getByText("Waits for Shipping")).toHaveCount(0);
});

// R211, C05
test("where the inbox wants to hear when somebody begins, a button says so", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const [ayu, citra] = [await sit("ayu"), await sit("citra")];
  await openInbox(ayu.page, server.url);
  await panel(ayu.page)
    .getByRole("radio", { name: /With a start button/ })
    .check();
  await save(ayu);
  const visitor = await visit();
  await visitor.say("Is anybody there?");
  // The counter leads to whoever waits longest; nobody has a chat by looking at it.
  await citra.page.keyboard.press("n");
  await expect(citra.page).toHaveURL(/\/chats\/queue\/cnv_/);
  await citra.open(/Is anybody there/);
  await expect(citra.page.getByText("Nobody has this chat yet.")).toBeVisible();
  await expect(citra.page.getByRole("button", { name: "Send", exact: true })).toHaveCount(0);
  await expectAccessible(citra.page, "a chat that waits for its beginning");
  await citra.page.screenshot({ path: "screenshots/begin.png" });
  await citra.page.getByRole("button", { name: "Start", exact: true }).press("Enter");
  await expect(citra.page).toHaveURL(/\/chats\/mine\/cnv_/);
  await expect(citra.page.getByText("Nobody has this chat yet.")).toHaveCount(0);
});

for (const [colorScheme, width] of [
  ["light", 1440],
  ["dark", 390],
] as const) {
  // R106, C05
  test(`chats are given by themselves, in ${colorScheme} at ${width}`, async ({
    sit,
    visit,
    server,
  }) => {
    test.slow();
    const viewport = { width, height: 900 };
    const [ayu, citra] = [await sit("ayu", { colorScheme, viewport }), await sit("citra")];
    await openInbox(ayu.page, server.url);
    await panel(ayu.page)
      .getByRole("radio", { name: /Automatically/ })
      .check();
    await panel(ayu.page)
      .getByRole("switch", { name: /Whoever had it before/ })
      .click();
    await ayu.page.mouse.move(0, 0);
    await expectAccessible(ayu.page, "the routing of an inbox");
    await panel(ayu.page).screenshot({ path: `screenshots/routing-${colorScheme}-${width}.png` });
    await save(ayu);
    // What waits is given at once.
    const visitor = await visit();
    await visitor.say("Is anybody there?");
    await citra.show("mine");
    await expect(citra.row(/Is anybody there/)).toBeVisible();
    await citra.open(/Is anybody there/);
    await expect(citra.thread.getByText("Assigned to you: next in turn")).toBeVisible();
  });
}

// R106
test("the most urgent comes first", async ({ sit }) => {
  const citra = await sit("citra", { viewport: { width: 1440, height: 900 } });
  await citra.show("queue");
  await citra.page.getByRole("list", { name: "Chats" }).getByRole("link").first().click();
  const info = citra.page.getByRole("complementary");
  await info.getByLabel("Priority").selectOption("urgent");
  await expect(citra.thread.getByText("You set the priority to Urgent")).toBeVisible();
  await expect(citra.page.getByRole("list", { name: "Chats" }).getByText("Urgent")).toBeVisible();
  await citra.page.screenshot({ path: "screenshots/priority.png" });
});
