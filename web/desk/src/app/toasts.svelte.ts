// Short notes at the edge of the screen, some with an undo.
// Must stay true: an action's note stays six seconds and never takes the focus; a new note of the same kind
// replaces the old one.

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "bad";
  action: { label: string; run: () => void } | null;
}

export const TOAST_MS = 6_000;
const TOASTS_MAX = 3;

let next_id = 1;
let toasts = $state.raw<readonly Toast[]>([]);
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
const timers = new Map<number, ReturnType<typeof setTimeout>>();

export const toaster = {
  get current() {
    return toasts;
  },
};

export function toast(
  text: string,
  { tone = "plain", action = null }: Partial<Pick<Toast, "tone" | "action">> = {},
): void {
  const id = next_id++;
  toasts = [...toasts.filter((other) => other.text !== text), { id, text, tone, action }].slice(
    -TOASTS_MAX,
  );
  timers.set(
    id,
    setTimeout(() => dismiss(id), TOAST_MS),
  );
}

export function dismiss(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  toasts = toasts.filter((toast) => toast.id !== id);
}
