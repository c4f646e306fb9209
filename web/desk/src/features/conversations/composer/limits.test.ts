import { describe, expect, it } from "vitest";
import { checkFile, checkText } from "./limits";

const limits = { message_characters: 10, message_bytes: 40, message_files: 2, file_bytes: 100 };

describe("limits of a message", () => {
  it("counts code points of the trimmed text, not UTF-16 units", () => {
    expect(checkText("  🙏🙏  ", limits)).toEqual({ left: 8, too_long: false, empty: false });
    expect(checkText("x".repeat(11), limits)).toMatchObject({ left: -1, too_long: true });
    expect(checkText(" \n ", limits).empty).toBe(true);
  });

  it("also minds the bytes", () => {
    expect(checkText("🙏".repeat(10), limits).too_long).toBe(false);
    expect(checkText("🙏".repeat(10), { ...limits, message_bytes: 39 }).too_long).toBe(true);
  });

  it("knows why a file cannot go along", () => {
    expect(checkFile(50, 0, limits)).toBeNull();
    expect(checkFile(100, 0, limits)).toBeNull();
    expect(checkFile(101, 0, limits)).toBe("too_large");
    expect(checkFile(0, 0, limits)).toBe("empty");
    expect(checkFile(50, 2, limits)).toBe("too_many");
  });
});
