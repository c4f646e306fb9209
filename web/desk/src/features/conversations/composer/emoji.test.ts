import { describe, expect, it } from "vitest";
import { colonAt, completing, toned, TONES } from "./emoji";

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

describe("completion", () => {
  it("begins at a colon with two letters", () => {
    const at = (text: string) => colonAt(text, text.length);
    expect(at("Thanks :smi")).toEqual({ start: 7, typed: "smi" });
    expect(at(":thumbs_up")).toEqual({ start: 0, typed: "thumbs_up" });
    for (const none of [
      ":",
      ":s",
      ":D",
      ":-)",
      "10:30",
      "https://a",
      "Note:yes",
      ":smi le",
      ":50rb",
    ])
      expect(at(none)).toBeNull();
    expect(colonAt(":smile and more", 4)).toEqual({ start: 0, typed: "smi" });
  });

  it("has names before words in them, and those before search words", () => {
    const made = (unicode: string, label: string, words: string) => ({
      unicode,
      label,
      group: 0,
      words: `${label} ${words}`,
    });
    const all = [
      made("😀", "grinning face", "smile happy"),
      made("🙂", "slightly smiling face", ""),
      made("😸", "smiling cat", ""),
      made("🦨", "skunk", ""),
    ];
    expect(completing(all, "smi").map(({ unicode }) => unicode)).toEqual(["😸", "🙂", "😀"]);
    expect(completing(all, "smiling_c").map(({ unicode }) => unicode)).toEqual(["😸"]);
    expect(completing(all, "mile")).toEqual([]);
  });
});
