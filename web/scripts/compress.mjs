// Writes a brotli twin next to each text file of the built desk and widget, so that the server never
// compresses at run time. Must stay true: fonts and images are left alone, they are compressed already.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BUILT = ["desk/dist", "widget/dist"];
const TEXT = new Set([".js", ".css", ".html", ".svg", ".json", ".webmanifest", ".txt", ".map"]);

const compress = promisify(brotliCompress);

for (const folder of BUILT) {
  const found = await readdir(join(ROOT, folder), { recursive: true }).catch(() => []);
  await Promise.all(
    found
      .filter((name) => TEXT.has(extname(name)))
      .map(async (name) => {
        const path = join(ROOT, folder, name);
        const text = await readFile(path);
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        };
        await writeFile(`${path}.br`, await compress(text, { params }));
      }),
  );
}
