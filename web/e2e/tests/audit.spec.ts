// The audit log: what an administrator changes stands there with who, from what and to what; nobody else sees it.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

for (const colorScheme of ["light", "dark"] as const) {
  // G27
  test(`changes of settings are told from what to what, in ${colorScheme}`, async ({ sit }) => {
    test.slow();
    const { page } = await sit("ayu", { colorScheme });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "General" }).click();
    const name = page.getByLabel("Workspace name");
    const before = await name.inputValue();
    await name.fill(`Toko ${colorScheme}`);
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    await expect(page.getByRole("region", { name: "Notices" })).toContainText("Saved");

    await page.getByRole("link", { name: "Audit log" }).click();
    const line = page
      .getByRole("listitem")
      .filter({ hasText: "Workspace" })
      .filter({ hasText: "changed" });
    await expect(line.first()).toContainText(`Toko ${colorScheme}`);
    await expect(line.first()).toContainText(before);
    await expect(line.first()).toContainText("Ayu");
    await expect(line.first().getByRole("term")).toHaveText("Name");
    await expectAccessible(page, "the audit log");
    await page.screenshot({ path: `screenshots/audit-1440-${colorScheme}.png` });

    await page.getByLabel("What", { exact: true }).selectOption({ label: "Team" });
    await expect(line).toHaveCount(0);
    await page.getByLabel("What", { exact: true }).selectOption({ label: "Workspace" });
    await expect(line.first()).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Export as CSV" }).click();
    expect((await download).suggestedFilename()).toBe("audit.csv");

    await page.setViewportSize({ width: 390, height: 844 });
    await expect(line.first()).toBeVisible();
    await expectAccessible(page, "the audit log on a phone");
    await page.screenshot({ path: `screenshots/audit-390-${colorScheme}.png` });
  });
}

// G27
test("roles of the workspace stand there by name, and their rights in words", async ({ sit }) => {
  const { page } = await sit("ayu");
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "Roles" }).click();
  await page.getByRole("button", { name: "New role" }).click();
  const role = page.getByRole("dialog");
  await role.getByLabel("Name").fill("Night shift");
  await role.getByLabel("Close chats").selectOption({ label: "No" });
  await role.getByRole("button", { name: "Save" }).click();
  await expect(role).toHaveCount(0);
  await page.getByRole("link", { name: "Members" }).click();
  await page.getByLabel("Role of Dimas Putra").selectOption({ label: "Night shift" });
  await page.getByRole("dialog").getByRole("button", { name: "Change the role" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("link", { name: "Audit log" }).click();
  const lines = page.getByRole("main").getByRole("listitem");
  await expect(lines.filter({ hasText: "Dimas Putra" }).first()).toContainText("Night shift");
  const made = lines.filter({ hasText: "Role Night shift created" });
  await expect(made).toContainText("See chats: Own chats and the queue");
  await expect(page.getByRole("main")).not.toContainText(/rol_|conversation:/);
  await page.screenshot({ path: "screenshots/audit-role-1440.png" });
});

test("whoever is no administrator has no audit log", async ({ sit, server }) => {
  const { page } = await sit("bima");
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("link", { name: "Tags" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Audit log" })).toHaveCount(0);
  await page.goto(`${server.url}/settings/audit`);
  await expect(page.getByText("Your role does not open this page.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(0);
  await expectAccessible(page, "a page of the settings that a role does not open");
});
