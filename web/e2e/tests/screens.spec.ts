// Every screen in light and dark, wide and narrow: accessible, nothing cut off sideways, and a picture of it.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

const SCREENS: [name: string, address: string][] = [
  ["mine", "/chats/mine"],
  ["queue", "/chats/queue"],
  ["snoozed", "/chats/snoozed"],
  ["closed", "/chats/closed"],
  ["profile", "/settings/profile"],
  ["members", "/settings/members"],
  ["teams", "/settings/teams"],
  ["presence", "/settings/presence"],
  ["inboxes", "/settings/inboxes"],
  ["tags", "/settings/tags"],
  ["quick-replies", "/settings/quick-replies"],
  ["notifications", "/settings/notifications"],
  ["nothing", "/no/such/page"],
];
const WIDTHS = [1440, 1280, 768, 390];
const PICTURES = "screenshots";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of WIDTHS) {
    // R301
    test(`screens in ${colorScheme} at ${width}`, async ({ server, sit, browse, visit }) => {
      test.slow();
      const viewport = { width, height: width < 500 ? 844 : 900 };
      const shot = (name: string) => ({ path: `${PICTURES}/${name}-${colorScheme}-${width}.png` });
      const options = { viewport, colorScheme };

      const door = await browse(options);
      await door.goto(server.url);
      await expect(door.getByLabel("Password")).toBeVisible();
      await look(door, "sign-in");
      await door.screenshot(shot("sign-in"));

      const desk = await sit("ayu", options);
      for (const [name, address] of SCREENS) {
        await desk.page.goto(server.url + address);
        await expect(desk.page.locator("[aria-busy=true]")).toHaveCount(0);
        await expect(desk.page.getByRole("heading").first()).toBeVisible();
        await look(desk.page, name);
        await desk.page.screenshot(shot(name));
      }
      await desk.page.goto(`${server.url}/chats/all`);
      await desk.open(/Sarah Whitfield/);
      await expect(desk.thread.getByRole("img", { name: "parcel.jpg" })).toBeVisible();
      await look(desk.page, "thread");
      await desk.page.screenshot(shot("thread"));

      const visitor = await visit(options);
      await look(visitor.page, "shop");
      await visitor.page.screenshot(shot("widget-new"));
      await visitor.say("Halo! Which beans for a moka pot?");
      await expect(visitor.message("moka pot")).toBeVisible();
      await expectAccessible(visitor.frame, "the widget");
      const loose = await visitor.frame
        .locator("main")
        .evaluate((main) => [...main.childNodes].filter(({ nodeType }) => nodeType === 3).length);
      expect(loose, "text between the parts of the widget").toBe(0);
      await visitor.page.screenshot(shot("widget"));
    });
  }
}

async function look(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}
