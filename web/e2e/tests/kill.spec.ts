// The server is killed in the middle: nobody reloads a page, nothing is lost, nothing is doubled.

import { expect, test } from "../support/test";

test("both sides go on after kill -9, without a reload", async ({ server, sit, visit }) => {
  const visitor = await visit();
  await visitor.say("before");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/before/);
  await citra.say("answer before");
  await expect(visitor.message("answer before")).toBeVisible();

  for (const page of [visitor.page, citra.page]) {
    await page.evaluate(() => ((globalThis as { same?: boolean }).same = true));
  }
  await server.kill();
  await visitor.say("meanwhile");
  await citra.say("answer meanwhile");
  await expect(visitor.message("meanwhile").first()).toBeVisible();
  await server.start();

  await expect(citra.thread.getByText("meanwhile", { exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await expect(visitor.message("answer meanwhile")).toBeVisible({ timeout: 30_000 });
  await visitor.say("after");
  await expect(citra.thread.getByText("after", { exact: true })).toBeVisible();
  for (const word of ["before", "answer before", "meanwhile", "answer meanwhile", "after"]) {
    await expect(citra.thread.getByText(word, { exact: true })).toHaveCount(1);
    await expect(visitor.thread.getByText(word, { exact: true })).toHaveCount(1);
  }
  for (const page of [visitor.page, citra.page]) {
    expect(await page.evaluate(() => (globalThis as { same?: boolean }).same)).toBe(true);
  }
});
