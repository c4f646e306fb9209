// Runs the unit tests of every workspace that has a Vite configuration (e2e has its own runner).

import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const workspaces = ["protocol", "ui", "desk", "widget"];
const projects = workspaces.filter((name) =>
  existsSync(new URL(`${name}/vite.config.ts`, import.meta.url)),
);

export default defineConfig({ test: { projects } });
