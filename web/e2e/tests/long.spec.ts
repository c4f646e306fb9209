// A very long thread: the page holds a part of it, and reading both ways reaches all of it in order.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";

const MESSAGES = 430;
const DRAWN_MAX = 400;
/** More than a page of the thread holds. */
const MISSED = 70;

// R034
test("a long thread is read to its beginning and back, and the page stays small", async ({
  sit,
}) => {
  test.slow();
  const citra = await sit("citra");
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  await page.evaluate(send, MESSAGES);
  await expect(citra.message(`number ${MESSAGES}`)).toBeVisible();
  await page.reload();
  await expect(citra.message(`number ${MESSAGES}`)).toBeVisible();
  expect(await drawnIn(page)).toBeLessThanOrEqual(DRAWN_MAX);

  const first = citra.thread.getByText("number 1", { exact: true });
  await expect(async () => {
    await citra.thread.evaluate((log) => (log.scrollTop = 0));
    await expect(first).toHaveCount(1, { timeout: 200 });
  }).toPass({ timeout: 60_000 });
  expect(await drawnIn(page)).toBeLessThanOrEqual(DRAWN_MAX);
  await expect(citra.message(`number ${MESSAGES}`)).toHaveCount(0);
  const numbers = (await citra.thread.getByText(/^number \d+$/).allInnerTexts()).map((text) =>
    Number(text.slice("number ".length)),
  );
  expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));

  await expect(async () => {
    await citra.thread.evaluate((log) => (log.scrollTop = log.scrollHeight));
    await expect(citra.message(`number ${MESSAGES}`)).toBeInViewport({ timeout: 200 });
  }).toPass({ timeout: 60_000 });
  expect(await drawnIn(page)).toBeLessThanOrEqual(DRAWN_MAX);

  await citra.thread.evaluate((log) => (log.scrollTop = 0));
  await page.getByRole("button", { name: "Jump to the newest message" }).click();
  await expect(citra.message(`number ${MESSAGES}`)).toBeInViewport();
});

// R078
test("a thread opens where reading stopped, also when more than a page came since", async ({
  sit,
  visit,
}) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("number 0");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/number 0/);
  await expect(visitor.message("number 0").getByRole("img", { name: "Read" })).toBeVisible();
  await citra.show("mine");
  for (let number = 1; number <= MISSED; number++) {
    await visitor.box.fill(`number ${number}`);
    await visitor.box.press("Enter");
  }
  await expect(
    visitor.message(`number ${MISSED}`).getByRole("img", { name: "Sent" }),
  ).toBeVisible();

  await citra.show("queue");
  await citra.open(new RegExp(`number ${MISSED}`));
  await expect(citra.thread.getByText(`${MISSED} new messages`)).toBeInViewport();
  await expect(citra.thread.getByText("number 1", { exact: true })).toBeInViewport();
  await citra.thread.evaluate((log) => (log.scrollTop = log.scrollHeight));
  await expect(citra.message(`number ${MISSED}`)).toBeInViewport();
});

function drawnIn(page: Page): Promise<number> {
  return page.getByRole("log").locator("[data-piece]").count();
}

/** As the desk would, only quicker than anybody types. */
async function send(count: number): Promise<void> {
  const id = location.pathname.split("/").at(-1)!;
  const me = (await (await fetch("/api/v1/me")).json()) as { member: { id: string } };
  for (let number = 1; number <= count; number++) {
    const random = crypto.getRandomValues(new Uint8Array(10));
    const time = Date.now().toString(16).padStart(12, "0");
    const tail = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const body = {
      id: `ent_${time}7${tail.slice(1, 4)}8${tail.slice(5)}`,
      text: `number ${number}`,
      file_ids: [],
      holder: { kind: "member", id: me.member.id },
    };
    const answer = await fetch(`/api/v1/conversations/${id}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
}
