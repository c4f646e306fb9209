// The contact: what is known of him beside the chat, at every desk at once, and the table of all of them.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const info = (page: Page) => page.getByRole("complementary", { name: "Contact and details" });

/** Writes a field of the profile by keys. */
async function write(page: Page, label: string, text: string): Promise<void> {
  await info(page)
    .getByRole("button", { name: new RegExp(`^${label}: `) })
    .click();
  const field = info(page).getByRole("textbox", { name: label });
  await field.fill(text);
  await field.press("Enter");
}

async function declare({ page }: Desk, name: string, kind: string, choices = ""): Promise<void> {
  await page.getByRole("button", { name: "New attribute" }).click();
  const dialog = page.getByRole("dialog", { name: "New attribute" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Kind").selectOption({ label: kind });
  if (choices) await dialog.getByLabel("Choices").fill(choices);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  // R008, R009, R087, R088, R091, R123
  test(`what is known of a contact stands beside his chat, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const visitor = await visit();
    await visitor.say("Do you deliver to Bogor?");
    const ayu = await sit("ayu", { colorScheme });
    await ayu.page.getByRole("link", { name: "Settings" }).click();
    await ayu.page.getByRole("link", { name: "Attributes" }).click();
    await expect(ayu.page.getByRole("heading", { name: "Attributes", level: 1 })).toBeVisible();
    await expectAccessible(ayu.page, "no attributes");
    await declare(ayu, "Level", "Choice", "Gold\nSilver");
    await declare(ayu, "Birthday", "Date");
    await expect(ayu.page.getByText("Choice · 2 choices")).toBeVisible();
    await expectAccessible(ayu.page, "the page of attributes");
    await ayu.page.screenshot({ path: `screenshots/attributes-1440-${colorScheme}.png` });
    await ayu.page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(ayu.page, "the page of attributes on a phone");
    await ayu.page.screenshot({ path: `screenshots/attributes-390-${colorScheme}.png` });
    await ayu.page.setViewportSize({ width: 1440, height: 900 });

    const citra = await sit("citra", { colorScheme });
    const { page } = citra;
    await citra.show("queue");
    await citra.open(/deliver to Bogor/);
    await write(page, "First name", "Nadia");
    await expect(page.getByRole("heading", { name: "Nadia", level: 2 }).first()).toBeVisible();
    await write(page, "Last name", "Lestari");
    await write(page, "Email", "nadia@kopi.example");
    await expect(citra.row(/Nadia Lestari/)).toBeVisible();
    await info(page).getByRole("button", { name: "More details" }).click();
    await info(page).getByRole("combobox", { name: "Country" }).selectOption("ID");
    await info(page).getByRole("combobox", { name: "Level" }).selectOption("Gold");
    await write(page, "Email", "nobody");
    await expect(info(page).getByRole("alert")).toHaveText("That does not fit this field.");
    await page.keyboard.press("Escape");

    await info(page).getByRole("button", { name: "Add a note" }).click();
    await info(page).getByRole("textbox", { name: "Note" }).fill("Drinks no milk");
    await info(page).getByRole("button", { name: "Save", exact: true }).click();
    await expect(info(page).getByText("Drinks no milk")).toBeVisible();
    await expectAccessible(page, "what is known of a contact");
    await page.screenshot({ path: `screenshots/contact-1440-${colorScheme}.png` });
    await info(page).getByRole("button", { name: "More about the contact" }).click();
    await page.getByRole("menuitem", { name: "History" }).click();
    const history = page.getByRole("dialog", { name: "History" });
    await expect(history.getByText("First name: “Nadia”")).toBeVisible();
    await expectAccessible(page, "what was changed about a contact");
    await page.screenshot({ path: `screenshots/contact-history-${colorScheme}.png` });
    await page.keyboard.press("Escape");
    await expect(visitor.frame.getByText(/Lestari|milk|Gold/)).toHaveCount(0);

    // The other desk has it without asking.
    await ayu.page.getByRole("link", { name: "Contacts" }).click();
    await expect(ayu.page.getByRole("heading", { name: "Contacts", level: 1 })).toBeVisible();
    const row = ayu.page.getByRole("row").filter({ hasText: "Nadia Lestari" });
    await expect(row).toContainText("nadia@kopi.example");
    await expectAccessible(ayu.page, "the table of contacts");
    await ayu.page.screenshot({ path: `screenshots/contacts-1440-${colorScheme}.png` });
    await ayu.page.getByLabel("Find by name, email or number").fill("NADIA@kopi");
    await expect(ayu.page.getByRole("row")).toHaveCount(2);
    await row.getByRole("link").click();
    const drawer = ayu.page.getByRole("dialog", { name: "Nadia Lestari" });
    await expect(drawer.getByText("Drinks no milk")).toBeVisible();
    await expect(drawer.getByText("Do you deliver to Bogor?")).toBeVisible();
    await expectAccessible(ayu.page, "a contact beside the table");
    await ayu.page.screenshot({ path: `screenshots/contact-drawer-1440-${colorScheme}.png` });
    await ayu.page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(ayu.page, "a contact on a phone");
    await ayu.page.screenshot({ path: `screenshots/contact-drawer-390-${colorScheme}.png` });
    await ayu.page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
    await expectAccessible(ayu.page, "the table of contacts on a phone");
    await ayu.page.screenshot({ path: `screenshots/contacts-390-${colorScheme}.png` });
  });
}

test("two who write one field are shown both, and choose", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Where is my parcel?");
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  for (const desk of [citra, dimas]) {
    await desk.show("queue");
    await desk.open(/Where is my parcel/);
  }
  await info(dimas.page)
    .getByRole("button", { name: /^First name: / })
    .click();
  const field = info(dimas.page).getByRole("textbox", { name: "First name" });
  await field.fill("Nadya");
  await write(citra.page, "First name", "Nadia");
  await expect(dimas.row(/Nadia/)).toBeVisible();
  await field.press("Enter");
  await expect(
    info(dimas.page).getByText(/Citra.* changed this to “Nadia” meanwhile/),
  ).toBeVisible();
  await expectAccessible(dimas.page, "what two wrote");
  await dimas.page.screenshot({ path: "screenshots/contact-conflict.png" });
  await info(dimas.page).getByRole("button", { name: "Set it to “Nadya”" }).click();
  await expect(citra.row(/Nadya/)).toBeVisible();
  await expect(info(citra.page).getByRole("button", { name: /^First name: Nadya/ })).toBeVisible();
});

test("the table of contacts narrows, sorts and has the columns that I chose", async ({ sit }) => {
  test.slow();
  const ayu = await sit("ayu");
  const { page } = ayu;
  await page.getByRole("link", { name: "Contacts" }).click();
  await expect(page.getByRole("heading", { name: "Contacts", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "New contact" }).click();
  const dialog = page.getByRole("dialog", { name: "New contact" });
  await dialog.getByLabel("First name").fill("Østen");
  await dialog.getByLabel("Company").fill("Senja");
  await dialog.getByLabel("Phone").fill("0812 3456 7890");
  await expectAccessible(page, "a new contact");
  await page.screenshot({ path: "screenshots/contact-new.png" });
  await dialog.getByRole("button", { name: "Create" }).click();
  const drawer = page.getByRole("dialog", { name: "Østen" });
  await expect(drawer.getByText("None that you may see.")).toBeVisible();
  await page.keyboard.press("Escape");

  const find = page.getByLabel("Find by name, email or number");
  for (const words of ["osten", "7890", "+62 812"]) {
    await find.fill(words);
    await expect(page.getByRole("row").filter({ hasText: "Østen" }), words).toHaveCount(
      words === "+62 812" ? 0 : 1,
    );
  }
  await find.fill("");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Company" }).check();
  await expect(page.getByRole("columnheader", { name: "Company" })).toBeVisible();
  await expectAccessible(page, "the columns");
  await page.keyboard.press("Escape");
  await page.getByLabel("Sorted by").selectOption("name");
  await expect(page).toHaveURL(/sort=name/);
  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByRole("combobox", { name: "Email" }).selectOption("without");
  await page.getByRole("combobox", { name: "Phone" }).selectOption("with");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expectAccessible(page, "the filters");
  await page.screenshot({ path: "screenshots/contacts-filters.png" });
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "Østen" })).toContainText("Senja");
  await expect(page.getByRole("button", { name: "Filters: 2" })).toBeVisible();

  // Who does not hold the right has no such page.
  const citra = await sit("citra");
  await expect(citra.page.getByRole("link", { name: "Contacts" })).toHaveCount(0);
});

// R125, R126, R127, C26
test("a chat is unpinned after a question and bound to another contact", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Is the grinder back?");
  const ayu = await sit("ayu");
  const { page } = ayu;
  await ayu.show("queue");
  await ayu.open(/grinder back/);
  await write(page, "First name", "Zubaidah");
  await expect(ayu.row(/Zubaidah/)).toBeVisible();
  await info(page).getByRole("button", { name: "More about the contact" }).click();
  await page.getByRole("menuitem", { name: "Unpin the contact…" }).click();
  const asking = page.getByRole("dialog", { name: "Unpin Zubaidah?" });
  await expectAccessible(page, "the question before unpinning");
  await page.screenshot({ path: "screenshots/contact-unpin.png" });
  await asking.getByRole("button", { name: "Unpin", exact: true }).click();
  await expect(asking).toHaveCount(0);
  await expect(ayu.thread.getByText("You unpinned the contact")).toBeVisible();
  await expect(ayu.row(/Visitor/).filter({ hasText: "grinder back" })).toBeVisible();

  // The visitor notices nothing: what he writes comes to the same chat.
  await visitor.say("Hello?");
  await expect(ayu.message("Hello?")).toBeVisible();
  await ayu.say("It is back on Monday");
  await expect(visitor.message("back on Monday")).toBeVisible();

  await info(page).getByRole("button", { name: "More about the contact" }).click();
  await page.getByRole("menuitem", { name: "Bind to another contact…" }).click();
  const finding = page.getByRole("dialog", { name: "Bind to a contact" });
  await finding.getByRole("combobox").fill("zub");
  await expect(finding.getByRole("option", { name: /Zubaidah/ })).toBeVisible();
  await expectAccessible(page, "finding a contact to bind");
  await page.screenshot({ path: "screenshots/contact-bind.png" });
  await finding.getByRole("option", { name: /Zubaidah/ }).click();
  await expect(ayu.row(/Zubaidah/)).toBeVisible();
  await expect(ayu.thread.getByText(/You bound the chat to/)).toBeVisible();
});
