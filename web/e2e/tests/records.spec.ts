// Records: their types are declared, one is made beside a chat, moved on, bound to another chat, and has a page.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

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
  // R237, R238, R239, C39
  test(`records are declared, made beside a chat, bound and moved on, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const [first, second] = [await visit(), await visit()];
    await first.say("Where are my two cups?");
    await second.say("And the filter papers?");
    const ayu = await sit("ayu", { colorScheme });
    const { page } = ayu;
    await page.goto(`${new URL(page.url()).origin}/settings/record-types`);
    await expect(page.getByText("No record types yet")).toBeVisible();
    await look(page, "no record types", `record-types-none-SIZE-${colorScheme}`);
    await page.getByRole("button", { name: "New type" }).click();
    const making = page.getByRole("dialog", { name: "New type" });
    await making.getByLabel("Name", { exact: true }).fill("Order");
    await making.getByLabel("Name of state 1").fill("Open");
    for (const [at, name] of ["Sent", "Delivered"].entries()) {
      await making.getByRole("button", { name: "Add a state" }).click();
      await making.getByLabel(`Name of state ${at + 2}`).fill(name);
    }
    await making.getByLabel("State 3 means done").check();
    await making.getByRole("button", { name: "Add a field" }).click();
    await making.getByLabel("Name of field 1").fill("Total");
    await making.getByLabel("Kind of field 1").selectOption({ label: "Amount of money" });
    await making
      .getByLabel("Address in the other system")
      .fill("https://shop.example/orders/{number}");
    await look(page, "declaring a type of records", `record-type-SIZE-${colorScheme}`);
    await making.getByRole("button", { name: "Save" }).click();
    await expect(making).toHaveCount(0);
    await expect(page.getByText("States: 3 · Fields: 1")).toBeVisible();
    await look(page, "the types of records", `record-types-SIZE-${colorScheme}`);

    await page.goto(`${new URL(page.url()).origin}/chats/queue`);
    await ayu.open(/two cups/);
    const info = page.getByRole("complementary", { name: "Contact and details" });
    const records = info.getByRole("region", { name: "Records" });
    await expect(records.getByText("No records yet.")).toBeVisible();
    await records.getByRole("button", { name: "New record" }).click();
    const form = page.getByRole("dialog", { name: "New record" });
    await form.getByLabel("Number").fill("KS-2231");
    await form.getByLabel("Title").fill("Two cups");
    await form.getByLabel("Total").fill("250000 idr");
    // On a phone what stands beside the chat is elsewhere: the window goes with it.
    await expectAccessible(page, "making a record");
    await page.screenshot({ path: `screenshots/record-new-1440-${colorScheme}.png` });
    await form.getByRole("button", { name: "Create" }).click();
    await expect(records.getByRole("link", { name: "Order KS-2231" }).first()).toBeVisible();
    await expect(ayu.thread.getByText("You created Order KS-2231")).toBeVisible();
    await records.getByLabel("State of Order KS-2231").selectOption({ label: "Sent" });
    await expect(ayu.thread.getByText("You moved Order KS-2231 from Open to Sent")).toBeVisible();
    await expect(
      records.getByRole("link", { name: "Open Order KS-2231 in the other system" }),
    ).toHaveAttribute("href", "https://shop.example/orders/KS-2231");
    await records.scrollIntoViewIfNeeded();
    await expectAccessible(page, "records beside a chat");
    await page.screenshot({ path: `screenshots/records-beside-1440-${colorScheme}.png` });

    await ayu.open(/filter papers/);
    await records.getByRole("button", { name: "Bind a record" }).click();
    const binding = page.getByRole("dialog", { name: "Bind a record" });
    await binding.getByRole("combobox", { name: "Number begins with" }).fill("ks-2");
    await binding.getByText("Order KS-2231").click();
    await expect(binding).toHaveCount(0);
    await expect(ayu.thread.getByText("You bound Order KS-2231 to this chat")).toBeVisible();

    await records.getByRole("link", { name: "Order KS-2231", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Order KS-2231" })).toBeVisible();
    await page.getByRole("button", { name: /^Title: / }).click();
    const title = page.getByRole("textbox", { name: "Title" });
    await title.fill("Two cups and papers");
    await title.press("Enter");
    await expect(page.getByText(/Title: .*Two cups.* became .*Two cups and papers/)).toBeVisible();
    await expect(page.getByText("Where are my two cups?")).toBeVisible();
    await look(page, "the page of a record", `record-SIZE-${colorScheme}`);

    await page.getByRole("link", { name: "Records", exact: true }).click();
    await expect(page.getByRole("link", { name: /Order KS-2231/ })).toBeVisible();
    await page.getByLabel("Number begins with").fill("zz");
    await expect(page.getByText("Nothing fits")).toBeVisible();
    await page.getByLabel("Number begins with").fill("KS");
    await expect(page.getByRole("link", { name: /Order KS-2231/ })).toBeVisible();
    await look(page, "the list of records", `records-SIZE-${colorScheme}`);
  });
}
