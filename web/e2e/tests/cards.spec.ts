// Links and offers as cards: written at the desk, opened by the customer, and the team sees that he did.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

/** One white dot. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=",
  "base64",
);

// R260, R261, R290
test("an offer goes to the customer, who opens it, and both see what it is", async ({
  server,
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("What do you recommend?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/recommend/);

  await page.getByRole("button", { name: "Add a card" }).click();
  const dialog = page.getByRole("dialog", { name: "Card" });
  await dialog.getByRole("textbox", { name: "Link" }).fill("javascript:alert(1)");
  await dialog.getByRole("button", { name: "Add to the message" }).click();
  await expect(dialog.getByRole("alert").filter({ hasText: "address of a website" })).toBeVisible();
  await expect(dialog.getByRole("alert").filter({ hasText: "few words" })).toBeVisible();
  await dialog.getByRole("textbox", { name: "Link" }).fill(`${server.url}/demo`);
  await dialog.getByRole("textbox", { name: "Title" }).fill("Kopi Gayo");
  await dialog.getByRole("textbox", { name: "Text" }).fill("Fresh from Aceh");
  await dialog.getByRole("textbox", { name: "Price" }).fill("Rp 250.000");
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "gayo.png", mimeType: "image/png", buffer: PICTURE });
  await expect(dialog.getByRole("combobox", { name: "Picture" })).not.toHaveValue("");
  const preview = dialog.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("Kopi Gayo");
  await expect(preview).toContainText("Rp 250.000");
  await expect(dialog.getByText("address of a website")).toHaveCount(0);
  await expectAccessible(page, "the card's window");
  await page.screenshot({ path: "screenshots/card-dialog.png" });
  await dialog.getByRole("button", { name: "Add to the message" }).click();

  await expect(citra.reply).toBeFocused();
  await expect(page.getByRole("group", { name: "Card" })).toContainText("Kopi Gayo");
  // A draft with its card is there again.
  await page.waitForTimeout(500);
  await page.reload();
  await expect(page.getByRole("group", { name: "Card" })).toContainText("Kopi Gayo");
  await citra.reply.press("Enter");
  await expect(page.getByRole("group", { name: "Card" })).toHaveCount(0);

  const sent = citra.message("Kopi Gayo");
  await expect(sent.getByRole("link", { name: "Kopi Gayo" })).toHaveAttribute("rel", /noopener/);
  await expect(sent).toContainText(new URL(server.url).host);
  const shown = visitor.message("Kopi Gayo");
  await expect(shown).toContainText("Rp 250.000");
  await expect(shown).toContainText(new URL(server.url).host);
  await expect(shown.locator("img")).toBeVisible();
  await expect(sent).toContainText("Seen");
  await expectAccessible(visitor.frame, "the widget with a card");
  await visitor.page.screenshot({ path: "screenshots/card-widget.png" });
  const [opened] = await Promise.all([
    visitor.page.context().waitForEvent("page"),
    shown.getByRole("link", { name: /Open .*Kopi Gayo/ }).click(),
  ]);
  await opened.waitForLoadState();
  expect(await opened.evaluate(() => window.opener)).toBeNull();
  await expect(sent).toContainText("Opened");
  await expect(citra.thread).toContainText("opened the link «Kopi Gayo»");
  await expectAccessible(page, "a thread with a card");
  await page.screenshot({ path: "screenshots/card-thread.png" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(sent).toBeVisible();
  await expectAccessible(page, "a thread with a card, dark and narrow");
  await page.screenshot({ path: "screenshots/card-thread-dark-390.png" });
});

test("a card waits without a connection, and goes once", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Where do I read more?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/read more/);
  await page.getByRole("button", { name: "Add a card" }).click();
  const dialog = page.getByRole("dialog", { name: "Card" });
  await dialog.getByText("Link", { exact: true }).first().click();
  await expect(dialog.getByRole("textbox", { name: "Price" })).toHaveCount(0);
  await dialog.getByRole("textbox", { name: "Link" }).fill("kopi.example/help");
  await dialog.getByRole("textbox", { name: "Title" }).fill("How to brew");
  await dialog.getByRole("button", { name: "Add to the message" }).click();
  await page.context().setOffline(true);
  await citra.say("Here it is");
  await expect(
    citra.message("How to brew").getByRole("img", { name: /Waiting|Sending/ }),
  ).toBeVisible();
  await page.context().setOffline(false);
  await expect(visitor.message("How to brew")).toBeVisible();
  await expect(visitor.thread.getByRole("article").filter({ hasText: "How to brew" })).toHaveCount(
    1,
  );
});

test("an international domain is read in its letters, and an imitation is told", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Where do I buy it?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/buy it/);
  const add = async (link: string, title: string) => {
    await page.getByRole("button", { name: "Add a card" }).click();
    const dialog = page.getByRole("dialog", { name: "Card" });
    await dialog.getByRole("textbox", { name: "Link" }).fill(link);
    await dialog.getByRole("textbox", { name: "Title" }).fill(title);
    await dialog.getByRole("button", { name: "Add to the message" }).click();
    await citra.reply.press("Enter");
  };
  await add("https://rösterei-münchen.example/gayo", "Gayo in Munich");
  await add("https://kоpi.example/gayo", "Not ours");
  for (const side of [citra, visitor]) {
    await expect(side.message("Gayo in Munich")).toContainText("rösterei-münchen.example");
    await expect(side.message("Gayo in Munich")).not.toContainText("xn--");
    await expect(side.message("Not ours")).toContainText(/xn--.*\.example \(kоpi\.example\)/);
  }
  await page.screenshot({ path: "screenshots/card-domain-1440.png" });
  await visitor.page.screenshot({ path: "screenshots/card-domain-widget-1440.png" });
  await expectAccessible(visitor.frame, "the widget with cards of international domains");
});
