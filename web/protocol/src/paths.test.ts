// Every request of both clients exists in openapi.json, and every operation there has its request here.

import { beforeEach, expect, it, vi } from "vitest";
import type { UploadId } from "./ids";
import { createIntegrationApi } from "./integration";
import { createStaffApi } from "./staff";
import { PART_BYTES } from "./upload";
import { createVisitorApi } from "./visitor";
import { createVisitorExtras } from "./visitorExtras";

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

const documents = import.meta.glob<Document>("../../../openapi.json", {
  eager: true,
  import: "default",
});

/** Stands for any id; the document has a name in braces there. */
const ANY = "any";

let asked: Set<string>;

class FakeRequest {
  upload = {};
  open(method: string, url: string) {
    asked.add(`${method} ${url}`);
  }
  setRequestHeader() {}
  send() {}
}

function callAll(api: Record<string, (...given: never[]) => unknown>, prefix: string): void {
  for (const [name, call] of Object.entries(api)) {
    // The second is a body, a signal or another id; this one passes for all.
    const second = Object.assign(new AbortController().signal, { toString: () => ANY });
    const answer = (call as (...given: unknown[]) => unknown)(ANY, second);
    if (name.endsWith("Url")) asked.add(`GET ${String(answer)}`);
    else if (answer instanceof Promise) answer.catch(() => undefined);
    else throw new Error(`${prefix} ${name} makes no request`);
  }
}

beforeEach(() => {
  asked = new Set();
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.add(`${init.method} ${url}`);
    if (url.includes("/uploads/")) return Promise.resolve(Response.json({ offset: 0, file: null }));
    return Promise.reject(new TypeError("not sent"));
  });
  return () => vi.unstubAllGlobals();
});

it("agree with openapi.json in both directions", async () => {
  callAll(createStaffApi(), "staff");
  callAll(createVisitorApi(), "visitor");
  callAll(createVisitorExtras(), "extra");
  callAll(createIntegrationApi(), "integration");
  const large = new Blob([new Uint8Array(PART_BYTES + 1)]);
  for (const api of [createStaffApi(), createVisitorExtras()]) {
    api.upload(ANY, large, { id: ANY as UploadId }).catch(() => undefined);
  }
  await vi.waitFor(() =>
    expect(
      [...asked].filter((call) => call.startsWith("PATCH") && call.endsWith("offset=0")),
    ).toHaveLength(2),
  );
  await vi.waitFor(() =>
    expect([...asked].filter((call) => call.includes("POST /w/api/v1/files"))).toHaveLength(1),
  );
  await vi.waitFor(() =>
    expect([...asked].filter((call) => call.startsWith("POST /api/v1/files?"))).toHaveLength(1),
  );

  await vi.waitFor(() =>
    expect([...asked].filter((call) => call.includes(`/inboxes/${ANY}/files?`))).toHaveLength(1),
  );

  const made = [...asked].map((call) => call.replace(/\?.*/, "").replaceAll(`/${ANY}`, "/{}"));
  const [document] = Object.values(documents);
  const written = Object.entries(document!.paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => method !== "parameters")
      .map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, "{}")}`),
  );
  expect(made.toSorted()).toEqual(written.toSorted());
});
