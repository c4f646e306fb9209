// Makes a person look: sound and desktop notification for a customer's new message.
// Must stay true: permission is asked only on a click (askToNotify); one notification per conversation, a new
// message replaces it; clicking it opens the conversation.

import { m } from "../paraglide/messages";
import type { Attention } from "../sync/attention";
import { preferences } from "./preferences.svelte";
import { goToChat } from "./router";
import { sound } from "./sound";

const TEXT_MAX = 140;

export function alertOf({ tone, item, message }: Attention): void {
  const { sound: audible, notifications, notification_text } = preferences.current;
  if (audible) sound(tone);
  if (!notifications || !("Notification" in window) || Notification.permission !== "granted")
    return;
  const { conversation } = item;
  const title = conversation.contact.name ?? m.visitor();
  const text = message.text?.trim() || message.files[0]?.name || "";
  const notification = new Notification(title, {
    body: notification_text ? text.slice(0, TEXT_MAX) : m.notification_new_message(),
    tag: conversation.id,
    silent: true,
  });
  notification.onclick = () => {
    window.focus();
    goToChat(tone === "mine" ? "mine" : "queue", conversation.id);
    notification.close();
  };
}

/** Only on a click. True when notifications may be shown. */
export async function askToNotify(): Promise<boolean> {
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}
