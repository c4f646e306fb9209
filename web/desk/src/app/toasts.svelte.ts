// Short notes at the edge of the screen, some with an undo.
// Must stay true: an action's note stays six seconds, and as long as the pointer or the focus is on the notes, and never
// takes the focus; there is one undo at a time, which a key reaches too (`undoable`);
// a note whose subject changed meanwhile goes at once; a call for this person stays until it is answered, and no
// ordinary note pushes it away; a customer's message passes, the newest in place of the one before.

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "bad" | "message";
  action: { label: string; run: () => void } | null;
  /** What it is about; it goes when that is looked at. */
  about: string | null;
}

export const TOAST_MS = 6_000;
const TOASTS_MAX = 3;

let next_id = 1;
let toasts = $state.raw<readonly Toast[]>([]);
let undone = $state<string | null>(null);
let held = false;
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
const endings = new Map<number, { over: () => void; count: () => void; rest: () => void }>();

export const toaster = {
  get current() {
    return toasts;
  },
  /** The note whose action a key takes back. */
  get undoable(): Toast | null {
    return toasts.find(undoes) ?? null;
  },
  /** What was taken back last, for those who do not see the note go. */
  get undone() {
    return undone;
  },
};

/** Nothing goes while somebody is at the notes; the six seconds begin anew when he leaves them. */
export function hold(on: boolean): void {
  if (held === on) return;
  held = on;
  for (const { count, rest } of endings.values()) (on ? rest : count)();
}

export function act(note: Toast): void {
  dismiss(note.id);
  if (undoes(note)) undone = note.text;
  note.action?.run();
}

interface Options {
  tone?: Toast["tone"];
  action?: Toast["action"];
  about?: string;
  /** Calls back when the note is no longer true; returns how to stop listening. */
  until?: (over: () => void) => () => void;
}

export function toast(text: string, options: Options = {}): void {
  const { tone = "plain", action = null, about = null, until } = options;
  const id = next_id++;
  const note: Toast = { id, text, tone, action, about };
  // One undo at a time: the last thing done is what a person wants to take back.
  for (const other of toasts) {
    const replaced = undoes(note) && undoes(other);
    const newer = tone === "message" && other.tone === "message";
    if (other.text === text || newer || replaced) dismiss(other.id);
  }
  const passing = toasts.filter((other) => !stays(other));
  for (const oldest of passing.slice(0, 1 - TOASTS_MAX)) dismiss(oldest.id);
  toasts = [...toasts, note];
  undone = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = () => clearTimeout(timer);
  const count = () => {
    if (!stays(note)) timer = setTimeout(() => dismiss(id), TOAST_MS);
  };
  if (!held) count();
  const unlisten = until?.(() => dismiss(id));
  const over = () => {
    rest();
    unlisten?.();
  };
  endings.set(id, { over, count, rest });
}

/** What calls or was refused has an action too, and is no undo. */
function undoes({ action, about, tone }: Toast): boolean {
  return action !== null && about === null && tone === "plain";
}

function stays({ about, tone }: Toast): boolean {
  return about !== null && tone !== "message";
}

export function dismissAbout(about: string): void {
  for (const { id } of toasts.filter((toast) => toast.about === about)) dismiss(id);
}

/** They name customers: nobody who comes next reads them. */
export function dismissAll(): void {
  for (const { id } of toasts) dismiss(id);
}

export function dismiss(id: number): void {
  endings.get(id)?.over();
  endings.delete(id);
  toasts = toasts.filter((toast) => toast.id !== id);
  // With the last one the pointer and the focus have nothing left to be at, and nobody says so.
  if (toasts.length === 0) held = false;
}
