// Fails the build when a first load grew over its budget (brotli, as the server sends it).
// Must stay true: counted is what the page's own HTML asks for, and what its start always loads; lazy chunks are not.

import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const KB = 1024;
const ROOT = fileURLToPath(new URL("..", import.meta.url));

const failures = [];

check("widget loader", await brotliSize("widget/dist/w.js"), 2 * KB);
check("widget greeting", await brotliSize("widget/dist/greeting.js"), 2.25 * KB);
const frame = await firstLoad("widget/dist/frame", "/w/");
check("widget frame JS", frame.js, 14 * KB);
check("widget frame CSS", frame.css, 2.5 * KB);
const texts = await largest("widget/dist/frame/assets", /^(en|id)-.*\.json$/);
check("widget frame texts", texts, 1 * KB);
if (existsSync(`${ROOT}desk/vite.config.ts`)) {
  const desk = await firstLoad("desk/dist", "/");
  check("desk first load JS", desk.js, 160 * KB);
  check("desk first load CSS", desk.css, 20 * KB);
}

if (failures.length > 0) {
  console.error(`over budget: ${failures.join(", ")}`);
  process.exit(1);
}

function check(what, bytes, limit) {
  const [size, most] = [bytes, limit].map((value) => (value / KB).toFixed(2).padStart(7));
  console.log(`${what.padEnd(20)} ${size} of ${most} KB brotli`);
  if (bytes === 0 || bytes > limit) failures.push(what);
}

async function firstLoad(folder, base) {
  const html = await readFile(`${ROOT}${folder}/index.html`, "utf8");
  const total = { js: 0, css: 0 };
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const kind = /\.(js|css)$/.exec(address)?.[1];
    if (kind) total[kind] += await brotliSize(`${folder}/${address.slice(base.length)}`);
  }
  return total;
}

/** Of several chunks of which each visitor loads one at once: the locales. */
async function largest(folder, name) {
  const names = (await readdir(`${ROOT}${folder}`)).filter((file) => name.test(file));
  return Math.max(...(await Promise.all(names.map((file) => brotliSize(`${folder}/${file}`)))));
}

async function brotliSize(path) {
  return (await stat(`${ROOT}${path}.br`)).size;
}
