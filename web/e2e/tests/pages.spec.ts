// Which pages a visitor looks at: told with his first message and while he chats, read at the desk.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R097, R256, R257, R258
test("the desk sees where a visitor is, on a single-page site too, and can hide it again", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const ayu = await sit("ayu");
  const declared = await ayu.page.evaluate(async () => {
    const body = JSON.stringify({ name: "plan", label: "Plan", kind: "text", shown: true });
    const headers = { "content-type": "application/json" };
    const path = "/api/v1/data-fields/dfd_0198f3c2000070008000000000000001";
    return (await fetch(path, { method: "PUT", headers, body })).status;
  });
  expect(declared).toBe(200);
  const visitor = await visit();
  const go = (path: string, title: string) =>
    visitor.page.evaluate(
      ([path, title]) => {
        history.pushState(null, "", path);
        document.title = title!;
      },
      [path, title],
    );
  await go("/demo?order=KS-2231#secret", "Your order");
  await visitor.page.evaluate(() =>
    (window as unknown as { Sapa: unknown[] }).Sapa.push([
      "data",
      new Proxy({ plan: "gold", orders: 12 }, {}),
    ]),
  );
  // A single-page site is asked a moment after it changed its address.
  await expect
    .poll(() => visitor.frame.evaluate(() => JSON.stringify({ ...localStorage })))
    .toContain("KS-2231");
  await visitor.say("Where is my parcel?");
  await expect(visitor.frame.getByRole("img", { name: "Sent" })).toBeVisible();

  const citra = await sit("citra");
  const { page, thread } = citra;
  await citra.show("queue");
  await citra.open(/Where is my parcel/);
  const info = page.getByRole("complementary", { name: "Contact and details" });
  await expect(info.getByText("Your order")).toBeVisible();
  await expect(info.getByText("From the page (unverified)")).toBeVisible();
  await expect(info.getByText("gold")).toBeVisible();
  const current = info.getByRole("link", { name: "Open the current page" });
  await expect(current).toHaveAttribute("href", `${server.url}/demo?order=KS-2231`);
  await expect(current).toHaveAttribute("rel", "noopener noreferrer");
  await expect(info.getByText("as a stranger sees it")).toBeVisible();

  // Of the way nothing is shown before somebody asks; while he chats each page is told.
  await expect(thread.getByText("2 pages viewed")).toBeVisible();
  await go("/demo/cart", "Basket");
  await expect(info.getByText("Basket")).toBeVisible();
  await expect(page.getByText("1 page viewed")).toBeVisible();
  await visitor.page.evaluate(() =>
    (window as unknown as { Sapa: { page(told: object): void } }).Sapa.page({
      url: "/demo/checkout#step-2",
      title: "Checkout",
    }),
  );
  await expect(current).toHaveAttribute("href", `${server.url}/demo/checkout`);
  await expect(info.getByText("Checkout")).toBeVisible();
  await expect(citra.row(/Where is my parcel/)).not.toContainText("2 unread");
  await thread.getByRole("button", { name: "2 pages viewed" }).first().click();
  const pages = thread.getByText("Viewed /demo?order=KS-2231 and 1 more page");
  await expect(pages).toBeVisible();
  await pages.click();
  await expect(thread.getByRole("link", { name: "Your order" })).toBeVisible();
  await expectAccessible(page, "a thread with pages viewed");
  await page.screenshot({ path: "screenshots/pages-1440.png" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "screenshots/pages-dark.png" });
  await page.getByRole("button", { name: "Hide pages viewed" }).click();
  await expect(thread.getByText("Viewed /demo")).toHaveCount(0);

  await page.getByRole("button", { name: /^Navigation \d+$/ }).click();
  await expect(thread.getByText("Viewed /demo/checkout and 1 more page")).toBeVisible();
  await expect(thread.getByText("Where is my parcel?")).toHaveCount(0);
  await page.getByRole("button", { name: "Log" }).click();
  const log = page.getByRole("dialog", { name: "Log" });
  await log.getByLabel("Event").selectOption("Pages viewed");
  await expect(log.getByText(`${server.url}/demo/cart`)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "screenshots/pages-390.png" });
  await expect(visitor.thread.getByText("demo")).toHaveCount(0);
});

test("an inbox keeps no page visits when its owner says so", async ({ sit, visit, server }) => {
  const ayu = await sit("ayu");
  await ayu.page.goto(`${server.url}/settings/inboxes`);
  await ayu.page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await ayu.page.getByRole("switch", { name: "Page visits" }).click();
  await ayu.page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(ayu.page.getByText("Saved", { exact: true })).toBeVisible();
  const visitor = await visit();
  await visitor.say("Nobody looks over my shoulder");
  await expect(visitor.frame.getByRole("img", { name: "Sent" })).toBeVisible();
  await ayu.page.goto(`${server.url}/chats/queue`);
  await ayu.open(/over my shoulder/);
  await expect(ayu.thread.getByText("viewed")).toHaveCount(0);
  await expect(ayu.page.getByText("On the site")).toHaveCount(0);
});

test("words above a screenful of viewed pages are shown before they count as read", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Is anybody there?");
  await expect(
    visitor.message("Is anybody there?").getByRole("img", { name: "Sent" }),
  ).toBeVisible();
  // More than one page of the thread, and all of it folded.
  const answers = await visitor.frame.evaluate(async () => {
    const key = Object.keys(localStorage).find((name) => name.endsWith("token"))!;
    const token = JSON.parse(localStorage.getItem(key)!) as string;
    const statuses: number[] = [];
    for (let page = 0; page < 55; page++) {
      const body = JSON.stringify({ url: `https://shop.example/${page}`, title: "" });
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      statuses.push((await fetch("/w/api/v1/page", { method: "PUT", headers, body })).status);
    }
    return statuses;
  });
  expect(new Set(answers)).toEqual(new Set([204]));
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Is anybody there/);
  await expect(citra.thread.getByText("Is anybody there?")).toBeVisible();
  await expect(citra.row(/Is anybody there/)).not.toHaveAccessibleName(/unread/);
});

// R039, R195, R197, C16
test("who leaves the site is said to have left; the answer waits for the next visit", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("I have to catch a train");
  await expect(visitor.message("catch a train").getByRole("img", { name: "Sent" })).toBeVisible();
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/catch a train/);
  await expect(page.getByText("Now on")).toBeVisible();
  const shop = visitor.page.url();
  await visitor.page.goto("about:blank");
  const left = page.getByText(/Visitor \w{4} left the site\. .*\(under 1 min ago\)/);
  await expect(left).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Last on")).toBeVisible();
  await expectAccessible(page, "a chat whose visitor has left");
  await page.screenshot({ path: "screenshots/visitor-left.png" });
  await citra.say("Have a good trip!");
  const missed = citra.message("good trip").getByRole("img", { name: /^Not received/ });
  await expect(missed).toBeVisible();
  await expect(citra.message("good trip")).toContainText("Kept for the next visit.");
  await expectAccessible(page, "an answer that a visitor who left has not got");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await page.screenshot({ path: `screenshots/left-${colorScheme}-${width}.png` });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  // An inbox may treat it as waiting.
  const ayu = await sit("ayu");
  await ayu.page.goto(`${server.url}/settings/inboxes`);
  await ayu.page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await ayu.page.getByRole("switch", { name: /a visitor who left did not get/ }).click();
  await ayu.page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(ayu.page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(missed).toHaveCount(0);
  const waiting = citra
    .message("good trip")
    .getByRole("img", { name: "Waiting for the next visit" });
  await expect(waiting).toBeVisible();

  await visitor.enter(shop);
  await expect(visitor.message("good trip")).toBeVisible();
  await expect(left).toHaveCount(0);
  await expect(
    citra.message("good trip").getByRole("img", { name: /^(Sent|Read)$/ }),
  ).toBeVisible();
  await expect(citra.message("good trip")).not.toContainText("Kept for the next visit.");
});
