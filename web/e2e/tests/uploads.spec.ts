// A file that was cut goes on where it stopped: over a lost network, and over a server that was killed.

import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";

const MEGABYTE = 1024 * 1024;
const SIZE = 7 * MEGABYTE;

async function largeFile(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "sapa-upload-")), "catalogue.bin");
  // Each part differs, so that one in another's place would be seen.
  await writeFile(path, Buffer.alloc(SIZE, "0123456789abcdef!"));
  return path;
}

/** From where each part began, and a hold on the second one. */
async function parts(page: Page): Promise<{ from: number[]; cut: Promise<void>; release(): void }> {
  const from: number[] = [];
  let release = (): void => {};
  let reached = (): void => {};
  const cut = new Promise<void>((resolve) => (reached = resolve));
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.context().route("**/api/v1/uploads/*?offset=*", async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get("offset"));
    from.push(offset);
    if (from.length === 2) {
      reached();
      await held;
      return route.abort("connectionreset");
    }
    return route.continue();
  });
  return { from, cut, release };
}

test("what a member uploads goes on over a server that was killed", async ({
  server,
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Send me the catalogue");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/the catalogue/);
  const { from, cut, release } = await parts(citra.page);
  await citra.page.locator("input[type=file]").setInputFiles(await largeFile());
  await cut;
  await server.kill();
  release();
  await citra.page.screenshot({ path: "screenshots/upload-cut-1440.png" });
  await server.start();
  await expect.poll(() => from.length, { timeout: 60_000 }).toBe(5);
  await expect(citra.page.getByRole("progressbar")).toHaveCount(0);
  await citra.say("Here it is");
  await expect(citra.message("Here it is")).toContainText("catalogue.bin", { timeout: 60_000 });
  await expect(visitor.message("Here it is")).toContainText("7");
  expect(from).toEqual([0, 2, 2, 4, 6].map((megabytes) => megabytes * MEGABYTE));
});

test("what a visitor uploads goes on when the network is back", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("I have pictures of the machine");
  const { from, cut, release } = await parts(visitor.page);
  await visitor.frame.locator("input[type=file]").setInputFiles(await largeFile());
  await visitor.say("All in one");
  await cut;
  await visitor.page.context().setOffline(true);
  release();
  await expect(visitor.frame.getByText("Offline. Keep writing, it is sent later.")).toBeVisible();
  await visitor.page.screenshot({ path: "screenshots/upload-cut-widget-1440.png" });
  await visitor.page.context().setOffline(false);
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/All in one|of the machine/);
  await expect(citra.message("All in one")).toContainText("catalogue.bin", { timeout: 60_000 });
  expect(from).toEqual([0, 2, 2, 4, 6].map((megabytes) => megabytes * MEGABYTE));
});
