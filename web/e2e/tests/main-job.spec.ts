// The main job: a visitor writes, an agent sees it at once and answers, both see the truth.

import { expect, test } from "../support/test";

// R001, R002, R003, R023, R039, R082, R191, R194, R281
test("a visitor writes, an agent answers, both see the ticks", async ({ sit, visit }) => {
  const citra = await sit("citra");
  await citra.show("queue");
  const visitor = await visit();
  await visitor.say("Do you have a gift card? 🎁");
  await expect(citra.row(/gift card/)).toBeVisible();

  await citra.open(/gift card/);
  await expect(citra.message("Do you have a gift card? 🎁")).toBeVisible();
  await expect(visitor.message("gift card").getByRole("img", { name: "Read" })).toBeVisible();

  await citra.reply.pressSequentially("We do");
  await expect(visitor.thread.getByRole("img", { name: /is writing/ })).toBeVisible();
  await citra.say("We do! From Rp 100.000.");
  await expect(visitor.message("From Rp 100.000")).toBeVisible();
  await expect(visitor.frame.getByText("Citra Dewi joined")).toBeVisible();
  await expect(citra.message("From Rp 100.000").getByRole("img", { name: "Read" })).toBeVisible();

  await visitor.box.pressSequentially("Great");
  await expect(
    citra.thread.getByText(/is typing/).or(citra.thread.getByLabel(/is typing/)),
  ).toBeVisible();
});

// R193
test("a visitor who comes back finds the thread", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("I will be back");
  await expect(visitor.message("I will be back").getByRole("img", { name: "Sent" })).toBeVisible();
  const address = visitor.page.url();
  await visitor.page.goto("about:blank");

  const dimas = await sit("dimas");
  await dimas.show("queue");
  await dimas.open(/I will be back/);
  await dimas.say("We will be here");
  await expect(dimas.message("We will be here").getByRole("img", { name: "Sent" })).toBeVisible();

  await visitor.enter(address);
  await expect(visitor.message("I will be back")).toBeVisible();
  await expect(visitor.message("We will be here")).toBeVisible();
});

// R107, R108, R224
test("a closed conversation reopens when the visitor writes again", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("One question");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/One question/);
  await citra.say("And one answer");
  await expect(visitor.message("And one answer")).toBeVisible();
  await citra.page
    .getByRole("banner")
    .or(citra.page.locator("header"))
    .getByRole("button", { name: "Close", exact: true })
    .first()
    .click();
  await expect(visitor.frame.getByText("This conversation was closed")).toBeVisible();
  await expect(citra.row(/One answer|one answer/)).toHaveCount(0);
  const note = citra.page
    .getByRole("region", { name: "Notices" })
    .getByText(/^Closed the chat with/);
  await expect(note).toBeVisible();
  await visitor.say("Another question");
  // Undo would offer what the visitor has done already.
  await expect(note).toBeHidden({ timeout: 3_000 });
  await citra.show("mine");
  await expect(citra.row(/Another question/)).toBeVisible();
});
