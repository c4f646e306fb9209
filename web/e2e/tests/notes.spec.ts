// Notes: for the team only, at the colleague's desk at once; a mention calls; nothing typed is lost.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

/** The box for notes, already chosen. */
const box = (desk: Desk) => desk.page.getByRole("textbox", { name: "Note" });
const note = (desk: Desk, text: string) =>
  desk.thread.getByRole("article", { name: /^Note by/ }).filter({ hasText: text });

async function write(desk: Desk, text: string): Promise<void> {
  await desk.page.getByRole("tab", { name: "Note" }).click();
  // Whoever goes over writes next: a letter typed now must not run as a key.
  await expect(box(desk)).toBeFocused();
  await box(desk).fill(text);
  await box(desk).press("Enter");
}

test("a note is at the colleague's desk at once and never in the widget", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Where is my parcel?");
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  for (const desk of [citra, dimas]) {
    await desk.show("queue");
    await desk.open(/Where is my parcel/);
  }
  await write(citra, "He waits since Monday, be kind.");
  await expect(note(citra, "be kind")).toBeVisible();
  await expect(note(dimas, "be kind")).toBeVisible();
  await expect(note(dimas, "be kind")).toContainText("Citra Dewi");
  await expect(note(dimas, "be kind")).toContainText(
    "Only colleagues see this, never the customer",
  );
  // It took nothing: the conversation still waits for both.
  await expect(citra.page).toHaveURL(/\/chats\/queue/);
  await expect(dimas.reply).toBeVisible();

  await citra.page.getByRole("tab", { name: "Reply" }).click();
  await citra.say("It is on its way");
  await expect(visitor.message("It is on its way")).toBeVisible();
  await expect(visitor.thread).not.toContainText("be kind");
  await visitor.page.reload();
  await visitor.open();
  await expect(visitor.message("It is on its way")).toBeVisible();
  await expect(visitor.thread).not.toContainText("be kind");

  await citra.page.reload();
  await expect(note(citra, "be kind")).toBeVisible();
});

test("nobody outside hears that a note is being written", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Anybody?");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Anybody/);
  await citra.page.getByRole("tab", { name: "Note" }).click();
  await box(citra).pressSequentially("a secret thought");
  await citra.page.getByRole("tab", { name: "Reply" }).click();
  await expect(visitor.thread.getByRole("img", { name: /is writing/ })).toHaveCount(0);
  await citra.reply.pressSequentially("Yes");
  await expect(visitor.thread.getByRole("img", { name: /is writing/ })).toBeVisible();
});

test("answer and note keep their own drafts, also over a reload", async ({ sit }) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  await citra.reply.fill("Dear Hannah");
  await citra.page.keyboard.press("Escape");
  await citra.page.keyboard.press("m");
  await expect(box(citra)).toBeFocused();
  await box(citra).fill("She is a regular");
  await citra.page.reload();
  await expect(citra.reply).toHaveValue("Dear Hannah");
  await citra.page.getByRole("tab", { name: "Note" }).click();
  await expect(box(citra)).toHaveValue("She is a regular");
});

test("a mention by keyboard calls the colleague, whose click opens the note", async ({ sit }) => {
  const [citra, bima] = [await sit("citra"), await sit("bima")];
  await bima.show("closed");
  await citra.open(/Hannah Kim/);
  const { page } = citra;
  await page.keyboard.press("m");
  await expect(box(citra)).toBeFocused();
  await page.keyboard.type("Please look, @bi");
  const names = page.getByRole("listbox", { name: "Mention a colleague or a team" });
  await expect(names.getByRole("option", { name: "Bima" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await expectAccessible(page, "the list of names");
  await expect(names.getByRole("option", { name: "Citra" })).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(names).toHaveCount(0);
  await page.keyboard.type("thanks");
  await expect(box(citra)).toHaveValue(/^Please look, @Bima \S+ thanks$/);
  await page.keyboard.press("Enter");

  const notices = bima.page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText("Citra Dewi mentioned you in the chat with Hannah Kim");
  await expect(page.getByRole("region", { name: "Notices" })).not.toContainText("mentioned");
  await notices.getByRole("button", { name: "Open" }).click();
  await expect(note(bima, "Please look")).toBeInViewport();
  await expect(note(bima, "Please look")).toBeFocused();
  await expect(notices).not.toContainText("mentioned");
  await expect(bima.page).toHaveURL(/cnv_[0-9a-f]+$/);
  await expectAccessible(bima.page, "a thread with a note");
});

test("Escape closes the names only; a click takes one", async ({ sit }) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  await citra.page.getByRole("tab", { name: "Note" }).click();
  const names = citra.page.getByRole("listbox", { name: "Mention a colleague or a team" });
  await box(citra).pressSequentially("@");
  await expect(names).toBeVisible();
  await citra.page.keyboard.press("Escape");
  await expect(names).toHaveCount(0);
  await expect(box(citra)).toBeFocused();
  await box(citra).fill("");
  await box(citra).pressSequentially("@ay");
  await names.getByRole("option", { name: "Ayu" }).click();
  await expect(box(citra)).toHaveValue(/^@Ayu \S+ $/);
  await expect(box(citra)).toBeFocused();
});

test("who lost sight of the chat meanwhile is named in the refusal, and the note is kept", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Who takes me?");
  const [citra, dimas] = [await sit("citra"), await sit("dimas")];
  await citra.show("queue");
  await citra.open(/Who takes me/);
  await citra.page.getByRole("tab", { name: "Note" }).click();
  await box(citra).pressSequentially("@dim");
  await citra.page.keyboard.press("Enter");
  await box(citra).pressSequentially("yours?");
  // Taken by her in another tab of hers: Dimas cannot see it any more, and the mention comes too late.
  const other = await citra.page.context().newPage();
  await other.goto(citra.page.url());
  await other.getByRole("tab", { name: "Reply" }).click();
  await other.getByRole("textbox", { name: "Reply" }).fill("I do");
  await other.getByRole("textbox", { name: "Reply" }).press("Enter");
  await expect(citra.message("I do")).toBeVisible();
  await box(citra).press("Enter");
  await expect(citra.thread).toContainText(/Note not added: Dimas \S+ cannot see this chat/);
  await citra.thread.getByRole("button", { name: "Edit" }).click();
  await expect(box(citra)).toHaveValue(/^@Dimas \S+ yours\?$/);
  await box(citra).fill("nobody then");
  await box(citra).press("Enter");
  await expect(note(citra, "nobody then")).toBeVisible();
  await expect(dimas.page.getByRole("region", { name: "Notices" })).not.toContainText("mentioned");
});

test("a note without network waits, survives a reload, and arrives once", async ({ sit }) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  await fail(citra.page, true);
  await write(citra, "Waits for the network");
  const waiting = note(citra, "Waits for the network");
  await expect(waiting.getByRole("img", { name: "Waiting to be sent" })).toBeVisible();
  await citra.page.reload();
  await expect(waiting).toBeVisible();
  await fail(citra.page, false);
  await expect(waiting.getByRole("img")).toHaveCount(0, { timeout: 40_000 });
  await citra.page.reload();
  await expect(waiting).toHaveCount(1);
});

async function fail(page: Page, on: boolean): Promise<void> {
  if (on) await page.route("**/notes", (route) => route.abort());
  else await page.unroute("**/notes");
}
