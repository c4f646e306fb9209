// Files in both directions: pictures are shown as we re-encoded them, everything else is a download.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Locator } from "@playwright/test";
import { expectAccessible } from "../support/axe";
import type { Desk } from "../support/desk";
import { expect, test } from "../support/test";

const PICTURE = fileURLToPath(new URL("../../../sapa/demo/files/parcel.jpg", import.meta.url));
const PAPER = fileURLToPath(new URL("../../../sapa/demo/files/price-list.pdf", import.meta.url));

// R004, R005, R183, R296, R297
test("a visitor sends a picture, an agent answers with a paper", async ({ sit, visit }) => {
  const visitor = await visit();
  await visitor.frame.locator("input[type=file]").setInputFiles(PICTURE);
  await visitor.say("Look at this bag");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Look at this bag/);
  const picture = citra.message("Look at this bag").getByRole("img", { name: "parcel.jpg" });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);

  await citra.page.locator("input[type=file]").setInputFiles(PAPER);
  await expect(citra.page.getByRole("list", { name: "Attachments" })).toContainText(
    "price-list.pdf",
  );
  await arrived(citra);
  await citra.say("Our prices");
  const card = visitor.thread.getByRole("button", { name: /price-list\.pdf/ });
  await expect(card).toBeVisible();
  const saving = visitor.page.waitForEvent("download");
  await card.click();
  const saved = await (await saving).path();
  expect((await readFile(saved)).equals(await readFile(PAPER))).toBe(true);
});

test("a thread at its end stays there, whatever grows or goes in it", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("I send you some pictures");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/some pictures/);
  for (let line = 1; line <= 12; line++) await visitor.say(`Line ${line}`);
  for (const name of ["one", "two", "three"]) {
    const buffer = await visitor.page.screenshot();
    await visitor.frame
      .locator("input[type=file]")
      .setInputFiles({ name: `${name}.png`, mimeType: "image/png", buffer });
    await expect(visitor.frame.getByText(`${name}.png`)).toBeVisible();
    // The sign that he types goes when the picture comes.
    await visitor.box.pressSequentially(`Picture ${name}`, { delay: 30 });
    await visitor.box.press("Enter");
    await visitor.say(`After ${name}`);
    await expect(
      citra.message(`Picture ${name}`).getByRole("img", { name: `${name}.png` }),
    ).toBeVisible();
    await expect(citra.message(`After ${name}`)).toBeInViewport();
    await expect(citra.page.getByRole("button", { name: /new message/ })).toHaveCount(0);
  }
  await expect(visitor.message("After three").getByRole("img", { name: "Read" })).toBeVisible();
});

// R183
test("a picture is shown where it is written before it is with the server", async ({
  sit,
  visit,
}) => {
  const visitor = await visit();
  await visitor.say("Show me the parcel");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/Show me the parcel/);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/v1/files*", async (route) => {
    await held;
    await route.continue();
  });
  await page.locator("input[type=file]").setInputFiles(PICTURE);
  const picture = page.getByRole("list", { name: "Attachments" }).locator("img");
  const width = () => picture.evaluate((img: HTMLImageElement) => img.naturalWidth);
  await expect.poll(width).toBeGreaterThan(300);
  await page.screenshot({ path: "screenshots/thumbnail-light-1440.png" });
  release();
  await arrived(citra);
  await expect.poll(width).toBeGreaterThan(300);
  // Back from a reload it is a draft, with the picture that the server made.
  await page.waitForTimeout(1_500);
  await page.reload();
  await expect.poll(width).toBeGreaterThan(300);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "screenshots/thumbnail-light-390.png" });
});

test("Enter before a file is in sends both as soon as it is", async ({ sit, visit }) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("A paper, please");
  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/A paper, please/);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await citra.page.route("**/api/v1/files*", async (route) => {
    await held;
    await route.continue();
  });
  await citra.page.locator("input[type=file]").setInputFiles(PAPER);
  await citra.say("Here it is");
  await expect(citra.page.getByText("Sent as soon as the files are in")).toBeVisible();
  await expect(citra.reply).toHaveValue("Here it is");
  release();
  await expect(citra.message("Here it is")).toContainText("price-list.pdf");
  await expect(visitor.message("Here it is")).toContainText("price-list.pdf");
});

// C28
test("a file that is empty or too large is refused with its reason, and the text stays", async ({
  sit,
}) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  await citra.reply.fill("Two bags, whole bean");
  const picker = citra.page.locator("input[type=file]");
  await picker.setInputFiles({
    name: "empty.txt",
    mimeType: "text/plain",
    buffer: Buffer.alloc(0),
  });
  await expect(citra.page.getByText("empty.txt is empty", { exact: false })).toBeVisible();
  const large = Buffer.alloc(26 * 1024 * 1024, 1);
  await picker.setInputFiles({ name: "film.mp4", mimeType: "video/mp4", buffer: large });
  await expect(citra.page.getByText(/film\.mp4 has .* can be sent/)).toBeVisible();
  await expect(citra.reply).toHaveValue("Two bags, whole bean");
});

// C28
test("an image that is too large is shrunk and goes along", async ({ sit, visit }, info) => {
  test.slow();
  const visitor = await visit();
  await visitor.say("Do you have a photo of the bag?");
  const citra = await sit("citra");
  const { page } = citra;
  await citra.show("queue");
  await citra.open(/a photo of the bag/);
  await citra.reply.fill("This one");
  const picker = page.locator("input[type=file]");
  // Whatever follows the end of a JPEG belongs to no picture.
  const rest = Buffer.alloc(26 * 1024 * 1024);
  const [photo, broken] = [info.outputPath("Bag, front.jpeg"), info.outputPath("broken.png")];
  await writeFile(photo, Buffer.concat([turned(await readFile(PICTURE)), rest]));
  await writeFile(broken, rest);
  const shrink = (name: string) => page.getByRole("button", { name: `Shrink ${name} and attach` });
  await picker.setInputFiles(broken);
  await shrink("broken.png").click();
  await expect(page.getByText("broken.png could not be made small enough")).toBeVisible();
  await expect(shrink("broken.png")).toHaveCount(0);

  await picker.setInputFiles(photo);
  await expect(page.getByText(/Bag, front\.jpeg has .* can be sent/)).toBeVisible();
  await expectAccessible(page, "the offer to shrink an image");
  await page.screenshot({ path: "screenshots/shrink.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: "screenshots/shrink-dark-390.png" });
  await page.setViewportSize({ width: 1440, height: 900 });
  const uploaded = page.waitForResponse(/api\/v1\/files\?/);
  await shrink("Bag, front.jpeg").click();
  const stored = (await (await uploaded).json()) as { width: number; height: number };
  expect(stored).toMatchObject({ name: "Bag, front.jpg", media_type: "image/jpeg" });
  expect(stored.height, "upright, as the camera was held").toBeGreaterThan(stored.width);
  await expect(page.getByText(/Bag, front\.jpeg has/)).toHaveCount(0);
  await citra.reply.press("Enter");
  const sent = visitor.message("This one").getByRole("button", { name: "Picture: Bag, front.jpg" });
  await expect(sent.locator("img")).toBeVisible();
});

/** With the word of a camera that was held sideways. */
function turned(jpeg: Buffer): Buffer {
  const exif = "ffe100224578696600004d4d002a00000008000101120003000000010006000000000000";
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from(exif, "hex"), jpeg.subarray(2)]);
}

// R177
test("one bad file keeps no good one back, in the widget and at the desk", async ({
  sit,
  visit,
}) => {
  const text = (name: string, size: number) => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.alloc(size, "x"),
  });
  const mixed = [
    text("empty.txt", 0),
    text("good.txt", 900),
    text("film.mp4", 26 * 1024 * 1024),
    text("fine.txt", 182 * 1024),
  ];
  const visitor = await visit();
  await visitor.frame.locator("input[type=file]").setInputFiles(mixed);
  const alert = visitor.frame.getByRole("alert");
  await expect(alert).toContainText("empty.txt is empty.");
  await expect(alert).toContainText("film.mp4 is too large: at most 25 MB.");
  await visitor.say("Two of four");
  await expect(visitor.message("Two of four")).toContainText("good.txt");
  await expect(visitor.message("Two of four")).toContainText("182 kB");

  const citra = await sit("citra");
  await citra.show("queue");
  await citra.open(/Two of four/);
  await expect(citra.message("Two of four")).toContainText("182 kB");
  await citra.page.locator("input[type=file]").setInputFiles(mixed);
  await expect(citra.page.getByText("empty.txt is empty", { exact: false })).toBeVisible();
  await expect(citra.page.getByText(/film\.mp4 has .* can be sent/)).toBeVisible();
  const chosen = citra.page.getByRole("list", { name: "Attachments" });
  await expect(chosen.getByRole("listitem")).toHaveCount(2);
  const many = Array.from({ length: 12 }, (_, index) => text(`page-${index}.txt`, 5));
  await citra.page.locator("input[type=file]").setInputFiles(many);
  await expect(chosen.getByRole("listitem")).toHaveCount(10);
  await expect(citra.page.getByText(/Send these in the next one: .*page-11\.txt/)).toBeVisible();
});

for (const way of ["drop", "paste"] as const) {
  // R005, R178
  test(`files by ${way}, at the desk and in the widget`, async ({ sit, visit }) => {
    const visitor = await visit();
    await give(visitor.box, way, "from-visitor.txt");
    await expect(visitor.frame.getByText("from-visitor.txt")).toBeVisible();
    await visitor.say(`By ${way}`);
    const citra = await sit("citra");
    await citra.show("queue");
    await citra.open(new RegExp(`By ${way}`));
    await expect(citra.message(`By ${way}`)).toContainText("from-visitor.txt");

    await give(way === "drop" ? citra.thread : citra.reply, way, "from-agent.txt");
    await expect(citra.page.getByRole("list", { name: "Attachments" })).toContainText(
      "from-agent.txt",
    );
    await expect(citra.page.getByText("Drop files to attach them")).toHaveCount(0);
    await arrived(citra);
    await citra.say("And back");
    await expect(visitor.message("And back")).toContainText("from-agent.txt");
  });
}

/** As the mouse or the clipboard would. */
/** A message whose file is still on its way is not sent: Enter would do nothing. */
async function arrived({ page }: Desk): Promise<void> {
  await expect(page.getByRole("list", { name: "Attachments" })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
}

async function give(target: Locator, way: "drop" | "paste", name: string): Promise<void> {
  await target.evaluate(
    (element, { way, name }) => {
      const data = new DataTransfer();
      data.items.add(new File(["some words"], name, { type: "text/plain" }));
      const about = { bubbles: true, cancelable: true };
      if (way === "paste") {
        element.dispatchEvent(new ClipboardEvent("paste", { ...about, clipboardData: data }));
        return;
      }
      for (const kind of ["dragenter", "dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(kind, { ...about, dataTransfer: data }));
      }
    },
    { way, name },
  );
}

test("what looks like a page is only ever a download", async ({ server, sit }) => {
  const citra = await sit("citra");
  await citra.open(/Hannah Kim/);
  const page = Buffer.from("<!doctype html><script>document.title = 'owned'</script>");
  await citra.page
    .locator("input[type=file]")
    .setInputFiles({ name: "harmless.png.html", mimeType: "text/html", buffer: page });
  await arrived(citra);
  await citra.say("See the attachment");
  const link = citra.message("See the attachment").getByRole("link", { name: /harmless/ });
  const address = new URL((await link.getAttribute("href"))!, server.url).href;
  const answer = await citra.page.request.get(address);
  expect(answer.headers()["content-disposition"]).toMatch(/^attachment/);
  expect(answer.headers()["content-type"]).toBe("application/octet-stream");
  expect(answer.headers()["content-security-policy"]).toContain("sandbox");
});
