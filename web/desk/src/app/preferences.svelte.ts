// Choices of a person: those of this browser (theme, text size, whether it sounds and notifies) and those that follow
// the member to every device (what he is told of, quiet hours, single keys, undo, how he left his lists).
// Must stay true: kept across reloads, followed by all tabs, harmless when storage is refused; what the network refuses
// to take is sent at the next chance, and only in the name of whoever chose it.

import { ProblemError, type MemberId, type MemberPreferences, type StaffApi } from "@sapa/protocol";

export type Theme = "system" | "light" | "dark";

/** What a person is told of. */
export const OCCASIONS = ["mine", "queue", "given", "mention", "waiting"] as const;
export type Occasion = (typeof OCCASIONS)[number];

interface OfDevice {
  theme: Theme;
  /** Percent, 90 to 130. */
  text_size: number;
  sound: boolean;
  notifications: boolean;
}

export type Preferences = OfDevice & MemberPreferences;
type Change = Partial<MemberPreferences>;

interface Unsent {
  of: MemberId;
  change: Change;
}

const STORAGE_KEY = "sapa-preferences";
const UNSENT_KEY = "sapa-preferences-unsent";
const SEND_AFTER_MS = 400;

const DEFAULTS_OF_MEMBER: MemberPreferences = {
  notification_text: true,
  silent: [],
  hidden: [],
  quiet: { on: false, from: "22:00", until: "07:00" },
  single_keys: true,
  undo_seconds: 0,
  lists: {},
};
const DEFAULTS: Preferences = {
  theme: "system",
  text_size: 100,
  sound: true,
  notifications: false,
  ...DEFAULTS_OF_MEMBER,
};

export const UNDO_SECONDS = [0, 5, 10, 30] as const;
export const TEXT_SIZES = [90, 100, 110, 120, 130] as const;

let current = $state.raw<Preferences>(DEFAULTS);
let member: MemberId | null = null;
let api: Pick<StaffApi, "changePreferences"> | null = null;
let sending: ReturnType<typeof setTimeout> | undefined;

export const preferences = {
  get current(): Preferences {
    return current;
  },
};

export function startPreferences(): void {
  current = { ...DEFAULTS, ...stored<Partial<Preferences>>(STORAGE_KEY) };
  show();
}

/** From now on what the member chooses is his on every device. `kept`: what he chose so far, on whichever. */
export function followMember(
  of: MemberId,
  kept: MemberPreferences | null,
  through: Pick<StaffApi, "changePreferences">,
): void {
  [member, api] = [of, through];
  const unsent = unsentOf(of);
  // Who never chose anywhere goes on with what this browser has.
  const his = kept ? { ...DEFAULTS_OF_MEMBER, ...kept } : { ...current, lists: {} };
  current = merged({ ...current, ...his }, unsent ?? {});
  keep(STORAGE_KEY, current);
  if (unsent) sendSoon();
}

export function prefer(change: Partial<Preferences>): void {
  const names = Object.entries(change).filter(([name]) => name in DEFAULTS_OF_MEMBER);
  const his: Change = Object.fromEntries(names);
  current = merged({ ...current, ...change }, { lists: { ...current.lists, ...change.lists } });
  keep(STORAGE_KEY, current);
  show();
  if (!member || !Object.keys(his).length) return;
  keep(UNSENT_KEY, { of: member, change: merged(unsentOf(member) ?? {}, his) } satisfies Unsent);
  sendSoon();
}

function merged<T extends Change>(before: T, change: Change): T {
  const lists = { ...before.lists, ...change.lists };
  return { ...before, ...change, ...(Object.keys(lists).length ? { lists } : {}) };
}

function sendSoon(): void {
  clearTimeout(sending);
  sending = setTimeout(() => void send(), SEND_AFTER_MS);
}

async function send(): Promise<void> {
  const change = member && unsentOf(member);
  if (!change || !api) return;
  try {
    await api.changePreferences(change);
  } catch (error) {
    // Without the network it goes with the next choice, or at the next start.
    if (!(error instanceof ProblemError) || error.temporary || error.code === "unauthenticated")
      return;
  }
  const now = member && unsentOf(member);
  if (JSON.stringify(now) === JSON.stringify(change)) keep(UNSENT_KEY, null);
}

function unsentOf(of: MemberId): Change | null {
  const unsent = stored<Partial<Unsent> | null>(UNSENT_KEY);
  return unsent?.of === of ? (unsent.change ?? null) : null;
}

function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage refused: the choice holds until the tab closes.
  }
}

function stored<T>(key: string): T {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as T;
  } catch {
    return {} as T;
  }
}

function show(): void {
  const root = document.documentElement;
  if (current.theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = current.theme;
  root.style.setProperty("--text-scale", String(current.text_size / 100));
}
