// Two colleagues at one chat: each sees the other, and nobody answers over the other's head without knowing.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

// C35
test("colleagues see who is looking, and an answer that came first is asked about", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Do you ship to Medan?");
  const [bima, ayu] = [await sit("bima"), await sit("ayu")];
  await bima.show("queue");
  await bima.open(/ship to Medan/);
  await bima.say("Let me check");
  await ayu.show("all");
  await ayu.open(/ship to Medan|Let me check/);
  await expect(ayu.page.getByRole("img", { name: "Bima is looking at this chat" })).toBeVisible();
  await expect(bima.page.getByRole("img", { name: "Ayu is looking at this chat" })).toBeVisible();

  await ayu.reply.fill("Yes, in three days");
  await bima.say("Yes, we do");
  await expect(ayu.message("Yes, we do")).toBeVisible();
  await ayu.reply.press("Enter");
  const asked = ayu.page.getByRole("alert").filter({ hasText: "Bima" });
  await expect(asked).toContainText("just answered. Send anyway?");
  await expectAccessible(ayu.page, "the question about an answer that came first");
  await ayu.page.screenshot({ path: "screenshots/overtaken.png" });
  await asked.getByRole("button", { name: "Not yet" }).click();
  await expect(asked).toHaveCount(0);
  await expect(ayu.reply).toHaveValue("Yes, in three days");
  await expect(ayu.reply).toBeFocused();
  await ayu.reply.press("Enter");
  await expect(ayu.message("Yes, in three days")).toBeVisible();

  await ayu.show("queue");
  const looks = bima.page.getByRole("img", { name: /is looking at this chat/ });
  await expect(looks).toHaveCount(0);
  await ayu.show("all");
  await ayu.open(/Yes, in three days/);
  await expect(looks).toHaveCount(1);
  // Who closes the page says so before it is gone.
  await ayu.page.close({ runBeforeUnload: true });
  await expect(looks).toHaveCount(0);
});

// R040, C23, C25
test("a session has a title, and a new one a divider", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("My parcel is late");
  const bima = await sit("bima");
  const { page } = bima;
  await bima.show("queue");
  await bima.open(/My parcel is late/);
  await bima.say("Which one?");
  await page.getByRole("button", { name: "Name this chat" }).click();
  await page.getByLabel("Title").fill("Order 1204");
  await page.getByLabel("Title").press("Enter");
  await expect(bima.row(/Order 1204/)).toBeVisible();
  await expect(bima.thread.getByText("You named this chat")).toBeVisible();
  await page.screenshot({ path: "screenshots/title.png" });

  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(visitor.thread.getByText(/closed/i).first()).toBeVisible();
  await visitor.say("Now the other one");
  await bima.show("mine");
  await bima.open(/Now the other one/);
  await expect(bima.thread.getByText(/^New session · /)).toBeVisible();
  await expect(bima.row(/Order 1204/)).toHaveCount(0);
  await expectAccessible(page, "a thread of two sessions");
  await page.screenshot({ path: "screenshots/two-sessions.png" });
});

// C35
test("beside all panes the head of a chat names who looks at it, and until when it is put aside", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Who is looking?");
  const [bima, dimas] = [await sit("bima"), await sit("dimas")];
  for (const desk of [bima, dimas]) {
    await desk.show("queue");
    await desk.open(/Who is looking/);
  }
  const head = bima.page.locator("header").filter({ hasText: "Kopi Senja shop" });
  const whole = (words: string | RegExp) =>
    expect
      .poll(() =>
        head
          .getByText(words)
          .last()
          .evaluate((element) => {
            const words = document.createRange();
            words.selectNodeContents(element);
            return words.getBoundingClientRect().right - element.getBoundingClientRect().right;
          }),
      )
      // A hundredth of a pixel too little cuts a word off.
      .toBeLessThan(0.01);
  await expect(bima.page.getByRole("img", { name: "Dimas is looking at this chat" })).toBeVisible();
  await whole("Dimas");
  await whole("In the queue");
  await bima.page.screenshot({ path: "screenshots/viewers-1440.png" });

  // Whose chat it no longer is does not look at it any more.
  await bima.say("I do");
  await expect(dimas.page.getByText("Bima Pratama has this chat now")).toBeVisible();
  await expect(bima.page.getByRole("img", { name: /is looking at this chat/ })).toHaveCount(0);
  await bima.thread.focus();
  await bima.page.keyboard.press("z");
  await bima.page.getByRole("button", { name: /^Tomorrow morning/ }).click();
  await bima.show("snoozed");
  await bima.open(/I do/);
  await expect(head).toContainText(/until .* 0?9:00/);
  await whole(/^until/);
  await bima.page.screenshot({ path: "screenshots/snoozed-1440.png" });
});
