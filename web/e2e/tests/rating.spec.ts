// After a member closed the chat the visitor says how it was: by keyboard, once, changeable, in every tab.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";
import { Visitor } from "../support/visitor";

test("a visitor rates a closed chat, changes his mind, and the desk reads it", async ({
  sit,
  visit,
  server,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Do you deliver on Sundays?");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/on Sundays/);
  await citra.reply.fill("Yes, until noon");
  await citra.reply.press("Control+Shift+Enter");

  const { frame } = visitor;
  const stars = frame.getByRole("group", { name: "How did we do?" });
  await expect(stars).toBeVisible();
  await expectAccessible(frame, "the question for a rating");
  await stars.getByRole("radio", { name: "1 of 5" }).focus();
  for (let presses = 0; presses < 3; presses++) await visitor.page.keyboard.press("ArrowRight");
  await expect(stars.getByRole("radio", { name: "4 of 5, good" })).toBeChecked();
  await visitor.page.keyboard.press("Tab");
  await visitor.page.keyboard.type("Quick, but no stamps");
  await expectAccessible(frame, "a rating that is being given");
  await visitor.page.keyboard.press("Tab");
  await visitor.page.keyboard.press("Enter");
  await expect(frame.getByText("Thank you for your rating.")).toBeVisible();
  await expect(frame.getByRole("img", { name: "4 of 5, good" })).toBeVisible();
  await expect(frame.getByRole("button", { name: "Change" })).toBeFocused();
  // Another tab of the same visitor.
  const tab = new Visitor(await visitor.page.context().newPage());
  await tab.enter(`${server.url}/demo`);
  await expect(tab.frame.getByText("Quick, but no stamps")).toBeVisible();
  await expectAccessible(frame, "thanks for a rating");

  await citra.show("closed");
  await citra.open(/Yes, until noon/);
  await expect(citra.thread.getByRole("img", { name: "4 of 5" })).toBeVisible();
  await expect(citra.thread.getByText("Quick, but no stamps")).toBeVisible();
  await expectAccessible(citra.page, "a thread with a rating");

  await tab.frame.getByRole("button", { name: "Change" }).click();
  await tab.frame.getByRole("radio", { name: "5 of 5" }).check();
  await tab.frame.getByRole("textbox", { name: "Tell us more" }).fill("Stamps came later");
  await tab.frame.getByRole("button", { name: "Send rating" }).click();
  await expect(frame.getByRole("img", { name: "5 of 5, very good" })).toBeVisible();
  await expect(citra.thread.getByText("Rated 5 of 5")).toBeVisible();
  await expect(citra.thread.getByText(/Before: 4 of 5/)).toBeVisible();
  await citra.page.getByRole("button", { name: "Log" }).click();
  const log = citra.page.getByRole("dialog", { name: "Log" });
  await expect(log.getByText("5 of 5: Stamps came later")).toBeVisible();
  await expect(log.getByText("changed the rating")).toBeVisible();

  // What must not stand is removed; the stars stay.
  const ayu = await sit("ayu");
  await ayu.show("closed");
  await ayu.open(/Yes, until noon/);
  await ayu.page.getByRole("button", { name: "Remove the words" }).click();
  const dialog = ayu.page.getByRole("dialog", { name: "Remove these words?" });
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(ayu.thread.getByText("The words were removed.")).toBeVisible();
  await expect(ayu.thread.getByRole("img", { name: "5 of 5" })).toBeVisible();
  await expect(frame.getByText("Stamps came later")).toHaveCount(0);

  // The next message begins a session that was not rated.
  await visitor.say("One more thing");
  await expect(frame.getByText("Thank you for your rating.")).toHaveCount(0);
  await expect(tab.frame.getByText("Thank you for your rating.")).toHaveCount(0);
  // What he gave stays where he gave it, over a reload too.
  for (const one of [visitor, tab]) {
    await expect(one.frame.getByText("Your rating")).toBeVisible();
    await expect(one.frame.getByRole("img", { name: "5 of 5, very good" })).toBeVisible();
  }
  await visitor.page.reload();
  await visitor.page.waitForFunction(() => "Sapa" in window);
  await visitor.open();
  await expect(visitor.frame.getByText("Your rating")).toBeVisible();
  await expectAccessible(visitor.frame, "a rating of the session before");
});

test("an inbox that does not ask gets no ratings", async ({ sit, visit, server }) => {
  const ayu = await sit("ayu");
  const { page } = ayu;
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  const ask = page.getByRole("switch", { name: "Ask for a rating after closing" });
  await expect(ask).toBeChecked();
  await ask.click();
  await page.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(ask).not.toBeChecked();

  const visitor = await visit();
  await visitor.say("Is the shop open?");
  await page.goto(`${server.url}/chats/queue`);
  await ayu.open(/Is the shop open/);
  await ayu.reply.fill("It is");
  await ayu.reply.press("Control+Shift+Enter");
  await expect(visitor.frame.getByText("This conversation was closed")).toBeVisible();
  await expect(visitor.message("It is")).toBeVisible();
  await expect(visitor.frame.getByRole("group", { name: "How did we do?" })).toHaveCount(0);
});
