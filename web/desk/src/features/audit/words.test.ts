import { expect, it, vi } from "vitest";
import { fieldName } from "./fields";
import { differing, readable } from "./words";

vi.stubGlobal("navigator", { languages: ["en"] });

const NAMES = new Map([["rol_0123456789abcdef0123456789abcdef", "Night shift"]]);

it("tells a role of the workspace by its name", () => {
  expect(readable("role", "agent", NAMES)).toBe("Agent");
  expect(readable("role", "rol_0123456789abcdef0123456789abcdef", NAMES)).toBe("Night shift");
});

it("tells rights in words, of a role with how far they reach", () => {
  expect(readable("rights", '["conversation:view:inbox","tag:manage:all"]', NAMES)).toBe(
    "See chats: All chats of own inboxes, Change the tags: Yes, everywhere",
  );
  expect(readable("rights", '["conversation:view"]', NAMES)).toBe("See chats");
});

it("shows of changed rights only those that differ", () => {
  const before = '["conversation:view:own","conversation:reply:own","tag:manage:all"]';
  const after = '["conversation:view:own","conversation:reply:inbox"]';
  expect(differing({ field: "rights", before, after })).toEqual({
    field: "rights",
    before: '["conversation:reply:own","tag:manage:all"]',
    after: '["conversation:reply:inbox"]',
  });
  const made = { field: "rights", before: null, after };
  expect(differing(made)).toBe(made);
});

it("has words for what an API token and an inbox are made of", () => {
  for (const field of ["created_at", "hint", "member_id", "close_waiting", "closing_needs_note"]) {
    expect(fieldName(field)).not.toBe(field);
  }
});
