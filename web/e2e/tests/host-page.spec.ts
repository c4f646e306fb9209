// The widget on somebody else's page: from making the inbox to the first answer.

import { expectAccessible } from "../support/axe";
import { HostPage } from "../support/host";
import { expect, test } from "../support/test";
import { Visitor } from "../support/visitor";

test("an owner makes an inbox, pastes its two lines, and the whole chat works under a strict policy", async ({
  server,
  browse,
  sit,
}) => {
  const host = await HostPage.start(server.url);
  try {
    const ayu = await sit("ayu");
    await ayu.page.goto(`${server.url}/settings/inboxes/new`);
    await ayu.page.getByRole("textbox", { name: "Name" }).fill("Careful shop");
    await ayu.page.getByLabel("Title").fill("A careful shop");
    await ayu.page.getByRole("checkbox", { name: /Citra Dewi/ }).check();
    await ayu.page.getByPlaceholder("https://example.com").fill(host.url);
    await ayu.page.getByRole("button", { name: "Create inbox" }).click();
    const lines = ayu.page.getByRole("group", { name: "Two lines for your site" }).locator("pre");
    const snippet = await lines.innerText();
    expect(snippet.trim().split("\n")).toHaveLength(2);
    expect(snippet).toContain(`${server.url}/w.js`);

    host.carry(snippet);
    const visitor = new Visitor(await browse());
    await visitor.enter(host.url);
    await expect(visitor.frame.getByRole("heading", { name: "A careful shop" })).toBeVisible();
    await visitor.say("From another origin");
    const citra = await sit("citra");
    await citra.show("queue");
    await citra.open(/From another origin/);
    await citra.say("And back again");
    await expect(visitor.message("And back again")).toBeVisible();
    const broken = await visitor.page.evaluate(
      () => (window as { broken?: string[] }).broken ?? [],
    );
    expect(broken).toEqual([]);
  } finally {
    host.close();
  }
});

test("a site that the owner did not name cannot show the chat", async ({
  server,
  browse,
  sit,
  faults,
}) => {
  const host = await HostPage.start(server.url);
  try {
    const ayu = await sit("ayu");
    await ayu.page.goto(`${server.url}/settings/inboxes/new`);
    await ayu.page.getByRole("textbox", { name: "Name" }).fill("Elsewhere");
    await ayu.page.getByLabel("Title").fill("Elsewhere");
    await ayu.page.getByPlaceholder("https://example.com").fill("https://shop.example");
    await ayu.page.getByRole("button", { name: "Create inbox" }).click();
    const lines = ayu.page.getByRole("group", { name: "Two lines for your site" }).locator("pre");
    const snippet = await lines.innerText();
    host.carry(snippet);
    const page = await browse();
    const told = page.waitForEvent("console", (message) => /Allowed sites/.test(message.text()));
    await page.goto(host.url);
    await told;
    expect(await page.evaluate(() => "Sapa" in window)).toBe(false);

    // A page that tells nobody where it is gets the launcher, and the frame refuses.
    host.carry(snippet.replace("<script ", '<script referrerpolicy="no-referrer" '));
    await page.goto(host.url);
    await page.waitForFunction(() => "Sapa" in window);
    const refused = page.waitForEvent("console", (message) =>
      /frame-ancestors/.test(message.text()),
    );
    await page.evaluate(() => (window as unknown as { Sapa: { open(): void } }).Sapa.open());
    await refused;
    expect(page.frames().some((frame) => frame.url().includes("/w/inb_"))).toBe(false);
    // The refusal is the browser's own, and wanted.
    faults.length = 0;
  } finally {
    host.close();
  }
});

test("an inbox that is switched off leaves nothing on the page, and comes back", async ({
  server,
  browse,
  sit,
}) => {
  const ayu = await sit("ayu");
  await ayu.page.goto(`${server.url}/settings/inboxes`);
  await ayu.page
    .getByRole("link", { name: /Kopi Senja/ })
    .first()
    .click();
  const shown = ayu.page.getByRole("switch", { name: "Show the widget" });
  const save = ayu.page.getByRole("button", { name: "Save", exact: true }).last();
  const page = await browse();
  for (const on of [false, true]) {
    await shown.setChecked(on);
    await save.click();
    await expect(ayu.page.getByText("Saved").first()).toBeVisible();
    const script = page.waitForResponse(/w\.js/);
    await page.goto(`${server.url}/demo`);
    await (await script).finished();
    await expect
      .poll(() => page.evaluate(() => "Sapa" in window), { message: `the inbox is on: ${on}` })
      .toBe(on);
  }
});

test("a call that is none is named on the console, and the page goes on", async ({ visit }) => {
  const { page } = await visit();
  const told = page.waitForEvent("console", (message) => message.type() === "warning");
  await page.evaluate(() =>
    (window as unknown as { Sapa: { push(call: unknown[]): void } }).Sapa.push(["nope"]),
  );
  expect((await told).text()).toBe("Sapa: no call nope");
});

test("a page that runs from right to left has the chat on its left, and mirrored", async ({
  server,
  browse,
  sit,
}) => {
  const visitor = new Visitor(await browse());
  const { page } = visitor;
  let side = "";
  await page.route(`${server.url}/demo`, async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(/<html[^>]*>/, '<html lang="ar" dir="rtl">');
    await route.fulfill({ response, body: html.replace("<script ", `<script ${side} `) });
  });
  await page.goto(`${server.url}/demo`);
  await page.waitForFunction(() => "Sapa" in window);
  await visitor.open("left");
  await visitor.say("هل لديكم قهوة؟");
  await visitor.say("In Bandung.");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/In Bandung/);
  await citra.say("Yes, every day.");
  await expect(visitor.message("Yes, every day.")).toBeVisible();
  const place = async (what: { boundingBox(): Promise<{ x: number; width: number } | null> }) => {
    const found = await what.boundingBox();
    return found!.x + found!.width / 2;
  };
  const middle = await place(visitor.frame.getByRole("main"));
  expect(middle).toBeLessThan(400);
  expect(await place(visitor.message("Bandung").getByText("Bandung"))).toBeLessThan(middle);
  expect(await place(visitor.message("every day").getByText("every day"))).toBeGreaterThan(middle);
  expect(
    await place(visitor.frame.getByRole("button", { name: "Send", exact: true })),
  ).toBeLessThan(await place(visitor.frame.getByRole("button", { name: "Add files" })));
  await visitor.message("every day").hover();
  await page.screenshot({ path: "screenshots/widget-rtl.png" });
  await expectAccessible(visitor.frame, "the mirrored widget");

  side = 'data-side="right"';
  await page.reload();
  await page.waitForFunction(() => "Sapa" in window);
  await visitor.open("right");
  expect(await place(visitor.frame.getByRole("main"))).toBeGreaterThan(1_000);
});
