// Names the browser tests of a Playwright report that passed at their second try only.
import { readFileSync } from "node:fs";

function* specs(suite) {
  yield* suite.specs ?? [];
  for (const inner of suite.suites ?? []) yield* specs(inner);
}

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const spec of specs(report))
  if (spec.tests.some((test) => test.status === "flaky"))
    console.log(`flaky: ${spec.file}:${spec.line} ${spec.title}`);
