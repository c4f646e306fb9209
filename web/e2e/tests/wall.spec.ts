// The supervisor's wall: what is in progress, live; a look, a note, taking over and closing from there.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

for (const colorScheme of ["light", "dark"] as const) {
  test(`a supervisor watches what is in progress, in ${colorScheme}`, async ({ sit, visit }) => {
    test.slow();
    const visitor = await visit();
    await visitor.say("Is the blue one back?");
    const bima = await sit("bima", { colorScheme });
    const { page } = bima;
    await page.getByRole("link", { name: "Wall" }).click();
    await expect(page.getByRole("heading", { name: "Live wall" })).toBeFocused();
    const tile = page.getByRole("listitem").filter({ hasText: "Is the blue one back?" });
    await expect(tile).toBeVisible();
    await expectAccessible(page, "the wall");
    await page.screenshot({ path: `screenshots/wall-1440-${colorScheme}.png` });

    await visitor.say("Is the blue one back? Size M, please");
    await expect(tile).toContainText("Size M, please");

    await tile.getByRole("button", { name: "Note to the team about Visitor" }).click();
    await page.keyboard.type("She asked last week too");
    await expectAccessible(page, "a note on the wall");
    await page.screenshot({ path: `screenshots/wall-note-${colorScheme}.png` });
    await page.keyboard.press("Enter");
    await expect(page.getByText("Note added to the chat with Visitor")).toBeVisible();

    await tile.getByRole("button", { name: "Look into the chat with Visitor" }).click();
    const dock = page.getByRole("complementary", { name: "Chats in a window" });
    await expect(dock).toContainText("She asked last week too");
    await page.screenshot({ path: `screenshots/wall-peek-${colorScheme}.png` });
    await dock.getByRole("button", { name: "Minimize" }).click();

    await tile.getByRole("button", { name: "Take over the chat with Visitor" }).click();
    await expect(tile).toContainText("With you");
    await tile.getByRole("button", { name: "Close the chat with Visitor" }).click();
    const dialog = page.getByRole("dialog", { name: /Close/ });
    await dialog.getByLabel("How it ended").fill("Sent her the list");
    await dialog.getByRole("contentinfo").getByRole("button", { name: "Close" }).click();
    await page.mouse.move(0, 0);
    await expect(tile).toHaveCount(0);

    await page.setViewportSize({ width: 390, height: 844 });
    await expect(page.getByRole("article").first()).toBeVisible();
    await expectAccessible(page, "the wall on a phone");
    await page.screenshot({ path: `screenshots/wall-390-${colorScheme}.png` });
  });
}

test("the wall shows only who waits, by its link, and is not there for agents", async ({
  sit,
  server,
}) => {
  const { page } = await sit("bima");
  await page.goto(`${server.url}/wall?waiting=true`);
  await expect(page.getByRole("radio", { name: "Waiting" })).toBeChecked();
  const citra = await sit("citra");
  await expect(citra.page.getByRole("link", { name: "Settings" })).toBeVisible();
  await expect(citra.page.getByRole("link", { name: "Wall" })).toHaveCount(0);
});
