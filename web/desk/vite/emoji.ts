// Makes `virtual:emoji` from emojibase: only what the picker needs, a fifth of the original size.
// Absent: skin tones and single regional letters.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const NAME = "virtual:emoji";
const RESOLVED = `\0${NAME}`;

interface Original {
  emoji: string;
  label: string;
  group?: number;
  order?: number;
  tags?: string[];
}

export function emoji(): Plugin {
  return {
    name: "sapa-emoji",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      const path = createRequire(import.meta.url).resolve("emojibase-data/en/data.json");
      const all = JSON.parse(await readFile(path, "utf8")) as Original[];
      const rows = all
        .filter(({ group }) => group !== undefined && group !== 2)
        .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
        .map(({ emoji, label, group, tags }) => [
          emoji,
          label,
          group,
          [label, ...(tags ?? [])].join(" ").toLowerCase(),
        ]);
      return `export default ${JSON.stringify(rows)};`;
    },
  };
}
