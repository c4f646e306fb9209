// Checks the licence of every installed npm package, as deny.toml does for Rust.
// Must stay true: a package without a licence, or with one that is not listed, fails.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../web/node_modules/", import.meta.url));

/** May be handed on inside the binary. */
const SHIPPED = ["MIT", "MIT-0", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "CC0-1.0", "Unlicense",
  "BlueOak-1.0.0", "OFL-1.1", "Zlib", "Python-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
/** Tools that only run while building or testing; nothing of them is handed on. */
const TOOLS = { "axe-core": "MPL-2.0", lightningcss: "MPL-2.0", "caniuse-lite": "CC-BY-4.0" };
/** Native halves that leave their licence to the package they belong to. */
const HALVES = { "@lix-js/sdk-": "@lix-js/sdk" };

let checked = 0;
const faults = [];
for (const folder of packages(ROOT)) {
  const { name } = manifest(folder);
  if (name?.startsWith("@sapa/")) continue;
  const text = licenceOf(folder);
  checked += 1;
  if (!allowed(name, text)) faults.push(`${name}: ${text || "no licence"}`);
}
console.log(`${checked} packages`);
if (checked === 0) faults.push("nothing is installed");
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}

function* packages(root) {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith(".")) continue;
    const folder = `${root}${entry.name}`;
    if (entry.name.startsWith("@")) {
      yield* packages(`${folder}/`);
      continue;
    }
    const inside = readdirSync(folder);
    if (inside.includes("package.json")) yield folder;
    if (inside.includes("node_modules")) yield* packages(`${folder}/node_modules/`);
  }
}

function manifest(folder) {
  return JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
}

function licenceOf(folder) {
  const { name, license, licenses } = manifest(folder);
  const half = Object.keys(HALVES).find((prefix) => name?.startsWith(prefix));
  if (half) return licenceOf(ROOT + HALVES[half]);
  return expression(license ?? licenses) || fromText(folder);
}

/** Some only carry the text. */
function fromText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const title = file ? readFileSync(`${folder}/${file}`, "utf8").trimStart().split("\n")[0] : "";
  return title.trim() === "MIT License" ? "MIT" : "";
}

/** Old packages write an object or a list. */
function expression(license) {
  if (Array.isArray(license)) return license.map(expression).join(" OR ");
  return typeof license === "object" && license !== null ? license.type : (license ?? "");
}

/** "A OR B" needs one of them, "A AND B" all. */
function allowed(name, text) {
  const base = Object.keys(TOOLS).find((tool) => name === tool || name.startsWith(`${tool}-`));
  const known = base ? [...SHIPPED, TOOLS[base]] : SHIPPED;
  return text
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((one) => known.includes(one.trim())));
}
