// An e-mail inbox from its settings to an answer in its thread, with real mail servers on the other side.

import { expectAccessible } from "../support/axe";
import { Desk } from "../support/desk";
import { MailServers, MAIL_PASSWORD } from "../support/mail";
import { Server } from "../support/server";
import { expect, test } from "../support/test";
import { Visitor } from "../support/visitor";
import type { Page } from "@playwright/test";

const PICTURES = "screenshots";
const US = "help@kopi.example";
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const MAIL = `From: Budi Santoso <budi@toko.example>
To: Kopi <${US}>
Cc: Sari <sari@toko.example>
Subject: Order 7
Message-ID: <1@toko.example>
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html; charset=utf-8

<h2 style="color:#0b6e69">Order 7</h2><p>Is the <b>Gayo</b> back? <script>document.title = "x"</script></p>
<table border="1" cellpadding="6"><tr><td>Gayo</td><td>2 kg</td></tr><tr><td>Toraja</td><td>1 kg</td></tr></table>
<img src="cid:logo@x" width="40" height="40" alt="Logo"><img src="https://pictures.example/seen.gif" alt="">
<div class="gmail_quote">On Monday Ayu wrote: what may it be?</div>
--r
Content-Type: image/png; name=logo.png
Content-ID: <logo@x>
Content-Transfer-Encoding: base64

${PIXEL}
--r--
`;

async function connect(page: Page, url: string, mail: MailServers): Promise<void> {
  await page.goto(`${url}/settings/inboxes/new`);
  await page.getByText("Email", { exact: true }).click();
  await page.getByLabel("Name").fill("Orders by mail");
  await page.getByRole("button", { name: "Create inbox" }).click();
  await page.getByLabel("Address", { exact: true }).fill(US);
  await page.getByLabel("Address", { exact: true }).blur();
  await page.getByLabel("Password").fill(MAIL_PASSWORD);
  for (const [name, port] of [
    ["Incoming mail (IMAP)", mail.said.imap],
    ["Outgoing mail (SMTP)", mail.said.smtp],
  ] as const) {
    const server = page.getByRole("group", { name });
    await server.getByLabel("Server").fill("127.0.0.1");
    await server.getByLabel("Port").fill(String(port));
    await server.getByText("None", { exact: true }).click();
  }
}

// R221, R291
test("a mailbox is connected, a mail is shown safely, and the answer arrives in its thread", async ({
  browse,
}) => {
  test.slow();
  const mail = await MailServers.start();
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  try {
    const desk = new Desk(await browse(), server.url);
    const { page } = desk;
    await desk.signIn("ayu", server.password);
    await connect(page, server.url, mail);
    await expect(page.getByLabel("User name")).toHaveValue(US);
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Check and connect" }).click();
    await expect(page.getByText("does not take this user name and password")).toBeVisible();
    await expectAccessible(page, "connecting a mailbox");
    await page.screenshot({ path: `${PICTURES}/email-connect.png`, fullPage: true });
    await page.getByLabel("Password").fill(MAIL_PASSWORD);
    await page.getByRole("button", { name: "Check and connect" }).click();
    await expect(page.getByText(/^Set on /)).toBeVisible();
    await expect(page.getByText(MAIL_PASSWORD)).toHaveCount(0);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByText("Everything is well")).toBeVisible();
    await expectAccessible(page, "a connected mailbox");

    await page.waitForTimeout(3_000);
    mail.deliver(US, MAIL);
    await page.goto(`${server.url}/chats/queue`);
    await expect(desk.row(/Budi Santoso/)).toContainText("Order 7");
    await desk.open(/Budi Santoso/);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const frame = page.frameLocator("iframe");
    await expect(frame.getByRole("heading", { name: "Order 7" })).toBeVisible();
    await expect(frame.getByText("what may it be?")).toBeHidden();
    await expect
      .poll(() =>
        frame
          .getByRole("img", { name: "Logo" })
          .evaluate((picture: HTMLImageElement) => picture.naturalWidth),
      )
      .toBeGreaterThan(0);
    expect(asked.filter((url) => url.includes("pictures.example"))).toEqual([]);
    expect(await page.title()).not.toBe("x");
    await page.screenshot({ path: `${PICTURES}/email-chat.png` });
    await page.getByRole("button", { name: "Show what it answers" }).click();
    await expect(frame.getByText("what may it be?")).toBeVisible();
    await page.getByRole("button", { name: "Show pictures from elsewhere" }).click();
    await expect.poll(() => asked.some((url) => url.includes("pictures.example"))).toBe(true);

    await expect(page.getByText(/To .*Budi Santoso/)).toBeVisible();
    await expectAccessible(page, "a chat by mail");
    await expect(page.getByRole("toolbar", { name: "Format" })).toBeVisible();
    await desk.reply.pressSequentially("Yes, *since* this morning.");
    await expect(desk.reply.locator("strong")).toHaveText("since");
    await desk.reply.press("Control+Enter");
    await expect.poll(() => mail.mails("budi@toko.example").length).toBe(1);
    const sent = mail.mails("budi@toko.example")[0]!;
    expect(sent).toContain("Subject: Re: Order 7");
    expect(sent).toContain("In-Reply-To: <1@toko.example>");
    expect(sent).toContain("<b>since</b>");
    expect(mail.mails("sari@toko.example").length).toBe(1);
    const answer = desk.message("since this morning");
    await expect(answer.getByRole("img", { name: "Sent", exact: true })).toBeVisible();

    // To somebody else, whose server does not want it.
    await page.getByRole("button", { name: "Change recipients" }).click();
    await page.getByLabel("To", { exact: true }).fill("nobody@x.example");
    await page.getByLabel("Cc", { exact: true }).fill("");
    await expectAccessible(page, "changing recipients");
    await page.screenshot({ path: `${PICTURES}/email-recipients.png` });
    await desk.reply.fill("Are you there?");
    await desk.reply.press("Control+Enter");
    await expect(desk.message("Are you there?")).toContainText("No such person");
  } finally {
    await server.stop();
    await mail.stop();
  }
});

// By keyboard and by buttons, with what was copied elsewhere, to people who are remembered, signed.
test("a mail is written as it will look, to all or to one, and signed", async ({ browse }) => {
  test.slow();
  const mail = await MailServers.start();
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  try {
    const page = await browse();
    const desk = new Desk(page, server.url);
    await desk.signIn("ayu", server.password);
    await connect(page, server.url, mail);
    await page.getByRole("button", { name: "Check and connect" }).click();
    await expect(page.getByText(/^Set on /)).toBeVisible();
    await page
      .getByLabel("Text", { exact: true })
      .fill("*Kopi Senja*\n[Menu](https://kopi.example/menu)");
    const shown = page.getByRole("group", { name: "As customers see it" });
    await expect(shown.getByRole("link", { name: "Menu" })).toHaveAttribute(
      "href",
      "https://kopi.example/menu",
    );
    await expectAccessible(page, "the signature of an inbox");
    await page
      .locator("form")
      .filter({ has: page.getByLabel("Text", { exact: true }) })
      .getByRole("button", { name: "Save" })
      .click();
    await expect(page.getByText("Saved")).toBeVisible();
    await page.goto(`${server.url}/settings/profile`);
    await page.getByLabel("Text", { exact: true }).fill("{{me.name}}, {{inbox.name}}");
    await expect(page.getByRole("group", { name: "As customers see it" })).toContainText(
      "Ayu Lestari, Orders by mail",
    );
    await page
      .locator("form")
      .filter({ has: page.getByLabel("Text", { exact: true }) })
      .getByRole("button", { name: "Save" })
      .click();
    await expect(page.getByText("Saved")).toBeVisible();

    await page.waitForTimeout(3_000);
    mail.deliver(US, MAIL);
    await page.goto(`${server.url}/chats/queue`);
    await desk.open(/Budi Santoso/);
    const tools = page.getByRole("toolbar", { name: "Format" });
    await expect(tools).toBeVisible();
    await expect(page.getByRole("group", { name: "Signature" })).toContainText("Ayu Lestari");

    // Lists and marks as they are typed; the arrows walk through the buttons.
    await desk.reply.click();
    await page.keyboard.type("Dear *Budi*,");
    await page.keyboard.press("Enter");
    await page.keyboard.type("- one");
    await page.keyboard.press("Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+i");
    await page.keyboard.type("soon");
    await page.keyboard.press("Control+i");
    await page.keyboard.type(" see ");
    await expect(desk.reply.locator("[data-kind=dash]")).toHaveText(["one", "two"]);
    await expect(desk.reply.locator("em")).toHaveText("soon");
    await page.keyboard.press("Control+Shift+k");
    const link = page.getByRole("group", { name: "Link", exact: true });
    await expect(link.getByLabel("Words")).toBeFocused();
    await page.keyboard.type("the menu");
    await link.getByLabel("Address of the link").fill("nowhere");
    await page.keyboard.press("Enter");
    await expect(link.getByText("Write an address of the web")).toBeVisible();
    await expectAccessible(page, "the address of a link");
    await link.getByLabel("Address of the link").fill("kopi.example/menu");
    await page.keyboard.press("Enter");
    await expect(desk.reply).toBeFocused();
    await expect(desk.reply.getByRole("link", { name: "the menu" })).toHaveAttribute(
      "href",
      "https://kopi.example/menu",
    );
    await tools.getByRole("button", { name: "Bold" }).focus();
    await page.keyboard.press("End");
    await expect(tools.getByRole("button", { name: "Block of code" })).toBeFocused();
    await page.keyboard.press("Home");
    await expect(tools.getByRole("button", { name: "Bold" })).toBeFocused();

    // What was copied elsewhere is what it can be here.
    await desk.reply.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await desk.reply.evaluate((box) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData(
        "text/html",
        `<p onclick="x()">Pasted <b>well</b></p><script>document.title = "x"</script><table><tr><td>1</td><td>2</td></tr></table>`,
      );
      clipboardData.setData("text/plain", "plain");
      box.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    });
    await expect(desk.reply).toContainText("Pasted well");
    await expect(desk.reply.locator("table, script")).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(desk.reply).not.toContainText("Pasted");
    await page.keyboard.press("Control+Shift+z");
    await expect(desk.reply).toContainText("Pasted well");
    await expectAccessible(page, "a mail being written");
    await page.screenshot({ path: `${PICTURES}/email-writing.png` });

    // It is a draft like any other, recipients too.
    await page.getByRole("button", { name: "Only to the sender" }).click();
    await expect(page.getByText(/To .*Budi Santoso/)).not.toContainText("Sari");
    await expect
      .poll(() => page.evaluate(() => document.querySelector("#composer")?.textContent))
      .toContain("Pasted");
    await page.waitForTimeout(1_000);
    await page.reload();
    await expect(desk.reply.locator("strong").first()).toHaveText("Budi");
    await expect(page.getByRole("button", { name: "To all again" })).toBeVisible();
    await desk.reply.press("Control+Enter");
    await expect.poll(() => mail.mails("budi@toko.example").length).toBe(1);
    expect(mail.mails("sari@toko.example").length).toBe(0);
    const sent = mail.mails("budi@toko.example")[0]!.replaceAll("=\r\n", "").replaceAll("=3D", "=");
    expect(sent).toContain("<ul><li>one</li><li>two</li></ul>");
    expect(sent).toContain('<a href="https://kopi.example/menu">the menu</a>');
    expect(sent).toContain("Ayu Lestari, Orders by mail");
    await expect(desk.message("the menu").getByRole("link", { name: "the menu" })).toBeVisible();

    // Remembered for the next one, which goes without the signature.
    await expect(page.getByRole("button", { name: "Only to the sender" })).toHaveCount(0);
    await page.getByRole("button", { name: "Leave it out this time" }).click();
    await desk.reply.fill("And?");
    await page.getByRole("button", { name: "Change recipients" }).click();
    await page.getByRole("button", { name: "Add Sari to Cc" }).click();
    await expect(page.getByLabel("Cc", { exact: true })).toHaveValue("sari@toko.example");
    await page.getByLabel("To", { exact: true }).fill("budi@");
    await expect(page.getByText("budi@ is no e-mail address").first()).toBeVisible();
    await expectAccessible(page, "an address that is none");
    await desk.reply.press("Control+Enter");
    await page.waitForTimeout(500);
    expect(mail.mails("sari@toko.example").length).toBe(0);
    await page.getByLabel("To", { exact: true }).fill("budi@toko.example");
    await desk.reply.press("Control+Enter");
    await expect.poll(() => mail.mails("sari@toko.example").length).toBe(1);
    expect(mail.mails("sari@toko.example")[0]).not.toContain("Ayu Lestari, Orders");
  } finally {
    await server.stop();
    await mail.stop();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`a mailbox and a mail in ${colorScheme} at ${width}`, async ({ browse }) => {
      test.slow();
      const mail = await MailServers.start();
      const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
      try {
        const page = await browse({ viewport: { width, height: 900 }, colorScheme });
        const desk = new Desk(page, server.url);
        await desk.signIn("ayu", server.password);
        await connect(page, server.url, mail);
        const picture = (name: string): string =>
          `${PICTURES}/email-${name}-${colorScheme}-${width}.png`;
        await page.screenshot({ path: picture("new"), fullPage: true });
        await page.getByRole("button", { name: "Check and connect" }).click();
        await expect(page.getByText(/^Set on /)).toBeVisible();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
        await page.screenshot({ path: picture("box") });
        await page.waitForTimeout(3_000);
        mail.deliver(US, MAIL);
        await page.goto(`${server.url}/chats/queue`);
        await desk.open(/Budi Santoso/);
        await expect(page.frameLocator("iframe").getByRole("heading")).toBeVisible();
        await expectAccessible(page, "a chat by mail");
        await page.screenshot({ path: picture("mail") });
        await desk.reply.click();
        await page.keyboard.type(
          "Dear *Budi*,\n- the `Gayo` is back\n_soon_ the Toraja, too\n\n> what may it be?",
        );
        await page.screenshot({ path: picture("writing") });
        await page.getByRole("button", { name: "Link" }).click();
        await page.screenshot({ path: picture("link") });
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Change recipients" }).click();
        await page.screenshot({ path: picture("recipients") });
        await page.goto(`${server.url}/settings/profile`);
        await page.getByLabel("Text", { exact: true }).fill("*Ayu*\n[Menu](https://kopi.example)");
        await page.screenshot({ path: picture("signature"), fullPage: true });
      } finally {
        await server.stop();
        await mail.stop();
      }
    });
  }
}

test("a visitor has his conversation mailed, once somebody answered him", async ({ browse }) => {
  test.slow();
  const mail = await MailServers.start();
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  try {
    const desk = new Desk(await browse(), server.url);
    const { page } = desk;
    await desk.signIn("ayu", server.password);
    await connect(page, server.url, mail);
    await page.getByRole("button", { name: "Check and connect" }).click();
    await expect(page.getByText(/^Set on /)).toBeVisible();

    const visitor = new Visitor(await browse());
    await visitor.enter(`${server.url}/demo`);
    const { frame } = visitor;
    await visitor.say("Is the *Gayo* back?");
    await expect(frame.getByRole("img", { name: "Sent" })).toBeVisible();
    await frame.getByRole("button", { name: "Keep this conversation" }).click();
    const address = frame.getByLabel("Your email address");
    await address.fill("sari@toko.example");
    await frame.getByRole("button", { name: "Send by email" }).click();
    await expect(frame.getByRole("alert").filter({ hasText: "as soon as somebody" })).toBeVisible();

    await page.goto(`${server.url}/chats/queue`);
    await desk.open(/Gayo/);
    await desk.say("Since this morning");
    await expect(visitor.message("Since this morning")).toBeVisible();
    // By keyboard alone.
    await address.focus();
    await visitor.page.keyboard.press("Enter");
    await expect(frame.getByText("On its way to sari@toko.example")).toBeVisible();
    await expectAccessible(frame, "a conversation on its way by mail");
    for (const colorScheme of ["light", "dark"] as const) {
      await visitor.page.emulateMedia({ colorScheme });
      await visitor.page.setViewportSize({ width: 1440, height: 900 });
      await visitor.page.screenshot({
        path: `${PICTURES}/transcript-mail-${colorScheme}-1440.png`,
      });
      await visitor.page.setViewportSize({ width: 390, height: 844 });
      await visitor.page.screenshot({ path: `${PICTURES}/transcript-mail-${colorScheme}-390.png` });
    }
    await expect.poll(() => mail.mails("sari@toko.example").length).toBe(1);
    const [got] = mail.mails("sari@toko.example");
    expect(got).toContain("Your conversation with Kopi Senja");
    expect(got).toContain("Since this morning");
    await visitor.page.keyboard.press("Escape");
    await expect(address).toHaveCount(0);
    await expect(frame.getByRole("button", { name: "Keep this conversation" })).toBeFocused();
  } finally {
    await server.stop();
    await mail.stop();
  }
});
