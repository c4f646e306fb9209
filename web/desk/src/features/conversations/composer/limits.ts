// Checks a message before it leaves, with the numbers the server sent.
// Must stay true: characters are counted as the server counts them: Unicode code points of the trimmed text.
// Absent: numbers of our own. They come with the workspace.

import type { Limits } from "@sapa/protocol";

/** The counter appears when so few are left. */
export const COUNTER_FROM = 400;

export interface TextCheck {
  left: number;
  too_long: boolean;
  empty: boolean;
}

export function checkText(text: string, limits: Limits): TextCheck {
  const trimmed = text.trim();
  const characters = [...trimmed].length;
  const bytes = new TextEncoder().encode(trimmed).length;
  const left = limits.message_characters - characters;
  return {
    left,
    too_long: left < 0 || bytes > limits.message_bytes,
    empty: characters === 0,
  };
}

export type FileFault = "empty" | "too_large" | "too_many";

export function checkFile(size: number, already: number, limits: Limits): FileFault | null {
  if (size === 0) return "empty";
  if (size > limits.file_bytes) return "too_large";
  return already >= limits.message_files ? "too_many" : null;
}
