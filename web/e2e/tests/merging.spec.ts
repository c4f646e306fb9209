// Two records of one person: proposed, compared, merged, parted again; a person taken along and erased; and the report.

import type { Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const info = (page: Page) => page.getByRole("complementary", { name: "Contact and details" });

async function write(page: Page, label: string, text: string): Promise<void> {
  await info(page)
    .getByRole("button", { name: new RegExp(`^${label}: `) })
    .click();
  const field = info(page).getByRole("textbox", { name: label });
  await field.fill(text);
  await field.press("Enter");
  await expect(
    info(page).getByRole("button", { name: new RegExp(`^${label}: ${text}`) }),
  ).toBeVisible();
}

/** Checked and photographed wide and narrow. */
async function look(page: Page, what: string, name: string): Promise<void> {
  await expectAccessible(page, what);
  await page.screenshot({ path: `screenshots/${name.replace("SIZE", "1440")}.png` });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, `${what} on a phone`);
  await page.screenshot({ path: `screenshots/${name.replace("SIZE", "390")}.png` });
  await page.setViewportSize({ width: 1440, height: 900 });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`two records of one person become one, and are parted again, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const [phone, laptop] = [await visit(), await visit()];
    await phone.say("Is the burr grinder loud?");
    await laptop.say("And the hand grinder?");
    const ayu = await sit("ayu", { colorScheme });
    const { page } = ayu;
    await ayu.show("queue");
    await ayu.open(/burr grinder/);
    await write(page, "First name", "Zubaidah");
    await write(page, "Email", "zubaidah@kopi.example");
    await ayu.open(/hand grinder/);
    await write(page, "First name", "Zubayda");
    await write(page, "Phone", "0812 3456 7890");
    await write(page, "Email", "zubaidah@kopi.example");

    // Whoever has the same address is perhaps the same.
    const perhaps = info(page).getByRole("region", { name: "Perhaps the same person" });
    await expect(perhaps.getByText("Zubaidah")).toBeVisible();
    await expectAccessible(page, "who is perhaps the same beside a chat");
    await page.screenshot({ path: `screenshots/perhaps-1440-${colorScheme}.png` });
    await perhaps.getByRole("button", { name: "Merge with Zubaidah" }).click();
    const dialog = page.getByRole("dialog", { name: "Merge contacts" });
    await expect(dialog.getByText("1 chat")).toHaveCount(2);
    await dialog.getByRole("group", { name: "First name" }).getByLabel("Zubaidah").check();
    await dialog.getByRole("button", { name: "Merge", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(ayu.row(/Zubaidah/)).toHaveCount(2);
    await expect(ayu.row(/Zubayda/)).toHaveCount(0);
    await expect(perhaps).toHaveCount(0);
    const chats = info(page).getByRole("region", { name: "Chats with this contact" });
    await expect(chats.getByText("Is the burr grinder loud?")).toBeVisible();
    await laptop.say("Hello?");
    await expect(ayu.message("Hello?")).toBeVisible();
    await expect(ayu.row(/Zubaidah/)).toHaveCount(2);
    await info(page).getByRole("button", { name: "More about the contact" }).click();
    await page.getByRole("menuitem", { name: "History" }).click();
    const history = page.getByRole("dialog", { name: "History" });
    await expect(history.getByText("Zubaidah was merged into this contact")).toBeVisible();
    await page.keyboard.press("Escape");

    const merged = info(page).getByRole("region", { name: "Merged into this contact" });
    await merged.getByRole("button", { name: "Undo the merge of Zubaidah" }).click();
    await expect(ayu.row(/Zubayda/).filter({ hasText: "Hello?" })).toBeVisible();
    await expect(ayu.row(/Zubaidah/)).toHaveCount(1);
    await expect(perhaps).toBeVisible();
    await perhaps.getByRole("button", { name: "Zubaidah is not the same person" }).click();
    await expect(perhaps).toHaveCount(0);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(perhaps).toBeVisible();

    // Somebody who is not proposed is found by name.
    await info(page).getByRole("button", { name: "More about the contact" }).click();
    await page.getByRole("menuitem", { name: "Merge with another contact…" }).click();
    await page.getByRole("combobox", { name: "Find by name, email or number" }).fill("zubai");
    await expect(page.getByRole("option", { name: /Zubaidah/ })).toBeVisible();
    await expectAccessible(page, "finding the other contact");
    await page.screenshot({ path: `screenshots/merge-find-1440-${colorScheme}.png` });
    await page.getByRole("option", { name: /Zubaidah/ }).click();
    await page.getByRole("button", { name: "Swap the two" }).click();
    await expect(dialog.getByLabel("Zubaidah")).toBeChecked();
    await dialog.getByRole("button", { name: "Cancel" }).click();

    // The same beside the table of contacts, also on a phone.
    await page.getByRole("link", { name: "Contacts" }).click();
    await page.getByLabel("Find by name, email or number").fill("zubayda");
    await page.getByRole("row").filter({ hasText: "Zubayda" }).getByRole("link").click();
    const drawer = page.getByRole("dialog", { name: "Zubayda" });
    await drawer.getByRole("button", { name: "Merge with Zubaidah" }).scrollIntoViewIfNeeded();
    await look(page, "a contact who is perhaps another one", `perhaps-drawer-SIZE-${colorScheme}`);
    await drawer.getByRole("button", { name: "Merge with Zubaidah" }).click();
    await expect(dialog.getByText("1 chat")).toHaveCount(2);
    await look(page, "two contacts beside each other", `merge-SIZE-${colorScheme}`);
    await dialog.getByRole("button", { name: "Merge", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await drawer.getByRole("region", { name: "Merged into this contact" }).scrollIntoViewIfNeeded();
    await look(page, "a contact into whom one was merged", `merged-SIZE-${colorScheme}`);

    // He is taken along, and erased.
    await drawer.getByRole("button", { name: "More about the contact" }).click();
    await page.screenshot({ path: `screenshots/person-menu-1440-${colorScheme}.png` });
    const loading = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Export this person" }).click();
    const file = await loading;
    expect(file.suggestedFilename()).toBe("contact.zip");
    const bytes = await readFile(await file.path());
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    expect(bytes.toString("latin1")).toMatch(
      /contact\.json[^]*conversations\/cnv_[^]*conversations\/cnv_/,
    );
    await drawer.getByRole("button", { name: "More about the contact" }).click();
    await page.getByRole("menuitem", { name: "Erase this person…" }).click();
    const asking = page.getByRole("dialog", { name: "Erase Zubayda?" });
    await expect(asking.getByText("2 chats, also those that you cannot see")).toBeVisible();
    await look(page, "the question before erasing", `erase-SIZE-${colorScheme}`);
    await expect(asking.getByRole("button", { name: "Erase for good" })).toBeDisabled();
    await asking.getByRole("switch", { name: "I am sure" }).click();
    await asking.getByRole("button", { name: "Erase for good" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByText("Nobody fits")).toBeVisible();
    await page.getByRole("link", { name: "Chats", exact: true }).click();
    await ayu.show("queue");
    await expect(ayu.row(/grinder/)).toHaveCount(0);

    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Contact report" }).click();
    await expect(page.getByText("Nobody is left").first()).toBeVisible();
    await look(page, "the report of contacts", `contact-report-SIZE-${colorScheme}`);
    await page.getByRole("combobox", { name: "What happened" }).selectOption("erased");
    await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
  });
}
