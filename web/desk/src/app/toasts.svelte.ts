// Short notes at the edge of the screen, some with an undo.
// Must stay true: an action's note stays six seconds and never takes the focus; there is one undo at a time;
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
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
const endings = new Map<number, () => void>();

export const toaster = {
  get current() {
    return toasts;
  },
};

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
  const timer = stays(note) ? undefined : setTimeout(() => dismiss(id), TOAST_MS);
  const unlisten = until?.(() => dismiss(id));
  endings.set(id, () => {
    clearTimeout(timer);
    unlisten?.();
  });
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
  endings.get(id)?.();
  endings.delete(id);
  toasts = toasts.filter((toast) => toast.id !== id);
}
