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
const COMPLETED_MAX = 8;
const RECENT_MAX = 16;
const STORAGE_KEY = "sapa-emoji";
const TONE_KEY = "sapa-emoji-tone";

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

/** A name that is being written: where its colon stands, and what follows up to the caret. */
export interface Colon {
  start: number;
  typed: string;
}

/** At the start, or behind white space, and of two letters at least: times, addresses and faces such as :D are none. */
const COLON = /(?:^|\s):(\p{L}[\p{L}\p{N}_-]{1,30})$/u;

export function colonAt(text: string, caret: number): Colon | null {
  const typed = COLON.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? null : { start: caret - typed.length - 1, typed };
}

/** The best first: whose name begins like that, then with a word of it like that, then with a search word. */
export function completing(all: readonly Emoji[], typed: string): Emoji[] {
  const wanted = typed.toLowerCase().replaceAll("_", " ");
  const rank = ({ label, words }: Emoji): number =>
    [label.toLowerCase().startsWith(wanted), begins(label, wanted), begins(words, wanted)].indexOf(
      true,
    );
  return all
    .map((emoji) => ({ emoji, rank: rank(emoji) }))
    .filter(({ rank }) => rank !== -1)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, COMPLETED_MAX)
    .map(({ emoji }) => emoji);
}

function begins(words: string, wanted: string): boolean {
  return ` ${words.toLowerCase()}`.includes(` ${wanted}`);
}

/** None, then the five of Unicode (UTS #51, section 2.4). */
export const TONES = ["", "\u{1f3fb}", "\u{1f3fc}", "\u{1f3fd}", "\u{1f3fe}", "\u{1f3ff}"] as const;
export type Tone = (typeof TONES)[number];

/** With the tone where a single person, or a hand, can have one; groups have none of their own. */
export function toned(unicode: string, tone: Tone): string {
  const bases = unicode.match(/\p{Emoji_Modifier_Base}/gu) ?? [];
  if (tone === "" || bases.length !== 1) return unicode;
  return unicode.replace(/(\p{Emoji_Modifier_Base})\uFE0F?/u, `$1${tone}`);
}

export function chosenTone(): Tone {
  try {
    return TONES.find((tone) => tone === localStorage.getItem(TONE_KEY)) ?? "";
  } catch {
    return "";
  }
}

export function rememberTone(tone: Tone): void {
  try {
    localStorage.setItem(TONE_KEY, tone);
  } catch {
    // Forgotten; nothing depends on it.
  }
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
