// How a visitor came and with what, and what his site tells of him: read at the desk, as far as it is declared.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";
import { Visitor } from "../support/visitor";

const PHONE =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) " +
  "Chrome/131.0.0.0 Mobile Safari/537.36";

// R262, R263, R264, R265, R266, R268, R269, R270, R271, R274, R277, R278, C27
test("how a visitor came, how often and with what stands beside his chat", async ({
  sit,
  browse,
  server,
}) => {
  test.slow();
  const options = { userAgent: PHONE, locale: "en-ID", timezoneId: "Asia/Jakarta" };
  const shop = await browse(options);
  await shop.goto(`${server.url}/demo?utm_source=Ngopi&utm_medium=email&utm_campaign=may`, {
    referer: "https://mail.google.com/",
  });
  await shop.waitForFunction(() => "Sapa" in window);
  const visitor = new Visitor(shop);
  await visitor.open();
  await visitor.say("Is the Gayo roast back?");
  await expect(visitor.frame.getByRole("img", { name: "Sent" })).toBeVisible();

  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Gayo roast back/);
  const info = page.getByRole("complementary", { name: "Contact and details" });
  const said = (name: string) =>
    info.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
  await expect(said("Came from")).toContainText("Ngopi · E-mail");
  await expect(said("First page")).toContainText("/demo");
  await expect(said("Campaign")).toContainText("may");
  await expect(said("This visit")).toContainText("1 page");
  await expect(said("Visits")).toContainText("1");
  await expect(said("Browser")).toContainText("Chrome 131");
  await expect(said("System")).toContainText("Android 14");
  await expect(said("Device")).toContainText("Phone");
  await expect(said("Language").last()).toContainText("English (Indonesia)");
  // Told when the page is at rest.
  await expect(said("Local time")).toContainText(/\d/, { timeout: 15_000 });
  await expect(info.getByText("Came first from")).toBeVisible();
  await said("Local time").scrollIntoViewIfNeeded();
  await expectAccessible(page, "a chat with all that is known of a visit");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `screenshots/visit-${colorScheme}-1440.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });

  await citra.say("It is, since Monday");
  await expect(visitor.message("since Monday")).toBeVisible();

  // Another session has a way of its own, and the contact keeps the first.
  await page.locator("header").getByRole("button", { name: "Close", exact: true }).first().click();
  await expect(visitor.frame.getByText("This conversation was closed")).toBeVisible();
  await shop.goto(`${server.url}/demo?gclid=x`);
  await shop.waitForFunction(() => "Sapa" in window);
  await visitor.open();
  await visitor.say("One more question");
  await citra.show("mine");
  await citra.open(/One more question/);
  await expect(said("Came from")).toContainText("Google Ads · Advertisement");
  await expect(info.getByText("Ngopi · E-mail")).toBeVisible();
  await expect(said("Messages")).toContainText("2 received · 1 sent");
  await info.getByText("Sessions of this chat").click();
  await expect(info.getByText(/^Open · Google Ads/)).toBeVisible();
  await expect(info.getByText(/ · Ngopi · E-mail$/)).toBeVisible();
  await expect(citra.message("Gayo roast back")).toBeVisible();
  await expectAccessible(page, "the sessions of a chat");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.keyboard.press("i");
  const drawer = page.getByRole("dialog", { name: "Visitor" });
  await drawer.getByText("Sessions of this chat").click();
  await expect(drawer.getByText(/ · Ngopi · E-mail$/)).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `screenshots/visit-${colorScheme}-390.png` });
  }
});

// R272, R273
test("data of the site are shown once an administrator declared them", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.page.evaluate(() =>
    (window as unknown as { Sapa: unknown[] }).Sapa.push([
      "data",
      { basket: "185000 IDR", vip: true, cart: "https://shop.example/cart/7", secret: "x1" },
    ]),
  );
  await visitor.say("Do you ship to Bali?");
  await expect(visitor.frame.getByRole("img", { name: "Sent" })).toBeVisible();
  const ayu = await sit("ayu");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/ship to Bali/);
  const info = citra.page.getByRole("complementary", { name: "Contact and details" });
  await expect(info.getByText("Browser and place")).toBeVisible();
  await expect(info.getByText("From the page (unverified)")).toHaveCount(0);
  await expect(info.getByText("x1")).toHaveCount(0);

  const { page } = ayu;
  await ayu.show("queue");
  await ayu.open(/ship to Bali/);
  await page.getByText("4 values are not set up").scrollIntoViewIfNeeded();
  await page.getByRole("link", { name: "Set up data from the site" }).click();
  await expect(page.getByText("Nothing is shown yet")).toBeVisible();
  const declare = async (name: string, label: string, kind: string) => {
    await page.getByRole("button", { name: "New value" }).click();
    const dialog = page.getByRole("dialog", { name: "New value" });
    await dialog.getByLabel("Name on the site").fill(name);
    await dialog.getByLabel("Label").fill(label);
    await dialog.getByLabel("Kind").selectOption(kind);
    if (name === "basket") {
      await expectAccessible(page, "the dialog of a value of pages");
      await page.screenshot({ path: "screenshots/data-field-dialog.png" });
    }
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toHaveCount(0);
  };
  await declare("basket", "Basket", "Amount of money");
  await declare("vip", "Regular", "Yes or no");
  await declare("cart", "Open basket", "Link");
  await expectAccessible(page, "the values of pages");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `screenshots/data-fields-${colorScheme}-1440.png` });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "screenshots/data-fields-390.png" });

  // At once, where somebody looks at the chat.
  await expect(info.getByText("From the page (unverified)")).toBeVisible();
  await expect(info.getByText(/IDR\s185,000/)).toBeVisible();
  await expect(info.getByText("Regular")).toBeVisible();
  const cart = info.getByRole("link", { name: "https://shop.example/cart/7" });
  await expect(cart).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expect(info.getByText("x1")).toHaveCount(0);
  await cart.scrollIntoViewIfNeeded();
  await expectAccessible(citra.page, "a chat with data of the page");
  await citra.page.screenshot({ path: "screenshots/page-data-1440.png" });
  await page.getByRole("button", { name: "Remove Basket" }).click();
  await expect(info.getByText(/IDR\s185,000/)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(info.getByText(/IDR\s185,000/)).toBeVisible();
});

// R271, R274, R275, R276, R277
test("the chats of a contact stand with his record, and one of them opens with a click", async ({
  sit,
}) => {
  const { page, thread } = await sit("ayu");
  await page.getByRole("link", { name: "Contacts" }).click();
  const row = page.getByRole("row").filter({ hasText: "Putri Maharani" });
  await row.getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Putri Maharani" });
  const chats = drawer.getByRole("region", { name: "Chats with this contact" });
  await expect(chats.getByText(/\d+ messages so far/)).toBeVisible();
  await chats.getByRole("listitem").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/chats\/all\/cnv_/);
  await expect(thread.getByText("Di web tulisannya")).toBeVisible();
});
