// Builds the desk into dist/: index.html and hashed files under assets/.
// Must stay true: runs under the strict policy (no inline script or style, nothing inlined as data:),
// and the development server speaks to a running `sapa serve` (SAPA_DEV_SERVER).

import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { emoji } from "./vite/emoji";

const SERVER = process.env["SAPA_DEV_SERVER"] ?? "http://127.0.0.1:7272";

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: "./project.inlang",
      outdir: "./src/paraglide",
      strategy: ["localStorage", "preferredLanguage", "baseLocale"],
      localStorageKey: "sapa-locale",
      isServer: "false",
      emitReadme: false,
    }),
    svelte(),
    emoji(),
  ],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      "/api": { target: SERVER },
      "/w": { target: SERVER },
      "/ws": { target: SERVER, ws: true },
    },
  },
  test: { name: "desk", environment: "happy-dom", include: ["src/**/*.test.ts"] },
  // Components run their browser build in tests too.
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
});
