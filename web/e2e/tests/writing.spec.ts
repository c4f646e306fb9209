// Writing: limits are said before sending and take nothing away; lines, emoji and odd texts arrive as they were.

import { expect, test } from "../support/test";

const MAX = 2_000;

// R189, C11
test("a text that is too long says by how much, is not sent, and stays", async ({ sit, visit }) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  const long = "x".repeat(MAX + 1);
  await citra.say(long);
  await expect(citra.page.getByText("1 character too many")).toBeVisible();
  await expect(citra.reply).toHaveValue(long);
  await citra.say("x".repeat(MAX));
  await expect(citra.message("x".repeat(MAX))).toBeVisible();

  const visitor = await visit();
  await visitor.say("😀".repeat(MAX + 3));
  await expect(visitor.frame.getByText("3 characters too many")).toBeVisible();
  await expect(visitor.box).toHaveValue("😀".repeat(MAX + 3));
});

test("markup, lines and two directions arrive as text", async ({ sit, visit }) => {
  const visitor = await visit();
  const odd = "<img src=x onerror=alert(1)> & <b>bold</b>\nשלום 👩‍👩‍👧 مرحبا";
  await visitor.box.fill(odd);
  await visitor.box.press("Enter");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/onerror/);
  const text = citra.thread.getByText("onerror=alert(1)");
  expect(await text.innerText()).toBe(odd);
  await expect(citra.thread.locator("img, b")).toHaveCount(0);
});

// R281
test("Shift and Enter break the line, Enter sends", async ({ sit }) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  await citra.reply.pressSequentially("one");
  await citra.reply.press("Shift+Enter");
  await citra.reply.pressSequentially("two");
  await citra.reply.press("Enter");
  await expect(citra.reply).toHaveValue("");
  await expect.poll(() => citra.thread.getByText("one").last().innerText()).toBe("one\ntwo");
});

test("a message for me counts in the title of a page that nobody looks at", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("A question for the title");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/A question for the title/);
  await citra.say("An answer");
  await expect(visitor.message("An answer")).toBeVisible();
  await citra.page.goto(citra.page.url().replace(/\/chats.*/, "/settings/profile"));
  await expect(citra.page).toHaveTitle(/Kopi Senja/); // the page has its counters
  const before = /^\((\d+)\)/.exec(await citra.page.title())?.[1] ?? "0";
  await visitor.say("Another one");
  await expect(citra.page).toHaveTitle(new RegExp(`^\\(${Number(before) + 1}\\)`));
});

test("the name of somebody who writes from the right stands where his messages are", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Salam");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Salam/);
  await citra.say("Halo");
  const contact = citra.page.getByRole("complementary", { name: "Contact and details" });
  for (const label of ["First name", "Last name"]) {
    await contact.getByRole("button", { name: new RegExp(`^${label}: `) }).click();
    const field = contact.getByRole("textbox", { name: label });
    await field.fill("\u0645\u0631\u064a\u0645 ".repeat(15).trim());
    await field.press("Enter");
    await expect(field).toHaveCount(0);
  }
  const words = (element: Element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    // Of its last line, which is the shortest.
    return [...range.getClientRects()].at(-1)!.left;
  };
  const name = citra.message("Salam").locator("bdi").first();
  await expect(name).toContainText("\u0645\u0631\u064a\u0645");
  const bubble = await citra.message("Salam").getByText("Salam").evaluate(words);
  await expect.poll(async () => Math.abs((await name.evaluate(words)) - bubble)).toBeLessThan(40);
  const row = citra.row(/Halo/);
  const snippet = await row.getByText("Halo").evaluate(words);
  const shown = await row.locator("[dir=auto]").first().evaluate(words);
  expect(Math.abs(shown - snippet)).toBeLessThan(40);
});
