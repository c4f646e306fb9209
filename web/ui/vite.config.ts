// Runs the unit tests of the primitives; the desk builds them.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { name: "ui", environment: "node", include: ["src/**/*.test.ts"] },
});
