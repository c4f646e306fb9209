import { describe, expect, it } from "vitest";
import { toned, TONES } from "./emoji";

const DARK = TONES[5];

describe("skin tones", () => {
  it("belong to single people and hands", () => {
    expect(toned("👍", DARK)).toBe("👍🏿");
    expect(toned("✌️", DARK)).toBe("✌🏿");
    expect(toned("👩‍🚀", DARK)).toBe("👩🏿‍🚀");
    expect(toned("🏃‍♀️", DARK)).toBe("🏃🏿‍♀️");
  });

  it("leave things and groups as they are", () => {
    for (const one of ["🚀", "😀", "👨‍👩‍👧", "❤️"]) expect(toned(one, DARK)).toBe(one);
    expect(toned("👍", "")).toBe("👍");
  });
});
