// Marks in texts: written with keys and with the mouse, drawn at both sides, left out where there is one line.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const EVERYTHING = [
  "*Your order* is _on its way_, not ~lost~. Track it with `KS-2231`:",
  "- *two* bags of https://shop.example/_gayo_",
  "- one filter, 2*3*4 mm, snake_case_name",
  "1. Roasted on Monday",
  "2. Sent on Tuesday",
  "> How long does it take?",
  "```",
  "monday    roast",
  "tuesday   *send*",
  "```",
  "Call +62 812-3456-7890.",
].join("\n");

for (const colorScheme of ["light", "dark"] as const) {
  // R291, R281, R282
  test(`what is written with marks is drawn with them at both sides, in ${colorScheme}`, async ({
    sit,
    visit,
  }) => {
    test.slow();
    const visitor = await visit({ viewport: { width: 390, height: 844 }, colorScheme });
    await visitor.say("*Where* is my order?");
    await expect(visitor.thread.locator("strong")).toHaveText("Where");
    const citra = await sit("citra", { colorScheme });
    const { page, thread } = citra;
    await citra.show("queue");
    await expect(citra.row("Where is my order?"), "the list is plain").toBeVisible();
    await citra.open(/Where is my order/);
    await expect(thread.locator("strong")).toHaveText("Where");
    await citra.say(EVERYTHING);
    for (const side of [citra.message("Your order"), visitor.message("Your order")]) {
      await expect(side.locator("strong")).toHaveText(["Your order", "two"]);
      await expect(side.locator("em")).toHaveText("on its way");
      await expect(side.locator("s")).toHaveText("lost");
      await expect(side.locator("code")).toHaveText("KS-2231");
      await expect(side.locator("ul > li")).toHaveCount(2);
      await expect(side.locator("ol > li")).toHaveText(["Roasted on Monday", "Sent on Tuesday"]);
      await expect(side.locator("blockquote")).toHaveText("How long does it take?");
      await expect(side.locator("pre")).toHaveText("monday    roast\ntuesday   *send*");
      await expect(side.getByRole("link", { name: "shop.example" })).toHaveAttribute(
        "href",
        "https://shop.example/_gayo_",
      );
      await expect(side.getByRole("link", { name: "+62" })).toHaveAttribute(
        "href",
        "tel:+6281234567890",
      );
      await expect(side).toContainText("2*3*4 mm, snake_case_name");
    }
    await expectAccessible(visitor.frame, "marks in the widget");
    await visitor.page.screenshot({ path: `screenshots/format-widget-${colorScheme}-390.png` });
    await thread.focus();
    await expectAccessible(page, "marks in a thread");
    await page.screenshot({ path: `screenshots/format-thread-${colorScheme}-1440.png` });
    for (const width of [768, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({ path: `screenshots/format-thread-${colorScheme}-${width}.png` });
    }
    await page.setViewportSize({ width: 1440, height: 900 });

    // What is found is marked inside of it, and told without marks.
    await page.keyboard.press("Control+f");
    await page
      .getByRole("searchbox")
      .or(page.getByRole("textbox", { name: /Find/ }))
      .first()
      .fill("order");
    await expect
      .poll(() =>
        page.evaluate(() => {
          const found = CSS.highlights.get("found");
          return found
            ? [...found].map((range) => (range as Range).startContainer.parentElement?.tagName)
            : [];
        }),
      )
      .toContain("STRONG");
    await page.keyboard.press("Escape");

    // An answer to it shows it in one line.
    await citra.message("Your order").hover();
    await citra.message("Your order").getByRole("button", { name: "Quote" }).click();
    await expect(
      page
        .getByRole("group", { name: /^Answer/ })
        .locator("strong")
        .first(),
    ).toHaveText("Your order");
    await citra.say("That one");
    await expect(visitor.message("That one").locator("strong").first()).toHaveText("Your order");
  });
}

// R282
test("marks are put on what is selected by key and by mouse, and taken off again", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Hello there");
  const citra = await sit("citra");
  const { page, reply } = citra;
  await citra.show("queue");
  await citra.open(/Hello there/);
  await reply.fill("ready tomorrow");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.press("Control+b");
  await expect(reply).toHaveValue("*ready tomorrow*");
  await page.keyboard.press("Control+i");
  await expect(reply).toHaveValue("*_ready tomorrow_*");
  await page.keyboard.press("Control+i");
  await page.keyboard.press("Control+b");
  await expect(reply).toHaveValue("ready tomorrow");
  await page.keyboard.press("Control+Shift+X");
  await expect(reply).toHaveValue("~ready tomorrow~");
  await page.keyboard.press("Control+z");
  await expect(reply, "the browser's own undo").toHaveValue("ready tomorrow");
  await page.keyboard.press("End");
  await page.keyboard.press("Control+e");
  await expect(reply).toHaveValue("ready `tomorrow`");

  // By mouse, on the word in which the caret stands, and on lines.
  await page.getByRole("button", { name: "Format" }).click();
  await page.screenshot({ path: "screenshots/format-menu-1440.png" });
  await page.getByRole("menuitem", { name: "List" }).click();
  await expect(reply).toHaveValue("- ready `tomorrow`");
  await expect(reply).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText(
    "Struck through",
  );
  await page.keyboard.press("Escape");

  // Notes have them too, also while they are corrected.
  await page.getByRole("tab", { name: "Note" }).click();
  const note = page.getByRole("textbox", { name: "Note" });
  await note.fill("careful");
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Enter");
  await expect(citra.thread.locator(".note strong")).toHaveText("careful");
  await citra.message("careful").hover();
  await citra.message("careful").getByRole("button", { name: "More for this message" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Enter");
  await expect(citra.thread.locator(".note .text strong")).toHaveCount(0);
});

test("an address breaks where it must, on both sides", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Which page?");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Which page/);
  await citra.say(`Here: https://kopi.example/${"beans".repeat(40)}`);
  for (const message of [visitor.message("Here"), citra.message("Here")]) {
    await expect(message).toBeVisible();
    const [bubble, link] = [
      await message.boundingBox(),
      await message.getByRole("link").boundingBox(),
    ];
    expect(link!.x + link!.width).toBeLessThanOrEqual(bubble!.x + bubble!.width);
  }
});
