// The browser's half of `sapa-load desk`, which starts it, the server and the load. Without traces: they are work in the
// page that is measured.

import tests from "./playwright.config";

export default {
  ...tests,
  testDir: "bench",
  workers: 1,
  timeout: 600_000,
  reporter: "line",
  use: { ...tests.use, trace: "off" as const },
};
