// A reload paints what was there before the network answers, catches up, and never shows it to anybody else.

import { expect, test } from "../support/test";

test("a reload shows list and thread at once, says that it is catching up, and then has what was missed", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Before the reload");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Before the reload/);
  await citra.say("Answered");
  await expect(visitor.message("Answered")).toBeVisible();
  await expect(page).toHaveURL(/\/chats\/mine\/cnv_/);

  let answer: () => void = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/api/v1/**", async (route) => {
    await answered;
    await route.continue();
  });
  await page.reload();
  await expect(citra.message("Before the reload")).toBeVisible();
  await expect(citra.row(/Hannah Kim/)).toBeVisible();
  await expect(page.getByText("Catching up")).toBeVisible();
  await visitor.say("Written meanwhile");
  await expect(
    visitor.message("Written meanwhile").getByRole("img", { name: "Sent" }),
  ).toBeVisible();
  await expect(citra.message("Written meanwhile")).toHaveCount(0);
  answer();
  await expect(citra.message("Written meanwhile")).toBeVisible();
  await expect(page.getByText("Catching up")).toHaveCount(0);
  await expect(citra.thread.getByText("Before the reload")).toHaveCount(1);
});

test("nothing of it is left after signing out", async ({ sit }) => {
  const { page } = await sit("citra");
  await page.reload();
  await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
  await page.getByRole("button", { name: /account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByLabel("Password")).toBeVisible();
  const left = () =>
    page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  await expect.poll(left).toEqual([]);
  await page.reload();
  await expect(page.getByLabel("Password")).toBeVisible();
});

test("a picture is nobody's but its owner's", async ({ server, sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await expect(citra.row(/Hannah Kim/)).toBeVisible();
  await page.goto("about:blank");

  // Somebody else signs in, in another tab of the same browser, after Citra's sign-in ended.
  await page.context().clearCookies();
  const other = await page.context().newPage();
  await other.goto(server.url);
  await other.getByLabel("Email").fill("dimas@kopisenja.example");
  await other.getByLabel("Password").fill(server.password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("navigation", { name: "Views" })).toBeVisible();

  let asked = false;
  await page.route("**/api/v1/**", async (route) => {
    asked = true;
    await expect(page.getByText("Hannah Kim")).toHaveCount(0);
    await route.continue();
  });
  await page.goto(server.url);
  await expect(page.getByRole("button", { name: "Dimas Putra: account menu" })).toBeVisible();
  expect(asked).toBe(true);
  await expect(page.getByText("Hannah Kim")).toHaveCount(0);
  // What is still asked looks at the page too.
  await page.unrouteAll({ behavior: "wait" });
});

test("an ended sign-in shows the door again", async ({ server, sit }) => {
  const citra = await sit("citra");
  await citra.page.reload();
  await expect(citra.row(/Hannah Kim/)).toBeVisible();
  await citra.page.context().clearCookies();
  await citra.page.goto(server.url);
  await expect(citra.page.getByLabel("Password")).toBeVisible();
  await expect(citra.page.getByText("Hannah Kim")).toHaveCount(0);
  await citra.page.reload();
  await expect(citra.page.getByLabel("Password")).toBeVisible();
});
