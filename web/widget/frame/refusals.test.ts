import { describe, expect, it } from "vitest";
import { choose } from "./refusals";

const LIMITS = { message_characters: 2000, message_bytes: 8192, message_files: 2, file_bytes: 10 };
const file = (name: string, size: number) => new File(["x".repeat(size)], name);

describe("a choice of files", () => {
  it("takes the good ones and names the bad ones", () => {
    const { taken, refused, left_out } = choose(
      [file("empty", 0), file("good", 10), file("large", 11)],
      0,
      LIMITS,
    );
    expect(taken.map(({ name }) => name)).toEqual(["good"]);
    expect(refused).toEqual([
      { code: "file_empty", params: { name: "empty" } },
      { code: "file_too_large", params: { name: "large", max_bytes: 10 } },
    ]);
    expect(left_out).toEqual([]);
  });

  it("fills the message up and names what is left out; bad files take no place", () => {
    const files = [file("empty", 0), file("one", 1), file("two", 1)];
    const { taken, left_out } = choose(files, 1, LIMITS);
    expect(taken.map(({ name }) => name)).toEqual(["one"]);
    expect(left_out).toEqual(["two"]);
  });

  it("takes everything while the limits are not known; the server still refuses", () => {
    expect(choose([file("empty", 0)], 0, undefined).taken).toHaveLength(1);
  });
});
