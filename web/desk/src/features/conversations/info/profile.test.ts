import { expect, it } from "vitest";
import { profileLines, timeIn } from "./profile";

const NOON = Date.UTC(2026, 11, 1, 12);

// R267, R268, R269
it("tells what is known of a visitor's browser and place, and leaves out the rest", () => {
  const profile = {
    browser: "Firefox 133",
    system: "Android 14",
    device: "phone",
    language: "id-ID",
    country: "ID",
    zone: null,
  } as const;
  expect(profileLines(profile, NOON).map(({ label, text }) => `${label}: ${text}`)).toEqual([
    "Country: Indonesia",
    "Language: Indonesian (Indonesia)",
    "Browser: Firefox 133",
    "System: Android 14",
    "Device: Phone",
  ]);
});

it("tells the time there, with the day where it is another one, and none for an unknown zone", () => {
  expect(timeIn("Asia/Jakarta", NOON)).toMatch(/^(07:00 PM|19[:.]00)/);
  expect(timeIn("Pacific/Kiritimati", NOON)).toMatch(/Wednesday$/);
  expect(timeIn("Moon/Base", NOON)).toBeUndefined();
});
