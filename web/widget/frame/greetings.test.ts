import { describe, expect, it } from "vitest";
import { nextGreeting } from "./greetings";

const greeting = (text: string, change = {}) => ({
  text,
  text_in: {},
  page: "",
  after_seconds: 10,
  only_open: false,
  ...change,
});
const URL = "https://shop.example/Pay?step=2";
const said = (greetings: ReturnType<typeof greeting>[], open: boolean | null, before: string[]) => {
  const opening = open === null ? null : { open, changes_at: null };
  return nextGreeting(greetings, URL, opening, before)?.greeting.text;
};

describe("the next greeting", () => {
  it("is the soonest that fits the page and was not said", () => {
    const all = [greeting("late"), greeting("soon", { after_seconds: 3 })];
    expect(said(all, null, [])).toBe("soon");
    expect(said(all, null, ["soon"])).toBe("late");
    expect(said(all, null, ["soon", "late"])).toBeUndefined();
    expect(said([greeting("cart", { page: "/cart" })], null, [])).toBeUndefined();
    expect(said([greeting("pay", { page: "/PAY" })], null, [])).toBe("pay");
  });

  it("waits for opening hours where it is told to", () => {
    const one = [greeting("here", { only_open: true })];
    expect(said(one, false, [])).toBeUndefined();
    expect(said(one, true, [])).toBe("here");
    expect(said(one, null, [])).toBe("here");
  });
});
