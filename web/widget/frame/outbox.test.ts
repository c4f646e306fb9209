// Runs where the browser has neither IndexedDB nor locks: the poorest place the outbox must work in.

import { ProblemError, type StoredFile } from "@sapa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox, type Outgoing } from "./outbox";

type Answer = "stored" | "offline" | "refused";

let answers: Answer[];
let attempts: string[];
let delivered: string[];

function refusal(status: number, code: string): ProblemError {
  return new ProblemError({ type: "", title: "", status, code, params: {} });
}

function server(message: Outgoing): Promise<void> {
  attempts.push(message.text);
  const answer = answers.shift() ?? "stored";
  if (answer === "offline") return Promise.reject(refusal(0, "unreachable"));
  if (answer === "refused") return Promise.reject(refusal(403, "contact_blocked"));
  delivered.push(message.text);
  return Promise.resolve();
}

function outbox(send = server): Outbox {
  return new Outbox("inb_1", send, () => undefined);
}

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  attempts = [];
  delivered = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("messages", () => {
  it("leave in the order they were written, once", async () => {
    const box = outbox();
    await Promise.all(["a", "b", "c"].map((text) => box.add(text, [])));
    await settle();
    expect(delivered).toEqual(["a", "b", "c"]);
    expect(attempts).toEqual(delivered);
    expect(box.messages).toEqual([]);
  });

  it("wait for the network and keep their order and ids", async () => {
    answers = ["offline", "offline"];
    const seen: string[] = [];
    const box = outbox((message) => {
      seen.push(message.id);
      return server(message);
    });
    await box.add("a", []);
    await box.add("b", []);
    await settle();
    expect(box.messages.map(({ text }) => text)).toEqual(["a", "b"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(delivered).toEqual(["a", "b"]);
    expect(new Set(seen).size).toBe(2);
  });

  it("go at once when the connection is back", async () => {
    answers = ["offline"];
    const box = outbox();
    await box.add("a", []);
    await settle();
    box.wake();
    await settle();
    expect(delivered).toEqual(["a"]);
  });

  it("that are refused stay with their reason and hold nobody up", async () => {
    answers = ["refused"];
    const box = outbox();
    await box.add("a", []);
    await box.add("b", []);
    await settle();
    expect(delivered).toEqual(["b"]);
    expect(box.messages.map(({ text, problem }) => [text, problem?.code])).toEqual([
      ["a", "contact_blocked"],
    ]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(attempts).toEqual(["a", "b"]);
  });

  it("that were refused go again when the visitor asks", async () => {
    answers = ["refused"];
    const box = outbox();
    await box.add("a", []);
    await settle();
    await box.retry(box.messages[0]!.id);
    await settle();
    expect(delivered).toEqual(["a"]);
    expect(box.messages).toEqual([]);
  });

  it("remember a finished upload over a failed attempt", async () => {
    const stored = { id: "fil_1" } as unknown as StoredFile;
    const uploads: boolean[] = [];
    const box = new Outbox(
      "inb_1",
      async (message, keep) => {
        const file = message.files[0]!;
        uploads.push(file.stored === null);
        await keep({ ...message, files: [{ ...file, stored }] });
        await server(message);
      },
      () => undefined,
    );
    answers = ["offline"];
    await box.add("a", [{ name: "x", content: new Blob(["x"]), stored: null }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(uploads).toEqual([true, false]);
    expect(delivered).toEqual(["a"]);
  });

  it("that were given up do not come back with a finished upload", async () => {
    let finish = () => {};
    const box = new Outbox(
      "inb_1",
      async (message, keep) => {
        await new Promise<void>((resolve) => (finish = resolve));
        await keep(message);
      },
      () => undefined,
    );
    await box.add("a", []);
    await settle();
    await box.clear();
    finish();
    await settle();
    expect(box.messages).toEqual([]);
  });
});
