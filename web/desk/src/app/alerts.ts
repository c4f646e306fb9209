// Makes a person look: sound and desktop notification for a customer's new message, and for a colleague's call.
// Must stay true: permission is asked only on a click (askToNotify); one notification per conversation, a new
// message replaces it; clicking it opens the conversation.

import { m } from "../paraglide/messages";
import type { Attention, Mentioned, Tone } from "../sync/attention";
import { preferences } from "./preferences.svelte";
import { isolated } from "./isolate";
import { goToChat, goToMessage } from "./router";
import { sound } from "./sound";
import { toast } from "./toasts.svelte";

const TEXT_MAX = 140;

export function alertOf({ tone, item, message }: Attention): void {
  const { notification_text } = preferences.current;
  const { conversation } = item;
  const title = conversation.contact.name ?? m.visitor();
  const text = message.text?.trim() || message.files[0]?.name || "";
  const body = notification_text ? text.slice(0, TEXT_MAX) : m.notification_new_message();
  call(tone, title, body, conversation.id, () =>
    goToChat(tone === "mine" ? "mine" : "queue", conversation.id),
  );
}

/** A tag of its own, so that no ordinary message takes its place. */
export function mentionAlert({ conversation_id, entry_id, by, item, loud }: Mentioned): void {
  const open = () => goToMessage(conversation_id, entry_id);
  const contact = item?.conversation.contact;
  const name = contact && isolated(contact.name ?? m.visitor());
  const author = isolated(by);
  toast(name ? m.mentioned_in({ by: author, name }) : m.mentioned({ by: author }), {
    about: conversation_id,
    action: { label: m.open_chat(), run: open },
  });
  if (loud) call("mine", m.mentioned({ by: author }), name ?? "", entry_id, open);
}

function call(tone: Tone, title: string, body: string, tag: string, open: () => void): void {
  const { sound: audible, notifications } = preferences.current;
  if (audible) sound(tone);
  if (!notifications || !("Notification" in window) || Notification.permission !== "granted")
    return;
  const notification = new Notification(title, { body, tag, silent: true });
  notification.onclick = () => {
    window.focus();
    open();
    notification.close();
  };
}

/** Only on a click. True when notifications may be shown. */
export async function askToNotify(): Promise<boolean> {
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}
