// Long texts in parts, emoji with a skin tone, sound that plays where it stands.

import { expectAccessible } from "../support/axe";
import { expect, test } from "../support/test";

/** A tenth of a second of silence. */
function wave(): Buffer {
  const samples = 800;
  const head = Buffer.alloc(44);
  head.set(Buffer.from("RIFF"), 0);
  head.writeUInt32LE(36 + samples, 4);
  head.set(Buffer.from("WAVEfmt "), 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.set(Buffer.from("data"), 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}

test("no tool beside a half written reply sends it", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Which one do you like?");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Which one/);
  const sent: string[] = [];
  citra.page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/messages"))
      sent.push(request.url());
  });
  await citra.reply.fill("I like the");
  const form = citra.page.locator("form").filter({ has: citra.reply });
  const choosing = citra.page.waitForEvent("filechooser");
  await form.getByRole("button", { name: "Attach files" }).click();
  await choosing;
  for (const name of ["Emoji", "Format", "Quick replies", "Add a card", "More ways to send"]) {
    const tool = form.getByRole("button", { name, exact: true });
    await tool.hover();
    await expect(citra.page.locator(".tooltip")).toBeVisible();
    await tool.click();
    await expect(citra.page.locator("[role=dialog], [role=menu]")).toBeVisible();
    await citra.page.keyboard.press("Escape");
    await expect(citra.page.locator("[role=dialog], [role=menu]")).toHaveCount(0);
  }
  await expect(citra.reply).toHaveValue("I like the");
  expect(sent).toEqual([]);
});

test("a text that is too long goes in parts, in order", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.say("Tell me everything");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Tell me everything/);
  const paragraph = (name: string) => `${name}: ${"all about coffee ".repeat(60).trim()}.`;
  const text = ["First", "Second", "Third"].map(paragraph).join("\n\n");
  await citra.reply.fill(text);
  await citra.page.getByRole("button", { name: "Send in 3 parts" }).click();
  await expect(citra.reply).toHaveValue("");
  const shown = visitor.thread.getByRole("article").filter({ hasText: "all about coffee" });
  await expect(shown).toHaveCount(3);
  for (const [index, name] of ["First", "Second", "Third"].entries()) {
    await expect(shown.nth(index)).toContainText(`${name}: all`);
  }
});

// R184, R186, C32
test("an emoji is sent in the chosen skin tone, which is remembered", async ({ sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("mine");
  await citra.open(/Hannah Kim/);
  await page.getByRole("button", { name: "Emoji", exact: true }).click();
  await page.getByRole("radio", { name: "Medium-dark" }).check({ force: true });
  await page.getByRole("searchbox").fill("thumbs up");
  await expectAccessible(page, "the emoji with their skin tones");
  await page.screenshot({ path: "screenshots/emoji-tones.png" });
  await page.getByRole("button", { name: "thumbs up", exact: true }).click();
  await expect(citra.reply).toHaveValue("👍🏾");
  await page.reload();
  await page.getByRole("button", { name: "Emoji", exact: true }).click();
  await expect(page.getByRole("radio", { name: "Medium-dark" })).toBeChecked();
});

// R186, C32
test("an emoji is found by typing as soon as the picker is open", async ({ sit }) => {
  const citra = await sit("citra");
  const { page } = citra;
  await citra.open(/Hannah Kim/);
  await citra.reply.fill("Thanks ");
  await page.getByRole("button", { name: "Emoji", exact: true }).press("Enter");
  const search = page.getByRole("searchbox", { name: "Find an emoji" });
  await expect(search).toBeFocused();
  await page.keyboard.type("thumbs up");
  await expect(page.getByRole("button", { name: "thumbs up", exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(citra.reply).toHaveValue(/^Thanks 👍\uFE0F?$/u);
  await expect(citra.reply).toBeFocused();

  await page.getByRole("button", { name: "Emoji", exact: true }).press("Enter");
  await expect(search).toBeFocused();
  await page.keyboard.type("coffee");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(citra.reply).toHaveValue(/^Thanks 👍\uFE0F?\p{Extended_Pictographic}/u);
});

test("sound plays where it stands, and can be had as a file", async ({ sit, visit }) => {
  const visitor = await visit();
  const [chooser] = await Promise.all([
    visitor.page.waitForEvent("filechooser"),
    visitor.frame.getByRole("button", { name: "Add files" }).click(),
  ]);
  await chooser.setFiles({ name: "order.wav", mimeType: "audio/wav", buffer: wave() });
  await visitor.say("Listen");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Listen/);
  const player = citra.thread.getByLabel("Play order.wav");
  await expect(player).toBeVisible();
  await expect
    .poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration))
    .toBeCloseTo(0.1, 1);
  await expectAccessible(citra.page, "a thread with sound");
  await citra.page.screenshot({ path: "screenshots/player.png" });
  await expect(citra.thread.getByRole("link", { name: /order\.wav/ })).toHaveAttribute(
    "download",
    "order.wav",
  );
});
