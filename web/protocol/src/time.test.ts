import { describe, expect, it, vi } from "vitest";
import { sizeText } from "./size";
import { CLOCK, dayText, daysBetween, intlTag } from "./time";

const AFTERNOON = new Date(2026, 10, 20, 14, 5).getTime();
const day = (offset: number) => new Date(2026, 10, 20 + offset, 23, 59).getTime();

describe("times and sizes", () => {
  it("take the habits of the viewer's region for a language we speak", () => {
    vi.stubGlobal("navigator", { languages: ["fr-FR", "en-GB", "en-US"] });
    expect(intlTag("en")).toBe("en-GB");
    expect(intlTag("id")).toBe("id");
    vi.unstubAllGlobals();
    const clockText = (tag: string) => new Intl.DateTimeFormat(tag, CLOCK).format(AFTERNOON);
    expect(clockText("en-GB")).toBe("14:05");
    expect(clockText("en-US")).toMatch(/^2:05\sPM$/);
    expect(clockText("id")).toBe("14.05");
  });

  // R041, R042, R043, C23
  it("name days by words, weekday, then date", () => {
    const said = (offset: number) => dayText(day(offset), AFTERNOON, "en-GB", "Today", "Yesterday");
    expect([0, -1, -2, -6, -7].map(said)).toEqual([
      "Today",
      "Yesterday",
      "Wednesday",
      "Saturday",
      "13 November 2026",
    ]);
    expect(said(1)).toBe("21 November 2026");
    expect(daysBetween(day(-1), AFTERNOON)).toBe(1);
  });

  it("write sizes in the language, with a fraction only where it tells something", () => {
    expect(sizeText(900, "en")).toBe("900 bytes");
    expect(sizeText(182 * 1024, "en")).toBe("182 kB");
    expect(sizeText(1.44 * 1024 ** 2, "en")).toBe("1.4 MB");
    expect(sizeText(1.44 * 1024 ** 2, "id")).toBe("1,4 MB");
    expect(sizeText(25 * 1024 ** 2, "en")).toBe("25 MB");
  });
});
