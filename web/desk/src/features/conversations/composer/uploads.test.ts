import { clientProblem, unreachable, type QuickReply, type StoredFile } from "@sapa/protocol";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { overwriteGetLocale } from "../../../paraglide/runtime";
import { shrunk } from "./shrink";
import { Uploads } from "./uploads.svelte";

beforeEach(() => {
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
  overwriteGetLocale(() => "en");
  return () => vi.unstubAllGlobals();
});

vi.mock("./shrink", () => ({ shrunk: vi.fn() }));

const LIMITS = { message_characters: 10, message_bytes: 40, message_files: 3, file_bytes: 100 };

function stored(name: string): StoredFile {
  return {
    id: `fil_${name}`,
    name,
    media_type: "image/png",
    size: 9,
    kind: "image",
    width: 1,
    height: 1,
    preview: "ready",
    absent: null,
  };
}

function quickReply(...names: string[]): QuickReply {
  return {
    id: "qrp_1",
    shortcut: "menu",
    title: "Menu",
    group: null,
    text: "Our menu",
    files: names.map(stored),
    scope: { kind: "workspace" },
    uses: 0,
    last_used_at: null,
  };
}

function start() {
  const api = {
    upload: vi.fn((name: string) => Promise.resolve(stored(name))),
    copyFile: vi.fn(({ length }: string) => Promise.resolve(stored(`copy ${length}`))),
    copyQuickReplyFiles: vi.fn(() => Promise.resolve({ items: [stored("a2"), stored("b2")] })),
  };
  const onStored = vi.fn();
  const uploads = new Uploads(api, () => LIMITS, onStored);
  const names = () => uploads.all.map((one) => [one.name, one.stored?.id ?? null]);
  return { api, onStored, uploads, names };
}

describe("a file that was broken off", () => {
  const paper = () => new File(["words"], "paper.txt");

  it("goes on by itself once the server can be reached", async () => {
    const { api, uploads, names, onStored } = start();
    api.upload.mockRejectedValueOnce(unreachable());
    uploads.add([paper()]);
    await vi.waitFor(() => expect(uploads.waits).toBe(true));
    // It is no fault of the file, and what is sent waits for it.
    expect([uploads.failed, uploads.busy]).toEqual([false, true]);

    uploads.resume();
    await vi.waitFor(() => expect(onStored).toHaveBeenCalledOnce());
    expect(names()).toEqual([["paper.txt", "fil_paper.txt"]]);
    expect([uploads.waits, uploads.busy]).toEqual([false, false]);
  });

  it("tries again although nobody says that the network is back", async () => {
    vi.useFakeTimers();
    const { api, uploads, names } = start();
    api.upload.mockRejectedValueOnce(unreachable()).mockRejectedValueOnce(unreachable());
    uploads.add([paper()]);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(api.upload).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(5_200);
    expect(names()).toEqual([["paper.txt", "fil_paper.txt"]]);
    vi.useRealTimers();
  });

  it("is handed over when its box is left, and goes on under its name in the next", async () => {
    const [first, next] = [start(), start()];
    first.api.upload.mockRejectedValueOnce(unreachable());
    first.uploads.add([paper()]);
    await vi.waitFor(() => expect(first.uploads.waits).toBe(true));
    const left = first.uploads.leave();
    expect(first.uploads.all).toEqual([]);

    next.uploads.goOn(left);
    await vi.waitFor(() => expect(next.onStored).toHaveBeenCalledOnce());
    const id = (call: unknown[]) => (call[2] as { id: string }).id;
    expect(id(next.api.upload.mock.calls[0]!)).toBe(id(first.api.upload.mock.calls[0]!));
  });

  it("waits for its writer where the server refused it", async () => {
    const { api, uploads } = start();
    api.upload.mockRejectedValueOnce(clientProblem("file_too_large", 413));
    uploads.add([paper()]);
    await vi.waitFor(() => expect(uploads.failed).toBe(true));

    uploads.resume();
    expect(api.upload).toHaveBeenCalledOnce();
  });
});

describe("the files of a quick reply", () => {
  it("hold the message back until they are copied", async () => {
    const { uploads, names, onStored } = start();
    const copied = uploads.quickReply(quickReply("a", "b"));
    expect([uploads.busy, names()]).toEqual([
      true,
      [
        ["a", null],
        ["b", null],
      ],
    ]);
    await copied;
    expect([uploads.busy, names()]).toEqual([
      false,
      [
        ["a2", "fil_a2"],
        ["b2", "fil_b2"],
      ],
    ]);
    expect(onStored).toHaveBeenCalledOnce();
  });

  it("fill the message up; the others are named", async () => {
    const { uploads, names } = start();
    uploads.adopt([stored("x"), stored("y")]);
    await uploads.quickReply(quickReply("a", "b"));
    expect(names().map(([name]) => name)).toEqual(["x", "y", "a2"]);
    expect(uploads.refused[0]?.sentence).toContain("b");
  });

  it("stay with the reason when they cannot be had, and are asked for once more", async () => {
    const { api, uploads, names, onStored } = start();
    api.copyQuickReplyFiles.mockRejectedValueOnce(new Error("gone"));
    await uploads.quickReply(quickReply("a", "b"));
    expect([uploads.busy, uploads.failed, uploads.stored]).toEqual([false, true, []]);
    expect(names().map(([name]) => name)).toEqual(["a", "b"]);
    expect(onStored).not.toHaveBeenCalled();
    uploads.retry(uploads.all[1]!.key);
    expect([uploads.busy, uploads.failed]).toEqual([true, false]);
    await vi.waitFor(() => expect(uploads.stored.map(({ name }) => name)).toEqual(["a2", "b2"]));
    expect(onStored).toHaveBeenCalledOnce();
  });

  it("leave nothing behind when fewer came, or when they are not wanted", async () => {
    const { uploads, names, onStored } = start();
    await uploads.quickReply(quickReply("a", "b", "c"));
    expect(names().map(([name]) => name)).toEqual(["a2", "b2"]);
    uploads.clear();
    onStored.mockClear();
    const copied = uploads.quickReply(quickReply("a"));
    uploads.clear();
    await copied;
    expect([names(), onStored.mock.calls]).toEqual([[], []]);
  });
});

describe("an image that is too large", () => {
  const large = (type: string) => new File(["x".repeat(101)], "large.png", { type });

  beforeEach(() => vi.mocked(shrunk).mockReset());

  it("is offered to be shrunk; other files are not", () => {
    const { uploads } = start();
    const [image, film] = [large("image/png"), large("video/mp4")];
    uploads.add([image, film]);
    expect(uploads.refused.map((one) => one.image)).toEqual([image, null]);
  });

  it("goes along as its smaller copy", async () => {
    vi.mocked(shrunk).mockResolvedValue(new File(["x"], "large.webp"));
    const { uploads, names } = start();
    uploads.add([large("image/png"), new File([], "empty")]);
    await uploads.shrink(uploads.refused[0]!);
    await vi.waitFor(() => expect(names()).toEqual([["large.webp", "fil_large.webp"]]));
    expect(uploads.refused, "the other reason stays").toHaveLength(1);
  });

  it("is told when it cannot be, and stays away once the message has left", async () => {
    vi.mocked(shrunk).mockResolvedValueOnce(null);
    const { uploads, names } = start();
    uploads.add([large("image/png")]);
    await uploads.shrink(uploads.refused[0]!);
    expect(uploads.refused).toMatchObject([{ image: null }]);
    vi.mocked(shrunk).mockRejectedValueOnce(new Error("out of memory"));
    uploads.add([large("image/png")]);
    await uploads.shrink(uploads.refused[0]!);
    expect(uploads.refused).toMatchObject([{ image: null }]);
    vi.mocked(shrunk).mockResolvedValueOnce(new File(["x"], "large.webp"));
    uploads.add([large("image/png")]);
    const shrinking = uploads.shrink(uploads.refused[0]!);
    uploads.clear();
    await shrinking;
    expect([names(), uploads.refused]).toEqual([[], []]);
  });
});
