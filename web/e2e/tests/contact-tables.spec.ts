// Contacts as tables: they come in step by step, what is wrong with them is named and mended, and they go out again.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const TABLE = [
  "Nama Depan;Nama Belakang;Email;No. HP;Negara;Kota;Catatan;Umur",
  "Siti;Rahma;siti@kopi.example;+62 812 3456 7890;Indonesia;Bandung;Drinks no milk;31",
  "Budi;Santoso;no address;;;Bogor;;",
  "Dewi;Ayu;dewi@kopi.example;0813-1111-222;Indonesia;Solo;;28",
  "=Tono;;tono@kopi.example;;;;;",
].join("\r\n");

async function bring(page: Page, text: string, name = "customers.csv"): Promise<void> {
  const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("Table of contacts").setInputFiles(file);
}

const figure = (page: Page, label: string) =>
  page.getByRole("term").filter({ hasText: label }).locator("..").getByRole("definition");

/** The same page at a desk and on a phone. */
async function look(page: Page, what: string, scheme: string): Promise<void> {
  await expectAccessible(page, what);
  await page.screenshot({ path: `screenshots/${what}-1440-${scheme}.png`, fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, `${what} on a phone`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, `${what} fits a phone`).toBeLessThanOrEqual(390);
  await page.screenshot({ path: `screenshots/${what}-390-${scheme}.png`, fullPage: true });
  await page.setViewportSize({ width: 1440, height: 900 });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`a table of contacts comes in and what was wrong is mended, in ${colorScheme}`, async ({
    sit,
  }) => {
    test.slow();
    const { page } = await sit("ayu", { colorScheme });
    await page.getByRole("link", { name: "Contacts" }).click();
    await page.getByRole("button", { name: "Import" }).click();
    await expect(page.getByRole("heading", { name: "Import contacts", level: 1 })).toBeFocused();
    await expect(page.getByText("Nothing was imported yet")).toBeVisible();
    await look(page, "imports-none", colorScheme);

    await bring(page, "PK\u0003\u0004", "customers.xlsx");
    await expect(page.getByRole("alert")).toContainText("Save the sheet as CSV");
    await bring(page, TABLE);
    await expect(page.getByRole("heading", { name: "customers.csv", level: 1 })).toBeVisible();
    await expect(page.getByLabel("What Nama Depan is")).toHaveValue("first_name");
    await expect(page.getByLabel("What No. HP is")).toHaveValue("phone");
    await expect(page.getByLabel("What Umur is")).toHaveValue("");
    await expect(page.getByText("Siti · Budi · Dewi")).toBeVisible();
    await look(page, "import-columns", colorScheme);

    await page.getByRole("button", { name: "Try it" }).click();
    await expect(page.getByRole("heading", { name: "Tried, nothing is in yet" })).toBeVisible();
    await expect(figure(page, "New contacts")).toHaveText("3");
    await expect(figure(page, "Left out")).toHaveText("1");
    await expect(page.getByText("Email: That does not fit this field.")).toBeVisible();
    await look(page, "import-trial", colorScheme);

    await page.reload();
    await page.getByRole("button", { name: "Import 3 contacts" }).click();
    await expect(page.getByRole("heading", { name: "Imported" })).toBeVisible();
    await look(page, "import-done", colorScheme);

    // What was left out, mended in an editor, comes in as a file of its own.
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download these rows" }).click();
    const bad = await readFile(await (await download).path(), "utf8");
    expect(bad).toContain("3;This cannot be: email;Budi;Santoso;no address");
    await page.getByRole("link", { name: "All imports" }).click();
    await expect(page.getByText("3 new · 1 left out")).toBeVisible();
    await bring(page, bad.replace("no address", "budi@kopi.example"), "mended.csv");
    await expect(page.getByLabel("What reason is")).toHaveValue("");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByRole("button", { name: "Import 1 contact" }).click();
    await expect(page.getByRole("heading", { name: "Imported" })).toBeVisible();
    await page.getByRole("link", { name: "All imports" }).click();
    await expect(page.getByRole("link", { name: /mended.csv/ })).toBeVisible();
    await look(page, "imports", colorScheme);

    await page.getByRole("link", { name: "Contacts", exact: true }).last().click();
    await page.getByLabel("Find by name, email or number").fill("rahma");
    await expect(page.getByRole("row").filter({ hasText: "Siti Rahma" })).toContainText(
      "+62 812 3456 7890",
    );
    await page.getByLabel("Find by name, email or number").fill("tono@");
    await expect(page.getByRole("row")).toHaveCount(2);
    await page.getByRole("button", { name: "Export" }).click();
    const dialog = page.getByRole("dialog", { name: "Export contacts" });
    await expect(dialog.getByText("Only the contacts that your search")).toBeVisible();
    await look(page, "export", colorScheme);
    await dialog.getByText("CSV", { exact: true }).click();
    const leaving = page.waitForEvent("download");
    await dialog.getByRole("link", { name: "Download" }).click();
    const table = await readFile(await (await leaving).path(), "utf8");
    expect(table.split("\n")).toHaveLength(3);
    expect(table).toContain("'=Tono,'=Tono,,,tono@kopi.example");
    await expect(dialog).toHaveCount(0);

    // Taken back, nobody of it is left.
    await page.getByRole("button", { name: "Import" }).click();
    await page.getByRole("link", { name: /customers.csv/ }).click();
    await page.getByRole("button", { name: "Take back" }).click();
    const ask = page.getByRole("dialog", { name: "Take this import back?" });
    await expectAccessible(page, "the question whether to take an import back");
    await ask.getByRole("button", { name: "Take back" }).click();
    await expect(page.getByRole("heading", { name: "Taken back" })).toBeVisible();
    await expect(figure(page, "Rows taken back")).toHaveText("3");
    await page.getByRole("link", { name: "Contacts", exact: true }).first().click();
    await page.getByLabel("Find by name, email or number").fill("kopi.example");
    await expect(page.getByRole("row").filter({ hasText: "Budi Santoso" })).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "Siti Rahma" })).toHaveCount(0);
  });
}

test("an import goes on without its page, and stops when it is told to", async ({ sit }) => {
  test.slow();
  const { page } = await sit("ayu");
  await page.goto(new URL("/contacts/imports", page.url()).href);
  const rows = Array.from({ length: 30_000 }, (_, at) => `Person ${at},p${at}@kopi.example`);
  await bring(page, ["First name,Email", ...rows].join("\n"));
  await page.getByRole("button", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Import 30,000 contacts" }).click({ timeout: 60_000 });
  await expect(page.getByRole("progressbar")).toBeVisible();
  await expectAccessible(page, "an import at work");
  await page.screenshot({ path: "screenshots/import-running-1440.png" });
  await page.reload();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText(/It came to row [\d,]+ of 30,000/)).toBeVisible();
  await page.getByRole("button", { name: "Take back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await expect(page.getByRole("heading", { name: "Taken back" })).toBeVisible({ timeout: 120_000 });
});
