// What makes a person look: desktop notification, sound, the icon's counter.
// The browser's own notification and sound cannot be seen from outside, so they are replaced by ones that take notes.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

interface Noted {
  asked: number;
  shown: { title: string; body: string; click: () => void }[];
  tones: number;
}

async function takeNotes(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const noted: Noted = { asked: 0, shown: [], tones: 0 };
    Object.assign(window, { noted });
    class Notification {
      static permission = localStorage.getItem("test-permission") ?? "default";
      static requestPermission(): Promise<string> {
        noted.asked += 1;
        localStorage.setItem("test-permission", "granted");
        return Promise.resolve((Notification.permission = "granted"));
      }
      onclick: () => void = () => {};
      constructor(title: string, { body }: { body: string }) {
        noted.shown.push({ title, body, click: () => this.onclick() });
      }
      close(): void {}
    }
    Object.assign(window, { Notification });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      noted.tones += 1;
      start.apply(this, when);
    };
  });
}

const noted = (page: Page) =>
  page.evaluate(() => {
    const { asked, shown, tones } = (window as unknown as { noted: Noted }).noted;
    return { asked, tones, shown: shown.map(({ title, body }) => `${title}: ${body}`) };
  });

/** Takes notes from now on; the page was loaded without. */
async function again(desk: Desk, url: string): Promise<void> {
  await takeNotes(desk.page);
  await desk.page.goto(url);
  await expect(desk.page.getByRole("navigation", { name: "Main" })).toBeVisible();
}

// R095, R204, C18
test("a notification is asked for on a click only, says the message, and its click opens the chat", async ({
  server,
  sit,
  visit,
}) => {
  const citra = await sit("citra");
  const { page } = citra;
  await again(citra, `${server.url}/settings/notifications`);
  expect((await noted(page)).asked).toBe(0);
  await page.getByRole("switch", { name: /Show desktop notifications/ }).click();
  await expect(page.getByRole("switch", { name: /Show desktop notifications/ })).toBeChecked();
  expect((await noted(page)).asked).toBe(1);

  const visitor = await visit();
  await visitor.say("Is anybody awake?");
  await expect
    .poll(async () => (await noted(page)).shown)
    .toEqual([expect.stringMatching(/^Visitor \w{4}: Is anybody awake\?$/)]);
  await page.evaluate(() => (window as unknown as { noted: Noted }).noted.shown[0]!.click());
  await expect(citra.message("Is anybody awake?")).toBeVisible();

  // It came into the window over the settings. Looked at there: nothing to tell.
  const shown = page.getByRole("region", { name: "Window with Visitor" });
  await visitor.say("Ah, there you are");
  await expect(citra.message("there you are")).toBeVisible();
  expect((await noted(page)).shown).toHaveLength(1);

  await page.goto(`${server.url}/settings/notifications`);
  expect((await noted(page)).asked).toBe(0);
  await shown.getByRole("button", { name: "Close the window" }).click();
  await page.getByRole("switch", { name: /Show the message text/ }).click();
  await visitor.say("A secret");
  await expect
    .poll(async () => (await noted(page)).shown)
    .toEqual([expect.stringMatching(/^Visitor \w{4}: New message$/)]);
});

test("a colleague's call is heard and shown, and its click opens the note", async ({
  server,
  sit,
}) => {
  const [citra, bima] = [await sit("citra"), await sit("bima")];
  const { page } = citra;
  await again(citra, `${server.url}/settings/notifications`);
  await page.getByRole("switch", { name: /Show desktop notifications/ }).click();
  await expect.poll(async () => (await noted(page)).asked).toBe(1);

  await bima.show("all");
  await bima.open(/Hannah Kim/);
  await bima.page.keyboard.press("m");
  await bima.page.keyboard.type("@citra");
  await bima.page.keyboard.press("Enter");
  await bima.page.keyboard.type("call her back");
  await bima.page.keyboard.press("Enter");
  await expect
    .poll(async () => (await noted(page)).shown)
    .toEqual(["Bima Pratama mentioned you: Hannah Kim"]);
  expect((await noted(page)).tones).toBeGreaterThan(0);
  await page.evaluate(() => (window as unknown as { noted: Noted }).noted.shown[0]!.click());
  await expect(citra.message("call her back")).toBeFocused();
});

test("a sound for a new message, unless it is switched off", async ({ server, sit, visit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await again(citra, `${server.url}/settings/notifications`);
  await page.getByRole("heading", { name: "Notifications", exact: true }).click();
  const visitor = await visit();
  await visitor.say("Ring the bell");
  await expect.poll(async () => (await noted(page)).tones).toBeGreaterThan(0);

  await page.getByRole("switch", { name: /Play a sound/ }).click();
  await page.goto(`${server.url}/chats/mine`);
  await page.getByRole("heading", { name: "My chats" }).click();
  await visitor.say("Silence");
  await citra.show("queue");
  await expect(citra.row(/Silence/)).toBeVisible();
  expect((await noted(page)).tones).toBe(0);
});

// C18
test("each occasion is heard and shown as its person wants, and nothing in quiet hours", async ({
  server,
  sit,
  visit,
}) => {
  const [citra, bima] = [await sit("citra"), await sit("bima")];
  const { page } = citra;
  await again(citra, `${server.url}/settings/notifications`);
  await page.getByRole("switch", { name: /Show desktop notifications/ }).click();
  await page.getByRole("checkbox", { name: "Notification: A colleague names me" }).uncheck();
  await page.getByRole("checkbox", { name: "Sound: A customer writes in the queue" }).uncheck();
  await expectAccessible(page, "the settings of notifications");
  await page.screenshot({ path: "screenshots/occasions.png", fullPage: true });

  await bima.show("all");
  await bima.open(/Hannah Kim/);
  await bima.page.keyboard.press("m");
  await bima.page.keyboard.type("@citra");
  await bima.page.keyboard.press("Enter");
  await bima.page.keyboard.type("call her back");
  await bima.page.keyboard.press("Enter");
  await expect.poll(async () => (await noted(page)).tones).toBeGreaterThan(0);
  const { tones } = await noted(page);
  expect((await noted(page)).shown).toEqual([]);
  const visitor = await visit();
  await visitor.say("Shown, not heard");
  await expect
    .poll(async () => (await noted(page)).shown)
    .toEqual([expect.stringMatching(/^Visitor \w{4}: Shown, not heard$/)]);
  expect((await noted(page)).tones).toBe(tones);

  await page.getByRole("switch", { name: /Keep quiet/ }).click();
  await page.getByLabel("Quiet from").fill("00:00");
  await page.getByLabel("Quiet until").fill("00:00");
  const rail = page.getByRole("navigation", { name: "Main" });
  await rail.getByRole("link", { name: /Queue/ }).click();
  await visitor.say("In the middle of the night");
  await expect(citra.row(/In the middle of the night/)).toBeVisible();
  expect(await noted(page)).toMatchObject({
    tones,
    shown: [expect.stringMatching(/^Visitor \w{4}: Shown, not heard$/)],
  });
});

// R206, C10
test("the icon counts: red for mine, blue for the queue, plain after signing out", async ({
  sit,
}) => {
  const citra = await sit("citra");
  const { page } = citra;
  // The middle of the counter's left edge: color without digits.
  const color = () =>
    page.evaluate(async () => {
      const { href } = document.querySelector<HTMLLinkElement>('link[rel="icon"]')!;
      if (!href.startsWith("data:image/png")) return "plain";
      const image = new Image();
      image.src = href;
      await image.decode();
      const context = Object.assign(document.createElement("canvas"), {
        width: 64,
        height: 64,
      }).getContext("2d")!;
      context.drawImage(image, 0, 0);
      const [red, , blue] = context.getImageData(24, 43, 1, 1).data;
      return red! > blue! ? "red" : "blue";
    });
  await expect.poll(color).toBe("red");
  const unread = citra.row(/unread message/);
  while ((await unread.count()) > 0) {
    const left = await unread.count();
    await unread.first().click();
    await expect(unread).toHaveCount(left - 1);
  }
  await expect.poll(color).toBe("blue");
  await page.getByRole("button", { name: /account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByLabel("Password")).toBeVisible();
  expect(await color()).toBe("plain");
});
