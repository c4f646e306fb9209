// Makes `virtual:problems`: the sentences of problem codes by their names. The code is known only at run time, and to look
// it up among all messages would bring all of them into the first load.

import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

const NAME = "virtual:problems";
const RESOLVED = `\0${NAME}`;
const MESSAGES = `${import.meta.dirname}/../messages/en.json`;
const COMPILED = `${import.meta.dirname}/../src/paraglide/messages/_index.js`;

export function problems(): Plugin {
  return {
    name: "sapa-problems",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      const messages = JSON.parse(await readFile(MESSAGES, "utf8")) as Record<string, unknown>;
      const names = Object.keys(messages).filter((name) => name.startsWith("problem_"));
      return `export { ${names.join(", ")} } from ${JSON.stringify(COMPILED)};`;
    },
  };
}
