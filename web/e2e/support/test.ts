// What every test has: a server with the demo's workspace, people at desks, visitors in the shop.
// Must stay true: a page that throws, or breaks its content security policy, fails the test.

import { test as base, expect, type BrowserContextOptions, type Page } from "@playwright/test";
import { Desk, type Who } from "./desk";
import { Server } from "./server";
import { Visitor } from "./visitor";

interface Fixtures {
  /** With the demo's workspace. */
  server: Server;
  /** A page in a browser of its own. */
  browse: (options?: BrowserContextOptions) => Promise<Page>;
  /** Somebody signed in at the desk. */
  sit: (who: Who, options?: BrowserContextOptions) => Promise<Desk>;
  /** Somebody in the demo shop. */
  visit: (options?: BrowserContextOptions) => Promise<Visitor>;
  /** What went wrong in any page. */
  faults: string[];
}

/** Failures of the network that a test causes itself; the page's own handling is what is tested. */
const NETWORK = /Failed to load resource|WebSocket connection to|net::ERR_/;

/** What the desk's framework warns of is a fault too. */
const FRAMEWORK = /svelte\.dev\/e\//;

export const test = base.extend<Fixtures>({
  server: async ({ browserName: _ }, use) => {
    const server = await Server.start("demo");
    await use(server);
    await server.stop();
  },
  faults: [
    async ({ browserName: _ }, use) => {
      const faults: string[] = [];
      await use(faults);
      expect(faults, "errors in pages").toEqual([]);
    },
    { auto: true },
  ],
  browse: async ({ browser, faults }, use) => {
    const contexts = new Set<{ close(): Promise<void> }>();
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.add(context);
      context.on("weberror", (error) => faults.push(String(error.error())));
      context.on("console", (message) => {
        const failed = message.type() === "error" && !NETWORK.test(message.text());
        if (failed || FRAMEWORK.test(message.text())) faults.push(message.text());
      });
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  sit: async ({ server, browse }, use) => {
    await use(async (who, options) => {
      const desk = new Desk(await browse(options), server.url);
      await desk.signIn(who, server.password);
      return desk;
    });
  },
  visit: async ({ server, browse }, use) => {
    await use(async (options) => {
      const visitor = new Visitor(await browse(options));
      await visitor.enter(`${server.url}/demo`);
      return visitor;
    });
  },
});

export { expect };
