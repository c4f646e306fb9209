// The network goes and comes: what was written meanwhile leaves once, in order; what was missed arrives.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R034
test("a visitor writes offline, an agent too, and both end with the same thread", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Anybody there?");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Anybody there/);
  await citra.say("Good morning!");
  await expect(visitor.message("Good morning!")).toBeVisible();

  await visitor.page.context().setOffline(true);
  for (const text of ["first", "second", "third"]) await visitor.say(text);
  await expect(visitor.message("third").getByRole("img", { name: "Sending" })).toBeVisible();
  // Nothing else stands beside what waits.
  expect((await visitor.message("third").innerText()).split("\n")).not.toContain("0");
  await citra.say("While you were away");
  await expect(
    citra.message("While you were away").getByRole("img", { name: "Sent" }),
  ).toBeVisible();
  await expect(citra.thread.getByText("first")).toHaveCount(0);

  await visitor.page.context().setOffline(false);
  await expect(visitor.message("While you were away")).toBeVisible();
  await expect(citra.message("third")).toBeVisible();

  await citra.page.context().setOffline(true);
  await citra.say("alpha");
  await citra.say("beta");
  await visitor.say("fourth");
  await expect(visitor.message("fourth").getByRole("img", { name: "Sent" })).toBeVisible();
  await citra.page.context().setOffline(false);
  await expect(citra.message("fourth")).toBeVisible();
  await expect(visitor.message("beta")).toBeVisible();

  const words = [
    "Anybody there?",
    "Good morning!",
    "first",
    "second",
    "third",
    "fourth",
    "alpha",
    "beta",
    "While you were away",
  ];
  for (const side of [visitor.thread, citra.thread]) {
    const texts = await side.getByRole("article").allInnerTexts();
    const found = texts.flatMap((text) => words.filter((word) => text.split("\n").includes(word)));
    expect([...found].sort()).toEqual([...words].sort());
    const order = (word: string) => found.indexOf(word);
    expect([order("first"), order("second"), order("third")]).toEqual(
      [order("first"), order("second"), order("third")].sort((a, b) => a - b),
    );
    expect(order("alpha")).toBeLessThan(order("beta"));
  }
});

// R137
test("what an agent typed survives a reload without a network", async ({ sit }) => {
  const citra = await sit("citra");
  await citra.open(/Sarah Whitfield/);
  await citra.reply.fill("You can drink it within a week");
  await citra.page.reload();
  await expect(citra.reply).toHaveValue("You can drink it within a week");
});

// R082
test("a part that was asked for without a network comes whole with it", async ({ sit }) => {
  const bima = await sit("bima");
  const { page } = bima;
  await bima.show("all");
  await page.context().setOffline(true);
  await page.keyboard.press("Control+k");
  await expect(page.getByText("This part could not be loaded")).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText("This part could not be loaded")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search and commands" })).toBeFocused();
  const place = () =>
    page.getByRole("dialog").evaluate((box) => getComputedStyle(box).getPropertyValue("position"));
  await expect.poll(place).toBe("fixed");
});

// R075
test("a list that was asked for without a network comes with it, and so does what a page of settings shows", async ({
  sit,
  server,
}) => {
  const ayu = await sit("ayu");
  const { page } = ayu;
  const failed = page.getByText("This list could not be loaded");
  await page.context().setOffline(true);
  await page
    .getByRole("link", { name: /^Closed/ })
    .first()
    .click();
  await expect(failed).toBeVisible();
  await page.context().setOffline(false);
  await expect(ayu.row(/Intan Permata/)).toBeVisible();
  await expect(failed).toHaveCount(0);

  await page.goto(`${server.url}/settings/roles`);
  await expect(page.getByText("Chat administrator", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Tags" }).click();
  await expect(page.getByText("Brewing")).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Roles" }).click();
  await expect(failed).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText("Chat administrator", { exact: true })).toBeVisible();
});

// R024
test("what is done to a chat without a network says that it was not, and what waits is told apart", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Are you there?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Are you there/);
  await citra.say("I am");
  await expect(visitor.message("I am")).toBeVisible();
  await page.context().setOffline(true);
  await citra.say("One moment");
  await citra.thread.focus();
  await page.keyboard.press("e");
  // The answer before it waits too, and what is done behind it waits with it.
  await page.getByRole("button", { name: "Close", exact: true }).click();
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("Not done: the server cannot be reached.");
  await page.screenshot({ path: "screenshots/offline-close-1440.png" });
  await page.context().setOffline(false);
  await expect(visitor.message("One moment")).toBeVisible();
  await expect(visitor.frame.getByText("This conversation was closed")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a file that is chosen without a network waits, is not lost and goes with its message, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const visitor = await visit();
    await visitor.say("May I have the tariff?");
    const citra = await sit("citra", { colorScheme });
    const { page } = citra;
    await citra.show("queue");
    await citra.open(/the tariff/);
    await citra.say("A moment");
    await expect(visitor.message("A moment")).toBeVisible();
    const name = "prices.txt";
    const files = page.getByRole("list", { name: "Attachments" });
    await page.context().setOffline(true);
    await page
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from("Gayo 250000") });
    await expect(page.getByText("No network. The files stay here")).toBeVisible();
    await expect(files).toContainText("Waits for the network");
    await page.screenshot({ path: `screenshots/file-offline-1440-${colorScheme}.png` });
    await expectAccessible(page, "a file without a network");

    // Another chat meanwhile: it is there again.
    await citra.show("mine");
    await citra.open(/Hannah Kim/);
    await expect(files).toHaveCount(0);
    await citra.open(/A moment/);
    await expect(files).toContainText(name);
    await citra.say("Here they are");
    await expect(page.getByText("Sent when the network is back")).toBeVisible();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `screenshots/file-offline-390-${colorScheme}.png` });
    await page.context().setOffline(false);
    await expect(visitor.message("Here they are")).toContainText(name, { timeout: 30_000 });
    await expect(files).toHaveCount(0);
  });
}
