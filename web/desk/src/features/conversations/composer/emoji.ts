// Emoji with names and search words, and the ones used lately.
// Must stay true: the data is loaded once, when first needed; the picker works without storage.

export interface Emoji {
  unicode: string;
  label: string;
  group: number;
  words: string;
}

/** emojibase groups in the order of the picker; 2 (skin tones, hair) is left out. */
export const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;

const FOUND_MAX = 96;
const RECENT_MAX = 16;
const STORAGE_KEY = "sapa-emoji";

let loading: Promise<readonly Emoji[]> | null = null;

export function loadEmoji(): Promise<readonly Emoji[]> {
  loading ??= import("virtual:emoji").then((module) =>
    module.default.map(([unicode, label, group, words]) => ({ unicode, label, group, words })),
  );
  return loading;
}

export function findEmoji(all: readonly Emoji[], text: string): Emoji[] {
  const parts = text.trim().toLowerCase().split(/\s+/);
  return all.filter(({ words }) => parts.every((part) => words.includes(part))).slice(0, FOUND_MAX);
}

export function recentEmoji(): string[] {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "[]") as string[];
  } catch {
    return [];
  }
}

export function rememberEmoji(emoji: string): void {
  const recent = [emoji, ...recentEmoji().filter((other) => other !== emoji)].slice(0, RECENT_MAX);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(recent));
  } catch {
    // Forgotten; nothing depends on it.
  }
}
