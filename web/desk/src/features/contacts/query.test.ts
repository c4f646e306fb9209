import { describe, expect, it } from "vitest";
import { asked, EVERYBODY, filtersOf, formatWanted, parseWanted } from "./query";

describe("which contacts the table shows", () => {
  it("survives its address", () => {
    const wanted = {
      ...EVERYBODY,
      q: "dewi & co",
      sort: "name" as const,
      email: "with" as const,
      from: "2026-11-01",
      attribute: "att_1",
      value: "Gold",
    };
    expect(parseWanted(new URLSearchParams(formatWanted(wanted)))).toEqual(wanted);
    expect(formatWanted(EVERYBODY)).toBe("");
  });

  it("leaves out what cannot be", () => {
    const odd = new URLSearchParams("sort=best&email=maybe&from=yesterday");
    expect(parseWanted(odd)).toEqual(EVERYBODY);
  });

  it("asks for days with both ends, and for a value only with its attribute", () => {
    const day = asked({ ...EVERYBODY, from: "2026-11-01", until: "2026-11-01" });
    expect(day.until! - day.since!).toBe(
      new Date(2026, 10, 2).getTime() - new Date(2026, 10, 1).getTime(),
    );
    expect(asked({ ...EVERYBODY, value: "Gold" }).value).toBeUndefined();
    expect(filtersOf({ ...EVERYBODY, q: "a", sort: "name", value: "Gold", tag: "tag_1" })).toBe(1);
  });
});
