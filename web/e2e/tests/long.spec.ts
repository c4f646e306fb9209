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

// R034, R130
test("an old message is looked at with one page around it, and what comes meanwhile waits", async ({
  sit,
}) => {
  test.slow();
  const [citra, bima] = [await sit("citra"), await sit("bima")];
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  await page.evaluate(send, 300);
  await expect(citra.message("number 300")).toBeVisible();
  const old = await page.evaluate(entryOf, "number 40");
  const [path, list] = [new URL(page.url()).pathname, "/api/v1/conversations"];
  await page.goto("about:blank");

  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    // What the picture of before lacks of the newest may be filled in besides.
    const filled = asked.length === 0 && search.startsWith("?after");
    const entries = pathname.startsWith(list) && pathname.endsWith("/entries");
    if (entries && !filled) asked.push(search);
  });
  await page.goto(new URL(`${path}#${old}`, bima.page.url()).href);
  const wanted = citra.thread.getByText("number 40", { exact: true });
  await expect(wanted).toBeInViewport();
  await expect(citra.thread.getByText("number 300", { exact: true })).toHaveCount(0);
  expect(asked).toEqual([`?around=${old}&limit=100`]);

  // What somebody types stays, and what others write moves nothing.
  await citra.reply.fill("half a sentence");
  await bima.page.goto(new URL(path, bima.page.url()).href);
  await expect(bima.message("number 300")).toBeVisible();
  await bima.page.evaluate(note, ["first", "second"]);
  const bar = page.getByRole("button", { name: "2 new messages · to the newest" });
  await expect(bar).toBeVisible();
  await expect(wanted).toBeInViewport();
  await expect(citra.reply).toHaveValue("half a sentence");

  // Both ways from there, without a hole.
  const numbers = async () =>
    (await citra.thread.getByText(/^number \d+$/).allInnerTexts()).map((text) =>
      Number(text.slice("number ".length)),
    );
  for (const end of ["top", "bottom"] as const) {
    await citra.thread.evaluate(
      (log, end) => (log.scrollTop = end === "top" ? 0 : log.scrollHeight),
      end,
    );
    await expect.poll(() => asked.length).toBe(end === "top" ? 2 : 3);
  }
  await expect.poll(async () => (await numbers()).at(-1)).toBeGreaterThan(100);
  const seen = await numbers();
  expect(seen).toEqual(seen.map((_, index) => seen[0]! + index));

  await bar.click();
  await expect(citra.message("second")).toBeInViewport();
  await expect(citra.message("number 300")).toHaveCount(1);
  expect(asked).toHaveLength(3);

  // An answer is the newest, wherever its author was.
  await page.evaluate((old) => (location.hash = old), old);
  await expect(wanted).toBeInViewport();
  await citra.reply.press("Enter");
  await expect(citra.message("half a sentence")).toBeInViewport();
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

/** The id of the message with this text. */
async function entryOf(text: string): Promise<string> {
  const id = location.pathname.split("/").at(-1)!;
  const read = async (query: string) => {
    const answer = await fetch(`/api/v1/conversations/${id}/entries?limit=100${query}`);
    const { entries } = (await answer.json()) as {
      entries: { id: string; text: string; position: number }[];
    };
    return entries;
  };
  for (let page = await read(""); page.length > 0;) {
    const found = page.find((entry) => entry.text === text);
    if (found) return found.id;
    page = await read(`&before=${page[0]!.position}`);
  }
  throw new Error(`${text} is not there`);
}

async function note(texts: string[]): Promise<void> {
  const id = location.pathname.split("/").at(-1)!;
  for (const text of texts) {
    const random = crypto.getRandomValues(new Uint8Array(10));
    const time = Date.now().toString(16).padStart(12, "0");
    const tail = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const answer = await fetch(`/api/v1/conversations/${id}/notes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        id: `ent_${time}7${tail.slice(1, 4)}8${tail.slice(5)}`,
        text,
        mention_ids: [],
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }
}
