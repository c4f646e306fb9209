// Emoji by their names: a colon and two letters, chosen by keyboard, in answers and in notes.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

for (const colorScheme of ["light", "dark"] as const) {
  test(`an emoji is completed while it is written, in ${colorScheme}`, async ({ sit }) => {
    const citra = await sit("citra", { colorScheme });
    const { page } = citra;
    await citra.open(/Hannah Kim/);
    const list = page.getByRole("listbox", { name: "Emoji" });
    await citra.reply.fill("See you at 10:30");
    await expect(list).toHaveCount(0);
    await citra.reply.fill("");
    await citra.reply.pressSequentially("Thanks :smi");
    await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
    await expect(citra.reply).toHaveAttribute("aria-activedescendant", /composer-list-0/);
    await expectAccessible(page, "the list of emoji");
    await page.screenshot({ path: `screenshots/emoji-list-1440-${colorScheme}.png` });
    await citra.reply.press("ArrowDown");
    const chosen = list.getByRole("option", { selected: true }).locator(".emoji");
    const emoji = await chosen.innerText();
    await citra.reply.press("Enter");
    await expect(citra.reply).toHaveValue(`Thanks ${emoji} `);
    await expect(list).toHaveCount(0);

    await citra.reply.pressSequentially(":hear");
    await expect(list).toBeVisible();
    await citra.reply.press("Escape");
    await expect(list).toHaveCount(0);
    await citra.reply.press("Enter");
    await expect(citra.message(":hear")).toBeVisible();

    await page.setViewportSize({ width: 390, height: 844 });
    await citra.reply.pressSequentially(":thumbs");
    await expect(list).toBeVisible();
    await page.screenshot({ path: `screenshots/emoji-list-390-${colorScheme}.png` });
    await citra.reply.press("Tab");
    await expect(citra.reply).toHaveValue(/^👍\uFE0F? $/u);
    await citra.reply.fill("");
    await page.setViewportSize({ width: 1440, height: 900 });

    await page.getByRole("tab", { name: "Note" }).click();
    const note = page.getByRole("textbox", { name: "Note" });
    await note.pressSequentially("Well done :tad");
    await expect(list).toBeVisible();
    await list.getByRole("option").first().click();
    await expect(note).toHaveValue("Well done 🎉 ");
    await expect(note).toBeFocused();
  });
}
