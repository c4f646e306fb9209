import { describe, expect, it } from "vitest";
import { find } from "./finder";
import { colorOf, initialsOf } from "./initials";

const people = [
  { id: "1", label: "Tomás García", words: "tomas@example.com" },
  { id: "2", label: "Grace Tan" },
  { id: "3", label: "Agus Setiawan", words: "grace period" },
];
const ids = (typed: string) =>
  find([{ heading: null, options: people }], typed).flatMap(({ options }) =>
    options.map(({ id }) => id),
  );

describe("finder", () => {
  it("finds without case and accents, all words, those that begin with them first", () => {
    expect(ids("TOMAS")).toEqual(["1"]);
    expect(ids("gar tom")).toEqual(["1"]);
    expect(ids("grace")).toEqual(["2", "3"]);
    expect(ids("nobody")).toEqual([]);
    expect(ids("  ")).toEqual(["1", "2", "3"]);
  });
});

describe("initials", () => {
  it("takes first and last, whole characters, and always something", () => {
    expect(initialsOf("Nadia Ayu Lestari")).toBe("NL");
    expect(initialsOf("👩‍🚀 Wei")).toBe("👩‍🚀W");
    expect(initialsOf("  ")).toBe("?");
  });

  it("takes no signs", () => {
    expect(initialsOf('R <b>x "quoted"')).toBe("RQ");
    expect(initialsOf("R<b>x")).toBe("R");
    expect(initialsOf("(Ana) @home")).toBe("AH");
    expect(initialsOf("+62 812")).toBe("68");
    expect(initialsOf("--- <>")).toBe("?");
  });

  it("keeps a person's color", () => {
    expect(colorOf("mem_1")).toBe(colorOf("mem_1"));
    expect(colorOf("mem_1")).toBeLessThan(10);
  });
});
