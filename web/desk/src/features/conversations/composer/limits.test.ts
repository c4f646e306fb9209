import { describe, expect, it } from "vitest";
import type { ChannelLimits } from "@sapa/protocol";
import { checkFile, checkText, isShrinkable, largestFile, partsOf } from "./limits";

const limits = { message_characters: 10, message_bytes: 40, message_files: 2, file_bytes: 100 };

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

/** It takes pictures, and documents of one kind. */
const CHANNEL: ChannelLimits = {
  text_length: 10,
  text_unit: "characters",
  edit: true,
  delete: true,
  templates: false,
  late_hours: 0,
  reactions: [],
  file_bytes: { image: 8, audio: 25, video: 25, other: 25 },
  file_types: ["application/pdf"],
};

function weighed(size: number, type = "text/plain") {
  return { size, type };
}

describe("limits of a message", () => {
  it("counts what the channel counts beside the workspace's characters", () => {
    const of = (text_unit: "characters" | "utf16" | "bytes") => ({
      ...limits,
      channel: { ...CHANNEL, text_length: 7, text_unit },
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
    expect(checkFile(weighed(50), 0, limits)).toBeNull();
    expect(checkFile(weighed(100), 0, limits)).toBeNull();
    expect(checkFile(weighed(101), 0, limits)).toBe("too_large");
    expect(checkFile(weighed(0), 0, limits)).toBe("empty");
    expect(checkFile(weighed(50), 2, limits)).toBe("too_many");
  });

  // R179, R181, R182, C28
  it("knows what the channel takes of each kind, and never more than the workspace", () => {
    const few = { ...limits, channel: CHANNEL };
    expect(checkFile(weighed(8, "image/png"), 0, few)).toBeNull();
    expect(checkFile(weighed(9, "image/png"), 0, few)).toBe("too_large");
    expect(checkFile(weighed(25, "application/pdf"), 0, few)).toBeNull();
    expect(checkFile(weighed(1, "text/plain"), 0, few)).toBe("not_taken");
    expect(checkFile(weighed(1, "image/svg+xml"), 0, few)).toBe("not_taken");
    const any = { ...few, channel: { ...CHANNEL, file_types: [] } };
    const most = (type: string) => largestFile({ type }, any);
    expect([most("image/png"), most(""), most("image/svg+xml")]).toEqual([25, 25, 25]);
    const wide = {
      ...any,
      channel: { ...any.channel, file_bytes: { image: 0, audio: 0, video: 0, other: 500 } },
    };
    expect(largestFile({ type: "video/mp4" }, wide)).toBe(100);
  });

  it("offers to shrink what browsers decode and what does not move", () => {
    const shrinkable = (type: string) => isShrinkable({ type });
    expect(["image/jpeg", "image/png", "image/webp"].every(shrinkable)).toBe(true);
    expect(["image/gif", "image/svg+xml", "video/mp4", ""].some(shrinkable)).toBe(false);
  });
});
