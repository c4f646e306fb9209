// Short notes at the edge of the screen, some with an undo.
// Must stay true: an action's note stays six seconds and never takes the focus; there is one undo at a time.

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
  // One undo at a time: the last thing done is what a person wants to take back.
  const others = toasts.filter((other) => other.text !== text && !(action && other.action));
  toasts = [...others, { id, text, tone, action }].slice(-TOASTS_MAX);
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
