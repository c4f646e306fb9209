// Several chats at once: ticked by mouse, keys and touch, acted on in one go, told what was left, and undone.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

/** More than a list loads at once. */
const MANY = 70;

const list = (page: Page) => page.getByRole("list", { name: "Chats" });
const rows = (page: Page) => list(page).getByRole("listitem");
const bar = (page: Page) => page.getByRole("group", { name: "Selected chats" });
const notes = (page: Page) => page.getByRole("region", { name: "Notices" });

async function act({ page }: Desk, what: string): Promise<void> {
  await bar(page).getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

for (const colorScheme of ["light", "dark"] as const) {
  // R141, R143, R144
  test(`chats are ticked under the pointer, closed in one go, and come back, in ${colorScheme}`, async ({
    sit,
  }) => {
    test.slow();
    const bima = await sit("bima", { colorScheme });
    const { page } = bima;
    await bima.show("all");
    const boxes = list(page).getByRole("checkbox");
    // Only what is seen is drawn.
    const before = await rows(page).first().getAttribute("aria-setsize");
    const first = boxes.nth(0);
    await expect(first).toHaveCSS("opacity", "0");
    await rows(page).nth(0).hover();
    await expect(first).toHaveCSS("opacity", "1");
    await first.click();
    await expect(first).toBeChecked();
    await expect(bar(page)).toContainText("1 selected");
    const search = page.getByRole("button", { name: "Search everywhere" });
    const covered = () => search.evaluate((one) => one.closest("[inert]") !== null);
    expect(await covered(), "it took the place of the search").toBe(true);
    await boxes.nth(2).click({ modifiers: ["Shift"] });
    await expect(bar(page)).toContainText("3 selected");
    await expect(page.getByRole("status").filter({ hasText: "3 selected" })).toHaveCount(1);
    await page.mouse.move(0, 0);
    await expectAccessible(page, "a list with ticked chats");
    await page.screenshot({ path: `screenshots/selecting-1440-${colorScheme}.png` });

    // The row itself goes on with shift, and opens nothing.
    await list(page)
      .getByRole("link")
      .nth(3)
      .click({ modifiers: ["Shift"] });
    await expect(bar(page)).toContainText("4 selected");
    await expect(page).toHaveURL(/\/chats\/all$/);

    await bar(page).getByRole("checkbox").click();
    await expect(bar(page)).toContainText(`${before} selected`);
    await bar(page).getByRole("checkbox").click();
    await expect(bar(page)).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "All open chats" })).toBeFocused();

    await boxes.nth(0).click();
    await boxes.nth(1).click();
    const names = await Promise.all([0, 1].map((at) => boxes.nth(at).getAttribute("aria-label")));
    await act(bima, "Close with a reason");
    const dialog = page.getByRole("dialog", { name: "Close 2 chats" });
    await expectAccessible(page, "the window of closing several");
    await page.screenshot({ path: `screenshots/selecting-close-1440-${colorScheme}.png` });
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(notes(page)).toContainText("2 chats closed");
    await expect(bar(page)).toHaveCount(0);
    for (const name of names)
      await expect(list(page).getByRole("checkbox", { name: name! })).toHaveCount(0);
    await notes(page).getByRole("button", { name: "Undo" }).click();
    await expect(notes(page)).toContainText("Undone for 2 chats");
    await page.mouse.move(0, 0);
    for (const name of names)
      await expect(list(page).getByRole("checkbox", { name: name! })).toHaveCount(1);
  });
}

test("with the keyboard alone: x ticks, J and K go on, Escape lets go", async ({ sit }) => {
  const bima = await sit("bima");
  const { page } = bima;
  await bima.show("all");
  const links = list(page).getByRole("link");
  await links.first().focus();
  await page.keyboard.press("x");
  await expect(bar(page)).toContainText("1 selected");
  await page.keyboard.press("J");
  await page.keyboard.press("J");
  await expect(bar(page)).toContainText("3 selected");
  await expect(links.nth(2)).toBeFocused();
  await page.keyboard.press("K");
  await expect(bar(page)).toContainText("2 selected");
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);

  // Shift with the arrows ticks what it passes.
  await links.nth(1).focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(bar(page)).toContainText("3 selected");
  await expect(links.nth(3)).toBeFocused();
  await page.keyboard.press("Shift+ArrowUp");
  await expect(bar(page)).toContainText("2 selected");
  await page.keyboard.press("Escape");

  // The palette means the row that it was opened over.
  await links.nth(2).focus();
  await page.keyboard.press("Control+k");
  // Whatever is typed before the palette is there is typed into it, and does nothing to the row.
  await page.keyboard.type("Select this chat");
  await expect(page.getByRole("dialog").getByRole("combobox")).toHaveValue("Select this chat");
  await page.keyboard.press("Enter");
  await expect(list(page).getByRole("checkbox").nth(2)).toBeChecked();
  await expect(bar(page)).toContainText("1 selected");
  await bar(page).getByRole("button", { name: "Let go of the selection" }).click();

  const boxes = list(page).getByRole("checkbox");
  await links.first().focus();
  await page.keyboard.press("Tab");
  await expect(boxes.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(boxes.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await expect(bar(page)).toContainText("1 selected");
  await act({ page } as Desk, "Mark as unread");
  await expect(notes(page)).toContainText("1 chat marked as unread");
});

test("what leaves the list while it is ticked loses its tick, and the number says so", async ({
  sit,
}) => {
  const [bima, citra] = [await sit("bima"), await sit("citra")];
  const { page } = bima;
  await bima.show("all");
  const hannah = list(page).getByRole("checkbox", { name: /Hannah Kim/ });
  await rows(page).filter({ hasText: "Hannah Kim" }).hover();
  await hannah.click();
  await list(page)
    .getByRole("checkbox", { name: /^(?!.*Hannah)/ })
    .first()
    .click();
  await expect(bar(page)).toContainText("2 selected");
  await citra.open(/Hannah Kim/);
  await citra.page.keyboard.press("e");
  await expect(bar(page)).toContainText("1 selected");
  await expect(page.getByRole("status").filter({ hasText: "1 selected" })).toHaveCount(1);
});

test("all that match are counted, acted on, and what may not be done is told", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Is anybody there?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("all");
  await expect(citra.row(/Is anybody there/)).toBeVisible();
  const count = await rows(page).first().getAttribute("aria-setsize");
  await rows(page).first().hover();
  await list(page).getByRole("checkbox").first().click();
  await bar(page).getByRole("checkbox").click();
  // An agent closes what is his; what waits in the queue is not.
  await act(citra, "Close with a reason");
  const dialog = page.getByRole("dialog", { name: `Close ${count} chats` });
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(bar(page)).toContainText(/chats? (was|were) left/);
  await expect(bar(page)).toContainText("you may not do this there");
  await expect(citra.row(/Is anybody there/)).toBeVisible();
  await expectAccessible(page, "what was left");
  await page.screenshot({ path: "screenshots/selecting-left-1440.png" });
  await bar(page).getByRole("button", { name: "Let go of the selection" }).click();
  await expect(bar(page)).toHaveCount(0);
});

// R144
test("all that match are counted by the server, also what was never shown", async ({
  sit,
  server,
}) => {
  test.slow();
  const bima = await sit("bima");
  const { page } = bima;
  const from = { headers: { origin: server.url } };
  const { items } = (await (await page.request.get(`${server.url}/api/v1/inboxes`)).json()) as {
    items: { id: string }[];
  };
  for (let n = 0; n < MANY; n++) {
    const visitor = { inbox_id: items[0]!.id, origin: server.url, locale: "en" };
    const made = await page.request.post(`${server.url}/w/api/v1/visitors`, {
      ...from,
      data: visitor,
    });
    const { token } = (await made.json()) as { token: string };
    const id = `ent_019aa16bfc1d733f94c93a42${n.toString(16).padStart(8, "0")}`;
    const said = await page.request.post(`${server.url}/w/api/v1/messages`, {
      headers: { ...from.headers, authorization: `Bearer ${token}` },
      data: { id, text: `Question ${n}`, file_ids: [] },
    });
    expect(said.status()).toBe(201);
  }
  await bima.show("queue");
  const queued = Number(
    (
      await page
        .getByRole("link", { name: /^Queue \d/ })
        .first()
        .innerText()
    ).match(/\d+/)![0],
  );
  expect(queued).toBeGreaterThanOrEqual(MANY);
  await rows(page).first().hover();
  await list(page).getByRole("checkbox").first().click();
  await bar(page).getByRole("checkbox").click();
  await expect(bar(page)).not.toContainText(`${queued} selected`);
  await bar(page)
    .getByRole("button", { name: /^Select all .*that match$/ })
    .click();
  await expect(bar(page)).toContainText(`${queued} selected`);
  await expectAccessible(page, "all that match");
  await page.screenshot({ path: "screenshots/selecting-all-1440.png" });
  await act(bima, "Mark as read");
  await expect(notes(page)).toContainText(`${queued} chats marked as read`);
  await expect(bar(page)).toHaveCount(0);
  await notes(page).getByRole("button", { name: "Undo" }).click();
  await expect(notes(page)).toContainText("Undone for");
});

test("by touch a long one on a row begins, and the way to begin is there to see", async ({
  sit,
}) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const bima = await sit("bima", phone);
  const { page } = bima;
  await bima.show("all");
  await page.getByRole("button", { name: "Select chats" }).tap();
  await expect(bar(page)).toContainText("0 selected");
  await list(page).getByRole("checkbox").first().tap();
  await expect(bar(page)).toContainText("1 selected");
  await expectAccessible(page, "selecting on a phone");
  await page.screenshot({ path: "screenshots/selecting-390.png" });
  await bar(page).getByRole("button", { name: "Let go of the selection" }).tap();

  const second = list(page).getByRole("link").nth(1);
  const box = (await second.boundingBox())!;
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const touch = await page.context().newCDPSession(page);
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [at] });
  await expect(bar(page)).toContainText("1 selected");
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect(page).toHaveURL(/\/chats\/all$/);
  await expect(list(page).getByRole("checkbox").nth(1)).toBeChecked();
});

test("the keys of one chat are about all that are ticked, and no note outlives a sign-in", async ({
  sit,
}) => {
  const bima = await sit("bima");
  const { page } = bima;
  await bima.show("all");
  await list(page).getByRole("link").first().focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+J");
  await page.keyboard.press("Shift+J");
  await expect(bar(page)).toContainText("3 selected");
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "Close 3 chats" });
  await dialog.getByRole("button", { name: "Close", exact: true }).last().press("Enter");
  await expect(notes(page)).toContainText("3 chats closed");
  await page.getByRole("button", { name: /account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByLabel("Email")).toBeVisible();
  await expect(page.getByText("3 chats closed")).toHaveCount(0);
});
