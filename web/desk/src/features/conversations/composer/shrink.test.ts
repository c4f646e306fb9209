import { describe, expect, it } from "vitest";
import { firstFitting, renamed, within, type Size } from "./shrink";

describe("an image that is too large", () => {
  // C28
  it("is tried smaller and smaller until it fits", async () => {
    const tried: Size[] = [];
    const drawn = (size: Size) => {
      tried.push(size);
      return Promise.resolve(new Blob(["x".repeat(size.width)]));
    };
    const picture = { width: 8_000, height: 4_000 };
    expect((await firstFitting(picture, 1_500, drawn))?.size).toBe(1_440);
    expect(tried).toEqual([
      { width: 2_560, height: 1_280 },
      { width: 1_920, height: 960 },
      { width: 1_440, height: 720 },
    ]);
    expect(await firstFitting(picture, 10, drawn)).toBeNull();
    expect(await firstFitting(picture, 10, () => Promise.resolve(null))).toBeNull();
  });

  it("keeps its shape and is never blown up", () => {
    expect(within({ width: 300, height: 200 }, 2_560)).toEqual({ width: 300, height: 200 });
    expect(within({ width: 1_000, height: 3_000 }, 1_500)).toEqual({ width: 500, height: 1_500 });
    expect(within({ width: 9_000, height: 1 }, 720)).toEqual({ width: 720, height: 1 });
  });

  it("keeps the stem of its name", () => {
    expect(renamed("Photo 1.final.JPEG", "image/jpeg")).toBe("Photo 1.final.jpg");
    expect(renamed("logo.png", "image/webp")).toBe("logo.webp");
    expect(renamed("logo", "image/png")).toBe("logo.png");
    expect(renamed(".hidden", "image/png")).toBe(".hidden.png");
  });
});
