import { describe, expect, it } from "vitest";
import { checkFile, checkText, isShrinkable, partsOf } from "./limits";

const limits = { message_characters: 10, message_bytes: 40, message_files: 2, file_bytes: 100 };

const FILES = { image: 5, audio: 16, video: 0, other: 1_000 };

describe("a text that is too long for one message", () => {
  const small = { ...limits, message_characters: 20, message_bytes: 1_000 };

  it("is cut after paragraphs, then lines, sentences and words", () => {
    expect(partsOf("One paragraph.\n\nAnother one.", small)).toEqual([
      "One paragraph.",
      "Another one.",
    ]);
    expect(partsOf("a\n\nb\n\nc", small)).toEqual(["a\n\nb\n\nc"]);
    expect(partsOf("A first sentence. A second one. End", small)).toEqual([
      "A first sentence.",
      "A second one. End",
    ]);
    expect(partsOf("five words that are many here", small)).toEqual([
      "five words that are",
      "many here",
    ]);
  });

  it("keeps every word, also of an endless one, and no part is too long", () => {
    const text = `${"😀".repeat(45)}\n\n${"word ".repeat(30)}`;
    const parts = partsOf(text, small);
    expect(parts.every((part) => !checkText(part, small).too_long)).toBe(true);
    expect(parts.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    expect(partsOf("  ", small)).toEqual([]);
  });
});

describe("limits of a message", () => {
  it("counts what the channel counts beside the workspace's characters", () => {
    const of = (text_unit: "characters" | "utf16" | "bytes") => ({
      ...limits,
      channel: { text_length: 7, text_unit, edit: true, delete: true, files: FILES },
    });
    expect(checkText("🙏🙏a", of("utf16"))).toMatchObject({ left: 2, too_long: false });
    expect(checkText("🙏🙏🙏🙏", of("utf16"))).toMatchObject({ left: -1, too_long: true });
    expect(checkText("🙏🙏", of("bytes")).left).toBe(-1);
    expect(checkText("abc", of("characters")).left).toBe(4);
    expect(partsOf("🙏🙏 🙏🙏", of("utf16"))).toEqual(["🙏🙏", "🙏🙏"]);
  });

  // R189, C11
  it("counts code points of the trimmed text, not UTF-16 units", () => {
    expect(checkText("  🙏🙏  ", limits)).toEqual({ left: 8, too_long: false, empty: false });
    expect(checkText("x".repeat(11), limits)).toMatchObject({ left: -1, too_long: true });
    expect(checkText(" \n ", limits).empty).toBe(true);
  });

  it("also minds the bytes", () => {
    expect(checkText("🙏".repeat(10), limits).too_long).toBe(false);
    expect(checkText("🙏".repeat(10), { ...limits, message_bytes: 39 }).too_long).toBe(true);
  });

  // C28
  it("knows why a file cannot go along", () => {
    const check = (size: number, already: number) => checkFile({ size, type: "" }, already, limits);
    expect(check(50, 0)).toBeNull();
    expect(check(100, 0)).toBeNull();
    expect(check(101, 0)).toBe("too_large");
    expect(check(0, 0)).toBe("empty");
    expect(check(50, 2)).toBe("too_many");
  });

  // R181, R182, C28
  it("knows what the channel takes of each kind, and never more than the workspace", () => {
    const files = FILES;
    const channel = {
      text_length: 10,
      text_unit: "characters",
      edit: true,
      delete: true,
      files,
    } as const;
    const check = (type: string, size: number) =>
      checkFile({ type, size }, 0, { ...limits, channel });
    expect([check("image/png", 5), check("image/png", 6)]).toEqual([null, "too_large"]);
    expect([check("audio/ogg", 16), check("audio/ogg", 17)]).toEqual([null, "too_large"]);
    expect(check("video/mp4", 1)).toBe("not_taken");
    expect([check("application/pdf", 100), check("", 101)]).toEqual([null, "too_large"]);
    expect(check("image/svg+xml", 50)).toBeNull();
  });

  it("offers to shrink what browsers decode and what does not move", () => {
    const shrinkable = (type: string) => isShrinkable({ type });
    expect(["image/jpeg", "image/png", "image/webp"].every(shrinkable)).toBe(true);
    expect(["image/gif", "image/svg+xml", "video/mp4", ""].some(shrinkable)).toBe(false);
  });
});
