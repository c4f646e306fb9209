// Puts a text on the clipboard and says so.

import { m } from "../paraglide/messages";
import { toast } from "./toasts.svelte";

export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(m.copied());
  } catch {
    toast(m.copy_refused(), { tone: "bad" });
  }
}
