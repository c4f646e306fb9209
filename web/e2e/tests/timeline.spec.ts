// Everything with one person: what was said in all chats with him, in one row, and from each line the way into its thread.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// R271, R275, R276
test("everything with a contact stands in one row of time", async ({ sit, visit, server }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Do you ship to Bali?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/ship to Bali/);
  await citra.say("We do, on Fridays");
  await expect(visitor.message("on Fridays")).toBeVisible();
  await page.locator("header").getByRole("button", { name: "Close", exact: true }).first().click();
  await expect(visitor.frame.getByText("This conversation was closed")).toBeVisible();
  await visitor.say("One more question");

  const ayu = await sit("ayu");
  const desk = ayu.page;
  await ayu.show("all");
  await ayu.open(/One more question/);
  const contact = await desk.evaluate(async () => {
    const id = location.pathname.split("/").at(-1);
    const answer = await fetch(`/api/v1/conversations/${id}`);
    const body = (await answer.json()) as {
      item: { conversation: { contact: { id: string } } };
    };
    return body.item.conversation.contact.id;
  });
  await desk.goto(`${server.url}/contacts/${contact}`);
  await desk.getByRole("link", { name: "Everything with this contact" }).click();
  await expect(desk.getByRole("heading", { name: /^Everything with/, level: 1 })).toBeFocused();
  const main = desk.getByRole("main");
  await expect(main.getByText("We do, on Fridays")).toBeVisible();
  await expect(main.getByText("Session 1")).toBeVisible();
  await expect(main.getByText("Session 2")).toBeVisible();

  // What is said now comes in at the end.
  await visitor.say("And to Lombok?");
  await expect(main.getByText("And to Lombok?")).toBeVisible();
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await desk.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"] as const) {
      await desk.emulateMedia({ colorScheme });
      await expectAccessible(desk, `everything with a contact, ${width}, ${colorScheme}`);
      await desk.screenshot({ path: `screenshots/timeline-${width}-${colorScheme}.png` });
    }
  }
  await desk.setViewportSize({ width: 1440, height: 900 });
  await main
    .getByRole("listitem")
    .filter({ hasText: "We do, on Fridays" })
    .getByRole("button", { name: "Show in the chat" })
    .click();
  await expect(desk).toHaveURL(/\/chats\/all\/cnv_/);
  await expect(ayu.message("on Fridays")).toBeVisible();
});
