// Writes protocol/src/api.gen.ts from ../openapi.json.
// Must stay true: a schema whose pattern is an id ("^cnv_…") becomes the template literal type of ids.ts.
// `--check` writes nothing and fails when the committed file is not what would be written.

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const SOURCE = new URL("../../openapi.json", import.meta.url);
const TARGET = new URL("../protocol/src/api.gen.ts", import.meta.url);
const ID_PATTERN = /^\^\(?([a-z]{3}_)/;

const HEADER = "// Generated from openapi.json by `npm run generate`. Do not edit.\n\n";

function idType(schema) {
  const prefix = typeof schema.pattern === "string" && ID_PATTERN.exec(schema.pattern)?.[1];
  if (!prefix) return undefined;
  const span = ts.factory.createTemplateLiteralTypeSpan(
    ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    ts.factory.createTemplateTail(""),
  );
  const literal = ts.factory.createTemplateLiteralType(ts.factory.createTemplateHead(prefix), [
    span,
  ]);
  const nullable = Array.isArray(schema.type) && schema.type.includes("null");
  return nullable
    ? ts.factory.createUnionTypeNode([
        literal,
        ts.factory.createLiteralTypeNode(ts.factory.createNull()),
      ])
    : literal;
}

/**
 * The server always writes a field of an answer, `null` when there is nothing; the document only says that
 * it may be null. Bodies of requests keep their optional fields.
 */
function alwaysPresent({ paths, components: { schemas } }) {
  const asked = new Set(
    Object.values(paths)
      .flatMap((operations) => Object.values(operations))
      .map((operation) => operation.requestBody?.content?.["application/json"]?.schema?.$ref)
      .map((ref) => ref?.split("/").at(-1)),
  );
  for (const [name, schema] of Object.entries(schemas)) {
    if (!asked.has(name) && schema.properties) schema.required = Object.keys(schema.properties);
  }
}

const source = JSON.parse(await readFile(SOURCE, "utf8"));
alwaysPresent(source);
const nodes = await openapiTS(source, { transform: idType });
const text = HEADER + astToString(nodes);

if (process.argv.includes("--check")) {
  const committed = await readFile(TARGET, "utf8").catch(() => "");
  if (committed !== text) {
    console.error("api.gen.ts is not what openapi.json says: run `npm run generate` in web/");
    process.exit(1);
  }
} else {
  await writeFile(TARGET, text);
}
