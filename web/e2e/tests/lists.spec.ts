// Lists narrowed and sorted: by quick filters, in the window, by keys and by links; followed live.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const quick = (page: Page, name: string) =>
  page
    .getByRole("navigation", { name: "Quick filters" })
    .getByRole("link", { name: new RegExp(`^${name}( \\d+)?$`) });
const window_ = (page: Page) => page.getByRole("dialog", { name: "Filters and sorting" });
const chips = (page: Page) => page.getByRole("list", { name: "Filters that are on" });
const rows = ({ page }: Desk) => page.getByRole("list", { name: "Chats" }).getByRole("listitem");
const tags = (page: Page) => window_(page).getByRole("listbox", { name: "Find a tag" });
const tag = (page: Page, name: string) => tags(page).getByRole("option", { name });

// R073, R077, R078, R079, C13
test("quick filters narrow each list, and each is a link that a colleague can open", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  // All rows of the list fit.
  const bima = await sit("bima", { viewport: { width: 1280, height: 2_400 } });
  const { page } = bima;
  await bima.show("all");
  await expect(bima.row(/Agus Setiawan/)).toBeVisible();
  await expect(quick(page, "All")).toHaveAttribute("aria-current", "true");

  await quick(page, "Waiting").click();
  await expect(page).toHaveURL(/\/chats\/all\?waiting=true$/);
  await expect(bima.row(/Agus Setiawan/)).toHaveCount(0);
  await expect(rows(bima).first()).toBeVisible();

  // Live: whoever writes comes in, whoever is answered goes.
  const visitor = await visit();
  await visitor.say("Does the shop open on Sunday?");
  await expect(bima.row(/Does the shop open on Sunday/)).toBeVisible();
  await bima.open(/Does the shop open on Sunday/);
  await expect(page).toHaveURL(/\/chats\/all\/cnv_\w+\?waiting=true$/);
  await bima.say("From ten to four.");
  await page.mouse.move(0, 0);
  await expect(bima.row(/From ten to four|Does the shop/)).toHaveCount(0);

  await quick(page, "Solved").click();
  await expect(page).toHaveURL(/solved=true/);
  await expect(rows(bima).first()).toBeVisible();
  await expectAccessible(page, "a narrowed list");
  const address = page.url();

  const ayu = await sit("ayu");
  await ayu.page.goto(address);
  await expect(quick(ayu.page, "Solved")).toHaveAttribute("aria-current", "true");
  await expect(rows(ayu).first()).toBeVisible();

  // It is come back to as it was left; a link of a colleague is not remembered.
  await bima.show("queue");
  await bima.show("all");
  await expect(page).toHaveURL(/\/chats\/all\?solved=true$/);
  await page.goto(`${server.url}/chats/all`);
  await expect(quick(page, "All")).toHaveAttribute("aria-current", "true");
  await ayu.show("mine");
  await ayu.show("all");
  await expect(ayu.page).toHaveURL(/\/chats\/all$/);
});

for (const colorScheme of ["light", "dark"] as const) {
  // R090, R147, R151, R153, R154, R155, R157, R158, R159, R164, R165, R166, R167, R168, R169, R170, R172, R173, R174, C14
  test(`the window of filters and sorting, in ${colorScheme}`, async ({ sit }) => {
    test.slow();
    const bima = await sit("bima", { colorScheme });
    const { page } = bima;
    await bima.show("all");
    const all = await rows(bima).count();

    await page.keyboard.press("f");
    await expect(window_(page)).toBeVisible();
    const sort = (name: string) => window_(page).getByRole("radio", { name, exact: true });
    await expect(sort("Processing order")).toBeDisabled();
    await expect(window_(page)).toContainText("offered once a time limit for answers is set");
    await expect(sort("Last activity")).toBeChecked();
    await expectAccessible(page, "the window of filters");
    await page.screenshot({ path: `screenshots/filters-1440-${colorScheme}.png` });

    await sort("Oldest first").click();
    await expect(page).toHaveURL(/sort=oldest/);
    const times = await page
      .getByRole("list", { name: "Chats" })
      .locator("time")
      .evaluateAll((all) => all.map((one) => one.getAttribute("datetime")!));
    expect(times).toEqual([...times].sort());

    await window_(page)
      .getByRole("combobox", { name: "Last message by" })
      .selectOption("The customer");
    await expect(chips(page)).toContainText("The customer wrote last");
    await window_(page)
      .getByRole("button", { name: /^Assignee/ })
      .click();
    await window_(page).getByRole("combobox", { name: "Find an assignee" }).fill("citra");
    await page.keyboard.press("Enter");
    await expect(chips(page)).toContainText("Citra");
    await page.keyboard.press("Escape");
    await expect(window_(page)).toHaveCount(0);
    await chips(page)
      .getByRole("button", { name: "Remove the filter The customer wrote last" })
      .click();
    await expect(page).not.toHaveURL(/last_by/);
    await page.screenshot({ path: `screenshots/filtered-1440-${colorScheme}.png` });

    // Tags: one switches to those of the list, several must all be there, none excludes the list.
    await page.getByRole("button", { name: /^Filters and sorting: 2/ }).click();
    await window_(page).getByRole("button", { name: "Clear filters" }).click();
    await expect(page).toHaveURL(/\/chats\/all$/);
    await expect(rows(bima)).toHaveCount(all);
    await window_(page).getByRole("combobox", { name: "Find a tag" }).fill("ship");
    await tag(page, "Shipping").click();
    await expect(window_(page).getByRole("radio", { name: "From the list" })).toBeChecked();
    await expect(page).toHaveURL(/tags=tag_\w+$/);
    await window_(page).getByRole("combobox", { name: "Find a tag" }).fill("");
    await expect(tags(page).getByRole("option").first()).toContainText("Shipping");
    await tag(page, "Regular").click();
    await expect(window_(page).getByRole("radio", { name: "All of them" })).toBeChecked();
    await page.screenshot({ path: `screenshots/filters-tags-1440-${colorScheme}.png` });
    await expectAccessible(page, "tags in the window of filters");
    await window_(page).getByText("One is enough").click();
    await expect(page).toHaveURL(/any_tag=true/);
    await window_(page).getByText("No tags", { exact: true }).click();
    await expect(page).toHaveURL(/tags=none/);
    await expect(tag(page, "Shipping")).toHaveAttribute("aria-disabled", "true");
    await window_(page).getByText("From the list", { exact: true }).click();
    await expect(page).not.toHaveURL(/tags=/);
    await expect(tag(page, "Shipping")).not.toHaveAttribute("aria-disabled", "true");
    await window_(page).getByText("Any", { exact: true }).click();

    await window_(page).getByRole("switch", { name: "Pinned only" }).click();
    await expect(tags(page).getByRole("option")).toHaveText([/Regular/]);
    await window_(page).getByRole("combobox", { name: "Status" }).selectOption("Closed");
    await window_(page).getByRole("button", { name: "Done" }).click();
    await expect(rows(bima).first().getByRole("list", { name: "Tags" })).toContainText("Regular");
    await page.screenshot({ path: `screenshots/pinned-1440-${colorScheme}.png` });

    for (const width of [1280, 768, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.getByRole("button", { name: /^Filters and sorting/ }).click();
      await expect(window_(page)).toBeVisible();
      await expectAccessible(page, `the window of filters at ${width}`);
      await page.screenshot({ path: `screenshots/filters-${width}-${colorScheme}.png` });
      await page.keyboard.press("Escape");
    }
  });
}

// R148, R149, R150, R151, C12
test("where a time limit holds, who waits longest comes first, and who is answered goes below", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const ayu = await sit("ayu");
  const { page } = ayu;
  await ayu.show("queue");
  const first = rows(ayu).first();
  const newest = await first.getByRole("link").getAttribute("id");
  const limited = await page.request.put(`${server.url}/api/v1/time-limit`, {
    data: { limit: { warning_seconds: null, processing_seconds: 3600 } },
    headers: { origin: server.url },
  });
  expect(limited.ok()).toBe(true);

  // The desk hears of it: the newest is not the first any more.
  await expect(first.getByRole("link")).not.toHaveAttribute("id", newest!);
  await page.keyboard.press("f");
  const sort = (name: string) => window_(page).getByRole("radio", { name, exact: true });
  await expect(sort("Processing order")).toBeChecked();
  await expect(sort("Processing order")).toBeEnabled();
  await page.screenshot({ path: "screenshots/processing-1440-light.png" });
  await sort("Last activity").click();
  await expect(page).toHaveURL(/sort=activity/);
  await expect(chips(page)).toContainText("Last activity");
  await sort("Processing order").click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/chats\/queue$/);

  const visitor = await visit();
  await visitor.say("Who is the newest here?");
  await page.mouse.move(0, 0);
  await expect(ayu.row(/Who is the newest here/)).toBeVisible();
  await expect(first).not.toContainText("Who is the newest here");
  // Loaded anew it is the same.
  const drawn = () =>
    page
      .getByRole("list", { name: "Chats" })
      .getByRole("link")
      .evaluateAll((all) => all.map((one) => one.id));
  const before = await drawn();
  await page.reload();
  await expect(rows(ayu).first()).toBeVisible();
  expect(await drawn()).toEqual(before);
});

// R205, R207, R208
test("whoever may take what waits sees how many there are below each list", async ({
  sit,
  visit,
}) => {
  const [citra, bima] = [await sit("citra"), await sit("bima")];
  const below = ({ page }: Desk) => page.getByRole("button", { name: /Take the next chat/ });
  await citra.show("queue");
  const waiting = await rows(citra).count();
  await expect(below(citra)).toHaveAccessibleName(new RegExp(`^${waiting} `));
  await bima.show("closed");
  await expect(below(bima)).toHaveAccessibleName(new RegExp(`^${waiting} `));
  await citra.page.screenshot({ path: "screenshots/waiting-agent.png" });
  await bima.page.screenshot({ path: "screenshots/waiting-supervisor.png" });
  const visitor = await visit();
  await visitor.say("Is anybody there?");
  for (const desk of [citra, bima]) {
    await expect(below(desk)).toHaveAccessibleName(new RegExp(`^${waiting + 1} `));
  }
});

// C07
test("closed chats are narrowed by why they were closed", async ({ sit }) => {
  const bima = await sit("bima");
  const { page } = bima;
  await bima.show("closed");
  const all = await rows(bima).count();
  await page.getByRole("button", { name: "Filters and sorting" }).click();
  await window_(page).getByRole("combobox", { name: "Closed because" }).selectOption("No reply");
  await expect(page).toHaveURL(/\/chats\/closed\?reason=no_reply$/);
  await expect(chips(page)).toContainText("Closed: no reply");
  await expectAccessible(page, "the window of filters of closed chats");
  await expect.poll(() => rows(bima).count()).toBeLessThan(all);
  await window_(page).getByRole("combobox", { name: "Closed because" }).selectOption("Any reason");
  await expect(rows(bima)).toHaveCount(all);
});

test("a list without a match says so and can be cleared", async ({ sit, server }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await page.goto(`${server.url}/chats/snoozed?reason=spam&unread=true`);
  await expect(page.getByText("No chats match these filters")).toBeVisible();
  await expectAccessible(page, "an empty narrowed list");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/chats\/snoozed$/);
});

// C24
test("strangers are told apart by a code of their own, the same everywhere", async ({
  sit,
  visit,
}) => {
  const [one, other] = [await visit(), await visit()];
  await one.say("Do you have decaf?");
  await other.say("Do you have tea?");
  const citra = await sit("citra");
  await citra.show("queue");
  const name = async (words: RegExp) =>
    /Visitor [0-9A-Z]{4}/.exec((await citra.row(words).innerText()).replaceAll("\n", " "))?.[0];
  await expect(citra.row(/have tea/)).toBeVisible();
  const [decaf, tea] = [await name(/have decaf/), await name(/have tea/)];
  expect(decaf).toBeTruthy();
  expect(tea).toBeTruthy();
  expect(decaf).not.toBe(tea);
  await citra.open(/have tea/);
  await expect(citra.page.getByRole("heading", { name: tea! }).first()).toBeVisible();
  await expect(citra.message("have tea")).toContainText(tea!);
  await citra.page.screenshot({ path: "screenshots/strangers-1440.png" });
});
