// Builds one part at a time: `--mode loader` writes dist/w.js, `--mode greeting` its twin for inboxes that greet,
// everything else the frame.
// Must stay true: the frame's page asks for /w/assets/<hash> only, and carries no inline script or style.

import { fileURLToPath } from "node:url";
import type { Plugin, UserConfig } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two years back: widgets meet visitors' browsers, not our own. */
const TARGET = ["chrome131", "firefox133", "safari18"];

/** Two per cent smaller than the default, and the budgets are tight. */
const TERSE = {
  minify: "terser",
  terserOptions: { ecma: 2020, module: true, compress: { passes: 3 } },
} as const;

/** Inboxes that greet have a loader of their own, so that the others do not carry what shows a greeting. */
const loader = (greets: boolean): UserConfig => ({
  define: { GREETS: greets },
  build: {
    target: TARGET,
    outDir: here("dist"),
    emptyOutDir: false,
    ...TERSE,
    lib: {
      entry: here("loader/loader.ts"),
      formats: ["iife"],
      name: "w",
      fileName: () => (greets ? "greeting.js" : "w.js"),
    },
  },
});

/** Lazy chunks have no chunks of their own to preload, so Vite's helper (0.7 KB) becomes a plain call. */
const plainImports: Plugin = {
  name: "plain-imports",
  enforce: "pre",
  load(id) {
    if (id !== "\0vite/preload-helper.js") return null;
    return "export const __vitePreload = (load) => load();";
  },
};

const frame: UserConfig = {
  root: here("frame"),
  base: "/w/",
  plugins: [plainImports],
  build: {
    target: TARGET,
    outDir: here("dist/frame"),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    ...TERSE,
    assetsInlineLimit: 0,
    // Marks do not compress, and the frame names each part with its own.
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash:6].js",
        chunkFileNames: "assets/[name]-[hash:6].js",
        assetFileNames: "assets/[name]-[hash:6][extname]",
      },
    },
  },
};

export default defineConfig(({ mode }) => ({
  ...(mode === "loader" || mode === "greeting"
    ? loader(mode === "greeting")
    : mode === "test"
      ? {}
      : frame),
  test: { name: "widget", environment: "happy-dom", root: here(".") },
}));
