// An API inbox from its settings to its ticks, with the example client of the documentation on the other side.

import type { Page } from "@playwright/test";
import { createServer, type Server as HttpServer } from "node:http";
import { expectAccessible } from "../support/axe";
import { Desk } from "../support/desk";
import { Echo, type Connection } from "../support/echo";
import { freePort, Server } from "../support/server";
import { expect, test } from "../support/test";

/** The other system's server, where a test decides what it answers. */
class Receiver {
  status = 204;
  readonly told: { id: string; text: string }[] = [];

  private constructor(private readonly server: HttpServer) {}

  static async start(port: number): Promise<Receiver> {
    const receiver: Receiver = new Receiver(
      createServer(async (request, response) => {
        let body = "";
        for await (const part of request.setEncoding("utf8")) body += part as string;
        const { data } = JSON.parse(body) as { data: { message: { id: string; text: string } } };
        receiver.told.push(data.message);
        response.writeHead(receiver.status).end();
      }),
    );
    await new Promise<void>((resolve) => receiver.server.listen(port, resolve));
    return receiver;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What another system says of one of our messages. */
async function tell(connection: Connection, message: string, body: object): Promise<void> {
  const { SAPA_URL, SAPA_INBOX, SAPA_TOKEN } = connection;
  const address = `${SAPA_URL}/api/v1/inboxes/${SAPA_INBOX}/messages/${message}/status`;
  const headers = { authorization: `Bearer ${SAPA_TOKEN}`, "content-type": "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

/** Makes an API inbox in the settings, and reads what a developer copies from there. */
async function connect(page: Page, server: Server, port: number): Promise<Connection> {
  await page.goto(`${server.url}/settings/inboxes`);
  await page.getByRole("button", { name: "New inbox" }).click();
  await page.getByText("API", { exact: true }).click();
  await page.getByLabel("Name").fill("Orders");
  await page.getByLabel("Address").fill("not an address");
  await page.getByLabel("Address").fill(`http://127.0.0.1:${port}/hook`);
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(page.getByRole("heading", { name: "Connect your program" })).toBeVisible();
  const secret = page.getByRole("group", { name: "Webhook secret" }).locator("pre");
  await page.getByRole("button", { name: "New token" }).click();
  const token = page.getByRole("group", { name: "Access token" }).locator("pre");
  return {
    SAPA_URL: server.url,
    SAPA_INBOX: page.url().split("/").at(-1) ?? "",
    SAPA_TOKEN: await token.innerText(),
    SAPA_SECRET: await secret.innerText(),
    PORT: String(port),
  };
}

// R192, R291
test("a program posts, hears the answer, and its statuses are the ticks", async ({ browse }) => {
  test.slow();
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  const port = await freePort();
  let echo: Echo | null = null;
  let receiver: Receiver | null = null;
  try {
    const desk = new Desk(await browse(), server.url);
    await desk.signIn("ayu", server.password);
    const connection = await connect(desk.page, server, port);
    await expectAccessible(desk.page, "an API inbox");

    echo = await Echo.start(connection);
    const forged = await fetch(`http://127.0.0.1:${port}/hook`, { method: "POST", body: "{}" });
    expect(forged.status).toBe(401);
    await echo.say("Halo, is my order on its way?");

    await desk.page.goto(`${server.url}/chats/queue`);
    await expect(desk.row(/Budi Santoso/)).toContainText("API");
    await desk.open(/Budi Santoso/);
    await expect(desk.message("is my order on its way?")).toBeVisible();
    await desk.say("Yes, it left this morning.");
    await echo.prints("Yes, it left this morning.");
    await expect(
      desk.message("it left this morning").getByRole("img", { name: "Read" }),
    ).toBeVisible();

    // Nobody is there: it waits, and leaves by itself when somebody is.
    await echo.stop();
    await desk.say("It arrives tomorrow.");
    const waits = desk.message("It arrives tomorrow.");
    await expect(waits.getByRole("img", { name: "Waiting to be sent" })).toBeVisible();
    echo = await Echo.start(connection);
    await echo.prints("It arrives tomorrow.");
    await expect(waits.getByRole("img", { name: "Read" })).toBeVisible();
    await echo.stop();

    // The other side cannot deliver it, and says why; the team tries again.
    receiver = await Receiver.start(port);
    await desk.say("Shall I call you?");
    await expect.poll(() => receiver?.told.length).toBe(1);
    const called = desk.message("Shall I call you?");
    await expect(called.getByRole("img", { name: "Sent", exact: true })).toBeVisible();
    await tell(connection, receiver.told[0]!.id, { status: "failed", error: "the phone is off" });
    await expect(called).toContainText("could not deliver it: the phone is off");
    await called.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => receiver?.told.length).toBe(2);
    expect(receiver.told[1]!.id).toBe(receiver.told[0]!.id);
    await tell(connection, receiver.told[1]!.id, { status: "delivered" });
    await expect(called.getByRole("img", { name: "Sent", exact: true })).toBeVisible();

    // Gone is gone, until somebody starts it again.
    receiver.status = 410;
    await desk.say("Are you there?");
    const stopped = desk.message("Are you there?");
    await expect(stopped).toContainText("sending from this inbox is stopped");
    await desk.page.goto(`${server.url}/settings/inboxes/${connection.SAPA_INBOX}`);
    await expect(desk.page.getByText("Answers are not sent")).toBeVisible();
    await expectAccessible(desk.page, "a stopped API inbox");
    await desk.page.getByRole("button", { name: "Start again" }).click();
    await expect(desk.page.getByText("Answers are not sent")).toHaveCount(0);
    receiver.status = 200;
    await desk.page.goto(`${server.url}/chats/mine`);
    await desk.open(/Budi Santoso/);
    await stopped.getByRole("button", { name: "Try again" }).click();
    await expect(stopped.getByRole("img", { name: "Sent", exact: true })).toBeVisible();
    expect(receiver.told.at(-1)?.text).toBe("Are you there?");
  } finally {
    await echo?.stop();
    await receiver?.stop();
    await server.stop();
  }
});

test("a server closes its own network to webhooks unless it is told otherwise", async ({
  sit,
  server,
}) => {
  const desk = await sit("ayu");
  await desk.page.goto(`${server.url}/settings/inboxes/new`);
  await desk.page.getByText("API", { exact: true }).click();
  await desk.page.getByLabel("Name").fill("Orders");
  await desk.page.getByLabel("Address").fill("http://169.254.169.254/latest/meta-data");
  await desk.page.getByRole("button", { name: "Create inbox" }).click();
  await expect(desk.page.getByText("Only public https addresses")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`an API inbox in ${colorScheme} at ${width}`, async ({ browse }) => {
      test.slow();
      const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
      const port = await freePort();
      const receiver = await Receiver.start(port);
      try {
        const viewport = { width, height: width < 500 ? 844 : 900 };
        const desk = new Desk(await browse({ viewport, colorScheme }), server.url);
        const { page } = desk;
        const shot = (name: string, fullPage = false) =>
          page.screenshot({
            path: `screenshots/api-${name}-${colorScheme}-${width}.png`,
            fullPage,
          });
        await page.goto(server.url);
        await page.getByLabel("Email").fill("ayu@kopisenja.example");
        await page.getByLabel("Password").fill(server.password);
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("list", { name: "Chats" })).toBeVisible();
        await page.goto(`${server.url}/settings/inboxes/new`);
        await page.getByText("API", { exact: true }).click();
        await shot("new");
        const connection = await connect(page, server, port);
        await shot("inbox", true);
        const echo = await Echo.start({ ...connection, PORT: String(await freePort()) });
        await echo.say("Halo kak, pesanan KS-10391 sudah dikirim?");
        await echo.stop();
        await page.goto(`${server.url}/chats/queue`);
        await desk.open(/Budi Santoso/);
        await desk.say("Sudah kak, tadi pagi.");
        await expect.poll(() => receiver.told.length).toBe(1);
        await tell(connection, receiver.told[0]!.id, { status: "read" });
        receiver.status = 410;
        await desk.say("Nomor resinya JX-2231.");
        await expect(desk.message("JX-2231")).toContainText("sending from this inbox is stopped");
        await expectAccessible(page, "a failed message");
        await shot("thread");
        await page.goto(`${server.url}/settings/inboxes/${connection.SAPA_INBOX}`);
        await expect(page.getByText("Answers are not sent")).toBeVisible();
        await shot("stopped");
        await page.goto(`${server.url}/settings/inboxes`);
        await expect(page.getByText("Not sending")).toBeVisible();
        await shot("list");
      } finally {
        await receiver.stop();
        await server.stop();
      }
    });
  }
}

test("a file by its address is being fetched, is there, or says why it is not", async ({
  browse,
}) => {
  test.slow();
  const server = await Server.start("demo", { SAPA_WEBHOOKS__PRIVATE_NETWORKS: "true" });
  const [port, shop] = [await freePort(), await freePort()];
  const picture = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=",
    "base64",
  );
  let give: () => void = () => {};
  const ready = new Promise<void>((resolve) => (give = resolve));
  const files = createServer((request, response) => {
    if (request.url !== "/beans.png") return void response.writeHead(404).end();
    void ready.then(() => response.writeHead(200).end(picture));
  });
  await new Promise<void>((resolve) => files.listen(shop, resolve));
  try {
    const desk = new Desk(await browse(), server.url);
    const { page } = desk;
    await desk.signIn("ayu", server.password);
    const { SAPA_URL, SAPA_INBOX, SAPA_TOKEN } = await connect(page, server, port);
    const at = (name: string) => ({ url: `http://127.0.0.1:${shop}/${name}` });
    const posted = await fetch(`${SAPA_URL}/api/v1/inboxes/${SAPA_INBOX}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${SAPA_TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({
        contact: { external_id: "budi", name: "Budi Santoso" },
        message: {
          external_id: "m-1",
          text: "These beans?",
          attachments: [at("beans.png"), { ...at("gone"), name: "invoice.pdf" }],
        },
      }),
    });
    expect(posted.status).toBe(201);
    await page.goto(`${server.url}/chats/queue`);
    await desk.open(/Budi Santoso/);
    const message = desk.message("These beans?");
    await expect(message).toContainText("Being fetched…");
    await expect(message).toContainText("Not fetched: it is not there any more");
    await expectAccessible(page, "a message with files that are not here");
    await page.screenshot({ path: "screenshots/file-fetching.png" });
    await message.hover();
    await message.getByRole("button", { name: "More for this message" }).click();
    await page.getByRole("menuitem", { name: "Forward…" }).click();
    const forward = page.getByRole("dialog", { name: "Forward to another chat" });
    await expect(forward).toContainText(/Not here, so left out: .*beans\.png.*invoice\.pdf/);
    await expectAccessible(page, "forwarding without the files that are not here");
    await page.screenshot({ path: "screenshots/forward-left-out.png" });
    await page.keyboard.press("Escape");
    await expect(forward).toHaveCount(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.screenshot({ path: "screenshots/file-fetching-dark-390.png" });
    give();
    await expect(message.getByRole("img", { name: "beans.png" })).toBeVisible();
    await expect(message).not.toContainText("Being fetched…");
  } finally {
    give();
    files.closeAllConnections();
    await new Promise((resolve) => files.close(resolve));
    await server.stop();
  }
});

test("an address that is refused has the focus, and no bar is over it", async ({ server, sit }) => {
  const { page } = await sit("ayu");
  await page.goto(`${server.url}/settings/inboxes/new`);
  await page.getByText("API", { exact: true }).click();
  await page.getByLabel("Name").fill("Orders");
  const address = page.getByLabel("Address");
  await address.fill("http://127.0.0.1:9/hook");
  await page.getByRole("main").evaluate((main) => main.scrollTo(0, 0));
  await page.getByRole("button", { name: "Create inbox" }).click();
  await expect(address).toBeFocused();
  await expect(page.getByRole("alert").filter({ hasText: "address" })).toBeInViewport();
  await expect
    .poll(() =>
      address.evaluate((field) => {
        const { left, bottom } = field.getBoundingClientRect();
        return document.elementFromPoint(left + 20, bottom - 4) === field;
      }),
    )
    .toBe(true);
});
