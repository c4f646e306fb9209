// A signed-in customer of the shop: the shop's server signs who he is, and he is known wherever he comes from.

import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";
import { Visitor } from "../support/visitor";

/** As the shop's server signs it. */
function sign(key: string, claims: object, seconds = 300): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1_000) + seconds;
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ exp, ...claims })}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

/** As the shop's page says it. */
function identify(page: Page, token: string | null): Promise<void> {
  return page.evaluate((token) => {
    const site = window as unknown as { Sapa?: { push(call: unknown[]): void } };
    (site.Sapa ??= [] as never).push(["identify", token]);
  }, token);
}

const SARI = { sub: "4711", name: "Sari Dewi", email: "sari@example.com", data: { plan: "gold" } };
const TOMO = { sub: "4712", name: "Tomo Hadi" };

test("a signed customer is known on every device, and nobody else sees what he wrote", async ({
  sit,
  visit,
  browse,
  server,
}) => {
  test.slow();
  const ayu = await sit("ayu");
  const { page } = ayu;
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  const make = page.getByRole("button", { name: "Make key" });
  await make.click();
  const shown = page.getByRole("group", { name: "Identity key" }).locator("pre");
  await expect(shown).toContainText("sapa_id_");
  const key = (await shown.innerText()).trim();
  await expectAccessible(page, "the settings of an inbox with an identity key");
  await shown.scrollIntoViewIfNeeded();
  await page.screenshot({ path: "screenshots/identity-settings-1440.png" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "screenshots/identity-settings-dark.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  await shown.scrollIntoViewIfNeeded();
  await page.screenshot({ path: "screenshots/identity-settings-390.png" });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });

  const declared = await page.evaluate(async () => {
    const body = JSON.stringify({ name: "plan", label: "Plan", kind: "text", shown: true });
    const headers = { "content-type": "application/json" };
    const path = "/api/v1/data-fields/dfd_0198f3c2000070008000000000000001";
    return (await fetch(path, { method: "PUT", headers, body })).status;
  });
  expect(declared).toBe(200);

  // On the laptop he writes as a stranger, then signs in at the shop.
  const laptop = await visit();
  await laptop.say("Where is my grinder?");
  await expect(
    laptop.message("Where is my grinder?").getByRole("img", { name: "Sent" }),
  ).toBeVisible();
  await page.goto(`${server.url}/chats/queue`);
  await ayu.open(/Where is my grinder/);
  const info = page.getByRole("complementary", { name: "Contact and details" });
  await expect(info.getByRole("img", { name: /^Verified/ })).toHaveCount(0);
  await laptop.box.fill("half a thought");
  await identify(laptop.page, sign(key, SARI));
  await expect(info.getByRole("heading", { name: /Sari Dewi/ })).toBeVisible();
  await expect(info.getByRole("region", { name: "Reached through" })).toContainText("4711");
  await expect(info.getByText("Signed by the site")).toBeVisible();
  await expect(info.getByText("gold", { exact: true })).toBeVisible();
  await expect(info.getByRole("img", { name: /^Verified/ })).toHaveCount(4);
  await expect(laptop.message("Where is my grinder?")).toBeVisible();
  await expect(laptop.box).toHaveValue("half a thought");
  await expectAccessible(page, "a chat with a verified customer");
  await page.screenshot({ path: "screenshots/identity-1440.png" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "screenshots/identity-dark.png" });
  await page.emulateMedia({ colorScheme: "light" });
  await ayu.say("It is on its way");
  await expect(laptop.message("It is on its way")).toBeVisible();

  // On the phone he is a stranger until the shop says who he is; what he wrote there comes along.
  const phone = new Visitor(await browse());
  await phone.enter(`${server.url}/demo`);
  await phone.say("Any news?");
  await expect(phone.message("Any news?").getByRole("img", { name: "Sent" })).toBeVisible();
  await expect(phone.thread.getByText("Where is my grinder?")).toHaveCount(0);
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Any news/);
  await identify(phone.page, sign("guessed", SARI));
  await identify(phone.page, sign(key, SARI, -5));
  await expect(phone.message("Any news?")).toBeVisible();
  await expect(phone.thread.getByText("Where is my grinder?")).toHaveCount(0);
  await identify(phone.page, sign(key, SARI));
  await expect(phone.message("Where is my grinder?")).toBeVisible();
  await expect(phone.message("Any news?")).toBeVisible();
  await expect(laptop.message("Any news?")).toBeVisible();
  await expect(ayu.message("Any news?")).toBeVisible();
  await expect(citra.page.getByText("This chat went over into another one")).toBeVisible();
  await citra.page.screenshot({ path: "screenshots/identity-joined-1440.png" });

  // Before the chat is opened: the badge already counts what came for him, without what he read elsewhere.
  await laptop.knock();
  await phone.knock();
  await ayu.say("It is at your door");
  const tablet = await browse();
  await tablet.goto(`${server.url}/demo`);
  await tablet.waitForFunction(() => "Sapa" in window);
  const count = tablet.evaluate(
    () =>
      new Promise((heard) =>
        (window as unknown as { Sapa: { push(call: unknown[]): void } }).Sapa.push([
          "on",
          "unread",
          (count: number) => count > 0 && heard(count),
        ]),
      ),
  );
  await identify(tablet, sign(key, SARI));
  expect(await count).toBe(1);
  await laptop.knock();

  // He signs out; at the same computer somebody else signs in.
  await identify(laptop.page, null);
  await expect(laptop.thread.getByText("Where is my grinder?")).toHaveCount(0);
  await expect(laptop.box).toHaveValue("");
  await identify(laptop.page, sign(key, TOMO));
  await laptop.say("Do you have tea?");
  await expect(laptop.message("Do you have tea?").getByRole("img", { name: "Sent" })).toBeVisible();
  await expect(laptop.thread.getByText("Where is my grinder?")).toHaveCount(0);
  // And without signing out in between.
  await laptop.box.fill("private");
  await identify(laptop.page, sign(key, SARI));
  await expect(laptop.message("Any news?")).toBeVisible();
  await expect(laptop.box).toHaveValue("");
  await expect(laptop.thread.getByText("Do you have tea?")).toHaveCount(0);
  await laptop.page.reload();
  await laptop.page.waitForFunction(() => "Sapa" in window);
  await laptop.open();
  await expect(laptop.message("Any news?")).toBeVisible();
});

test("the key is replaced and removed by whoever may change inboxes", async ({ sit, server }) => {
  const { page } = await sit("ayu");
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("link", { name: /Kopi Senja shop/ }).click();
  await page.getByRole("button", { name: "Make key" }).click();
  const shown = page.getByRole("group", { name: "Identity key" }).locator("pre");
  const first = await shown.innerText();
  await page.getByRole("button", { name: "Replace" }).click();
  const sure = page.getByRole("dialog", { name: "Replace the key?" });
  await expectAccessible(page, "the question before a key is replaced");
  await sure.getByRole("button", { name: "Replace" }).click();
  await expect(page.getByText("The key before still counts until")).toBeVisible();
  expect(await shown.innerText()).not.toBe(first);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page
    .getByRole("dialog", { name: "Remove the key?" })
    .getByRole("button", { name: "Remove" })
    .click();
  await expect(page.getByText("No key yet")).toBeVisible();
});
