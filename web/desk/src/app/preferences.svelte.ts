// Choices that belong to this browser: theme, text size, sound, notifications, single keys.
// Must stay true: kept across reloads, followed by all tabs, and harmless when storage is refused.
// Absent: choices that follow the member to other devices (name, language).

import type { Quiet } from "./quiet";

export type Theme = "system" | "light" | "dark";

/** What a person is told of. */
export const OCCASIONS = ["mine", "queue", "given", "mention", "waiting"] as const;
export type Occasion = (typeof OCCASIONS)[number];

export interface Preferences {
  theme: Theme;
  /** Percent, 90 to 130. */
  text_size: number;
  sound: boolean;
  notifications: boolean;
  /** Show what the customer wrote in the notification. */
  notification_text: boolean;
  /** What is not heard, though sound is on. */
  silent: readonly Occasion[];
  /** What no desktop notification tells of, though they are on. */
  hidden: readonly Occasion[];
  quiet: Quiet;
  single_keys: boolean;
  /** How long an answer waits, so that it can be taken back; 0 sends at once. */
  undo_seconds: number;
}

const STORAGE_KEY = "sapa-preferences";

const DEFAULTS: Preferences = {
  theme: "system",
  text_size: 100,
  sound: true,
  notifications: false,
  notification_text: true,
  silent: [],
  hidden: [],
  quiet: { on: false, from: "22:00", until: "07:00" },
  single_keys: true,
  undo_seconds: 0,
};

export const UNDO_SECONDS = [0, 5, 10, 30] as const;
export const TEXT_SIZES = [90, 100, 110, 120, 130] as const;

let current = $state.raw<Preferences>(DEFAULTS);

export const preferences = {
  get current(): Preferences {
    return current;
  },
};

export function startPreferences(): void {
  current = { ...DEFAULTS, ...stored() };
  show();
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
  } catch {
    // Storage refused: the choice holds until the tab closes.
  }
  show();
}

function stored(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}") as Partial<Preferences>;
  } catch {
    return {};
  }
}

function show(): void {
  const root = document.documentElement;
  if (current.theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = current.theme;
  root.style.setProperty("--text-scale", String(current.text_size / 100));
}
