// What an inbox says before a visitor writes: beside the launcher, once; what he answers to stands in the thread.

import type { Frame, Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

async function frameOf(page: Page): Promise<Frame> {
  const find = () => page.frames().find((frame) => /\/w\/inb_/.test(frame.url()));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find()!;
}

test("a visitor is greeted once, answers, and the desk reads what he answered", async ({
  sit,
  browse,
  server,
}) => {
  test.slow();
  const ayu = await sit("ayu");
  const desk = ayu.page;
  await desk.goto(`${server.url}/settings/inboxes`);
  await desk.getByRole("link", { name: /Kopi Senja shop/ }).click();
  for (const [number, text, where] of [
    [1, "Looking for a gift?", "/nowhere"],
    [2, "Need help choosing a roast?", "/DEMO"],
  ] as const) {
    await desk.getByRole("button", { name: "Add a greeting" }).click();
    await desk.getByLabel(`Greeting ${number}`, { exact: true }).fill(text);
    await desk
      .getByLabel("Only where the address contains")
      .nth(number - 1)
      .fill(where);
    await desk
      .getByLabel("After so many seconds")
      .nth(number - 1)
      .fill("1");
  }
  // That of the inbox itself has one already, and is open.
  const inIndonesian = desk.getByText("In other languages");
  await desk
    .getByLabel("Greeting (Bahasa Indonesia)", { exact: true })
    .fill("Halo! Ada yang bisa kami bantu?");
  await inIndonesian.nth(2).click();
  await desk.getByLabel("Greeting 2 (Bahasa Indonesia)").fill("Bingung memilih sangrai?");
  await expectAccessible(desk, "the greetings of an inbox");
  await desk.getByLabel("Greeting 1", { exact: true }).scrollIntoViewIfNeeded();
  await desk.screenshot({ path: "screenshots/greetings-settings.png" });
  await desk.getByRole("button", { name: "Save", exact: true }).last().click();
  await expect(desk.getByText("Saved")).toBeVisible();

  const page = await browse();
  await page.goto(`${server.url}/demo`);
  let frame = await frameOf(page);
  const said = () => frame.getByRole("button", { name: "Need help choosing a roast?" });
  await expect(said()).toBeVisible();
  await expectAccessible(frame, "a greeting");
  await page.screenshot({ path: "screenshots/greeting-1440.png" });
  const { width, height } = (await frame.frameElement().then((element) => element.boundingBox()))!;
  expect(width).toBe(320);
  expect(height).toBeLessThan(120);
  await said().click();
  await expect(frame.getByRole("textbox", { name: "Message" })).toBeFocused();
  await expect(frame.getByText("Need help choosing a roast?")).toBeVisible();
  await frame.getByRole("textbox", { name: "Message" }).fill("Yes, for filter please");
  await page.keyboard.press("Enter");
  await expect(frame.getByRole("img", { name: "Sent" })).toBeVisible();

  await desk.goto(`${server.url}/chats/queue`);
  await ayu.open(/for filter please/);
  await expect(ayu.thread.getByText("The visitor answers the greeting")).toBeVisible();
  await expect(ayu.thread.getByText("Need help choosing a roast?")).toBeVisible();

  // Who reads Indonesian is greeted in it.
  const sari = await browse({ locale: "id-ID" });
  await sari.goto(`${server.url}/demo`);
  frame = await frameOf(sari);
  await frame.getByRole("button", { name: "Bingung memilih sangrai?" }).click();
  // On its way over the page, the press leaves the bubble: until then the same words stand there twice.
  await expect(frame.getByRole("textbox", { name: "Pesan" })).toBeFocused();
  await expect(frame.getByText("Bingung memilih sangrai?")).toBeVisible();
  await sari.screenshot({ path: "screenshots/greeting-indonesian-1440.png" });

  // Somebody else closes it, on a phone, and is left alone from then on.
  const phone = await browse({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await phone.goto(`${server.url}/demo`);
  frame = await frameOf(phone);
  await expect(said()).toBeVisible();
  await phone.screenshot({ path: "screenshots/greeting-390.png" });
  await frame.getByRole("button", { name: "Close this message" }).click();
  await expect(said()).toHaveCount(0);
  await phone.reload();
  frame = await frameOf(phone);
  await phone.waitForTimeout(2_500);
  await expect(said()).toHaveCount(0);
});
