import { describe, expect, it } from "vitest";
import { isConversationId, isInboxId, newEntryId } from "./ids";

describe("new entry ids", () => {
  it("are a prefix and a UUIDv7 without dashes", () => {
    expect(newEntryId()).toMatch(/^ent_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  });

  it("carry the time first, so they sort by it", () => {
    expect(newEntryId(0x0192_3456_789a)).toMatch(/^ent_01923456789a7/);
    expect(newEntryId(1_000) < newEntryId(2_000)).toBe(true);
  });

  it("differ within a millisecond", () => {
    const ids = Array.from({ length: 1_000 }, () => newEntryId(5));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it("recognizes ids by prefix and digits", () => {
  const digits = newEntryId().slice(4);
  expect(isInboxId(`inb_${digits}`)).toBe(true);
  expect(isInboxId(`cnv_${digits}`)).toBe(false);
  expect(isInboxId(`inb_${digits}0`)).toBe(false);
  expect(isConversationId(`cnv_${digits.toUpperCase()}x`)).toBe(false);
});
