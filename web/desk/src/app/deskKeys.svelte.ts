// Commands with their keys: one registry behind the keyboard, the palette and the sheet of keys.
// Must stay true: single keys act only outside text fields, menus and dialogs, and can be switched off
// (WCAG 2.1.4); a command that cannot be done now says why instead of vanishing.
// Absent: the commands themselves. Each screen brings its own while it is open.

import { createContext, untrack } from "svelte";
import { preferences } from "./preferences.svelte";

export interface Command {
  id: string;
  /** "e", "E" (with shift), "mod+k", or a sequence "g c"; the first is the one shown. */
  keys: readonly string[];
  label: string;
  /** More words to be found by. */
  words?: string;
  group: string;
  run: () => void;
  /** Why it cannot be done now. */
  reason?: string | null;
}

const SEQUENCE_WITHIN_MS = 1_000;
/** In a text field they are the browser's own. */
export const UNDO_KEYS = "mod+z";
const TEXT = "input, textarea, select, [contenteditable]";
const BUSY =
  "input, textarea, select, [contenteditable], [role=tab], [role=dialog], [role=menu], [role=listbox]";

class DeskKeys {
  palette = $state(false);
  /** In the palette's box, also while it still loads. */
  typed = $state("");
  sheet = $state(false);
  #sets = $state.raw<readonly { commands: () => readonly Command[] }[]>([]);
  #prefix: { key: string; at: number } | null = null;

  get commands(): Command[] {
    return this.#sets.flatMap((set) => [...set.commands()]);
  }

  /** For the life of a component: `$effect(() => keys.offer(() => [...]))`. */
  offer(commands: () => readonly Command[]): () => void {
    const set = { commands };
    // Called inside effects, which must not depend on what the others offer.
    this.#sets = [...untrack(() => this.#sets), set];
    return () => (this.#sets = untrack(() => this.#sets).filter((other) => other !== set));
  }

  openPalette(): void {
    if (!this.palette) this.typed = "";
    this.palette = true;
  }

  openSheet(): void {
    this.sheet = true;
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    if (name === null) return;
    const single = !name.startsWith("mod+");
    if (single && this.palette) return this.#typeAhead(event);
    if (single && (!preferences.current.single_keys || isBusy(event.target))) return;
    if (name === UNDO_KEYS && isWithin(event.target, TEXT)) return;
    if (name === "Enter" && isPressed(event.target)) return;
    const sequence = this.#takePrefix(name);
    const commands = this.commands;
    const command =
      commands.find(({ keys }) => sequence !== null && keys.includes(sequence)) ??
      commands.find(({ keys }) => keys.includes(name));
    if (command) {
      event.preventDefault();
      if (!command.reason) command.run();
    } else if (commands.some(({ keys }) => keys.some((key) => key.startsWith(`${name} `)))) {
      this.#prefix = { key: name, at: event.timeStamp };
    }
  }

  /** What is typed while the palette still loads is meant for it, not for the row under it. */
  #typeAhead(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest("[role=dialog]")) return;
    event.preventDefault();
    if (event.key === "Escape") this.palette = false;
    else if (event.key === "Backspace") this.typed = this.typed.slice(0, -1);
    else if (event.key.length === 1) this.typed += event.key;
  }

  #takePrefix(name: string): string | null {
    const prefix = this.#prefix;
    this.#prefix = null;
    if (!prefix || performance.now() - prefix.at > SEQUENCE_WITHIN_MS) return null;
    return `${prefix.key} ${name}`;
  }
}

const [useDeskKeys, setDeskKeys] = createContext<DeskKeys>();
export { useDeskKeys };

export function provideDeskKeys(): DeskKeys {
  return setDeskKeys(new DeskKeys());
}

const IS_MAC = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);

/** As people write it: "mod+k" becomes "⌘ K" or "Ctrl K", "E" becomes "⇧ E". */
export function showKeys(keys: string): string {
  if (/^[A-Z]$/.test(keys)) return `⇧ ${keys}`;
  const names: Record<string, string> = {
    mod: IS_MAC ? "⌘" : "Ctrl",
    Shift: "⇧",
    ArrowUp: "↑",
    ArrowDown: "↓",
    Enter: "↵",
    Escape: "Esc",
  };
  return keys
    .split(keys.startsWith("mod+") ? "+" : " ")
    .map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(" ");
}

function nameOf(event: KeyboardEvent): string | null {
  if (event.altKey) return null;
  if (event.metaKey || event.ctrlKey)
    return event.shiftKey ? null : `mod+${event.key.toLowerCase()}`;
  return event.key;
}

/** Enter presses it, and nothing else; only the row of the chat that is open already leads to the answer. */
function isPressed(target: EventTarget | null): boolean {
  const pressed = "button, a[href]:not([aria-current=true])";
  return target instanceof Element && target.closest(pressed) !== null;
}

function isBusy(target: EventTarget | null): boolean {
  return isWithin(target, BUSY);
}

function isWithin(target: EventTarget | null, what: string): boolean {
  return target instanceof Element && target.closest(what) !== null;
}
