// The pictures of docs/guide.md, taken from the demo as it is.

import tests from "./playwright.config";

export default {
  ...tests,
  testDir: "guide",
  workers: 1,
  use: { ...tests.use, actionTimeout: 15_000 },
};
