// Browser tests against the real program. Each test starts its own server on a folder of its own.
// SAPA_TEST_PROGRAM is the program (default: the release build), SAPA_TEST_CHROMIUM a browser of the machine
// (default: the one that Playwright downloaded, or Debian's).

import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const DEBIAN = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const browser = process.env["SAPA_TEST_CHROMIUM"] || DEBIAN.find((one) => existsSync(one));

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 60_000,
  // One slow moment of a busy machine is no fault. What needed its second try is named by `scripts/test`.
  retries: 1,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Asia/Jakarta",
    // A trace costs more than the test.
    trace: "on-first-retry",
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      // Containers have no sandbox of their own, and the browser has nothing to ask the network for.
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    },
  },
});
