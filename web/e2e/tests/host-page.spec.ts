// The widget on somebody else's page, which runs under the strictest policy that a page can have.

import { createServer, type Server as HttpServer } from "node:http";
import { expect, test } from "../support/test";
import { Visitor } from "../support/visitor";

/** What the policy asks of a site that adds the widget: the script by nonce, and the frame. */
function policy(desk: string): string {
  return (
    `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; style-src 'nonce-abc'; frame-src ${desk}; ` +
    "connect-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
  );
}

function hostPage(desk: string, inbox: string): Promise<{ server: HttpServer; url: string }> {
  const html = `<!doctype html><html lang="en"><title>A careful shop</title><h1>A careful shop</h1>
    <script nonce="abc">addEventListener("securitypolicyviolation", (e) => (window.broken ??= []).push(e.violatedDirective))</script>
    <script async nonce="abc" src="${desk}/w.js" data-inbox="${inbox}"></script>`;
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-security-policy", policy(desk));
    response.end(html);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      resolve({ server, url: `http://127.0.0.1:${port}/` });
    });
  });
}

test("the whole chat works on a page with a strict policy, without one violation", async ({
  server,
  browse,
  sit,
}) => {
  const shop = await browse();
  await shop.goto(`${server.url}/demo`);
  const inbox = await shop.locator("script[data-inbox]").getAttribute("data-inbox");
  const host = await hostPage(server.url, inbox!);
  try {
    const visitor = new Visitor(await browse());
    await visitor.enter(host.url);
    await visitor.say("From another origin");
    const citra = await sit("citra");
    await citra.show("queue");
    await citra.open(/From another origin/);
    await citra.say("And back again");
    await expect(visitor.message("And back again")).toBeVisible();
    const broken = await visitor.page.evaluate(
      () => (window as { broken?: string[] }).broken ?? [],
    );
    expect(broken).toEqual([]);
  } finally {
    host.server.close();
  }
});
