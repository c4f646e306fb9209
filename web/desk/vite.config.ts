// Builds the desk into dist/: index.html and hashed files under assets/.
// Must stay true: runs under the strict policy (no inline script or style, nothing inlined as data:),
// and the development server speaks to a running `sapa serve` (SAPA_DEV_SERVER).

import { execFileSync } from "node:child_process";
import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { brief } from "./vite/brief";
import { emoji } from "./vite/emoji";
import { plurals } from "./vite/plurals";
import { problems } from "./vite/problems";

const SERVER = process.env["SAPA_DEV_SERVER"] ?? "http://127.0.0.1:7272";
const TESTING = Boolean(process.env["VITEST"]);

// The plugin and compile() watch the messages, which would keep a finished test run waiting; a process of its
// own ends.
if (TESTING) execFileSync("npm", ["run", "--silent", "compile"], { cwd: import.meta.dirname });

export default defineConfig({
  plugins: [
    ...(TESTING ? [] : [translations()]),
    svelte(),
    brief(),
    emoji(),
    plurals(),
    problems(),
  ],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // scripts/budget.mjs watches what is first loaded: as one file it compresses best.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } },
    },
  },
  server: {
    proxy: {
      "/api": { target: SERVER },
      "/w": { target: SERVER },
      "/ws": { target: SERVER, ws: true },
    },
  },
  test: { name: "desk", include: ["src/**/*.test.ts"] },
  // Components run their browser build in tests too.
  resolve: TESTING ? { conditions: ["browser"] } : {},
});

function translations() {
  return paraglideVitePlugin({
    project: "./project.inlang",
    outdir: "./src/paraglide",
    strategy: ["localStorage", "preferredLanguage", "baseLocale"],
    localStorageKey: "sapa-locale",
    isServer: "false",
    emitReadme: false,
  });
}
