// Makes a person look: sound and desktop notification for a customer's new message, and for a colleague's call.
// Must stay true: permission is asked only on a click (askToNotify); one notification per conversation, a new
// message replaces it; clicking it opens the conversation, in other sections in a window over them, so that nobody
// loses what he was at; there a note on the page says the same, whatever the notifications are set to.

import type { Mark } from "@sapa/protocol";
import { plainOf } from "@sapa/protocol/links";
import { showChat } from "../features/conversations/actions";
import { nameOf } from "../features/conversations/words";
import { m } from "../paraglide/messages";
import type { Attention, Given, Mentioned, Waiting } from "../sync/attention";
import type { DeskStore } from "../sync/store";
import { preferences, type Occasion } from "./preferences.svelte";
import { isQuiet } from "./quiet";
import { formatSpan } from "./format";
import { isolated } from "./isolate";
import { atChats, goToMessage } from "./router";
import { sound } from "./sound";
import { toast } from "./toasts.svelte";

const TEXT_MAX = 140;

/** `marks` are those that the conversation's channel draws. */
export function alertOf({ tone, item, message }: Attention, marks: readonly Mark[]): void {
  const { notification_text } = preferences.current;
  const { conversation } = item;
  const title = nameOf(conversation.contact);
  const said = message.text ? plainOf(message.text, marks).trim() : "";
  const text = said || message.files[0]?.name || "";
  const body = notification_text ? text.slice(0, TEXT_MAX) : m.notification_new_message();
  const open = () => showChat(tone, conversation.id);
  if (tone === "mine" && !atChats()) {
    toast(m.toast_message({ name: isolated(title), text: isolated(body) }), {
      tone: "message",
      about: conversation.id,
      action: { label: m.open_chat(), run: open },
    });
  }
  call(tone, title, body, conversation.id, open);
}

/** A tag of its own, so that no ordinary message takes its place. */
export function mentionAlert({ conversation_id, entry_id, by, team, item, loud }: Mentioned): void {
  const open = () => goToMessage(conversation_id, entry_id);
  const contact = item?.conversation.contact;
  const name = contact && isolated(nameOf(contact));
  const author = isolated(by);
  const title = team
    ? m.team_mentioned({ by: author, team: isolated(team) })
    : m.mentioned({ by: author });
  const placed = (name: string) =>
    team
      ? m.team_mentioned_in({ by: author, team: isolated(team), name })
      : m.mentioned_in({ by: author, name });
  toast(name ? placed(name) : title, {
    about: conversation_id,
    action: { label: m.open_chat(), run: open },
  });
  if (loud) call("mention", title, name ?? "", entry_id, open);
}

/** A tag of its own, as for a mention. The note passes, the newest in place of the one before: where many wait, they stand
    in the lists in yellow and red, and notes must not cover them. */
export function waitingAlert({ reached, item }: Waiting): void {
  const { conversation_id, waiting_since, late } = reached;
  const name = isolated(item ? nameOf(item.conversation.contact) : m.visitor());
  const span = formatSpan(Date.now() - waiting_since);
  const title = late ? m.waits_too_long({ name, span }) : m.waits_long({ name, span });
  const open = () => showChat("mine", conversation_id);
  toast(title, {
    tone: "message",
    about: conversation_id,
    action: { label: m.open_chat(), run: open },
  });
  call("waiting", title, "", `limit:${conversation_id}`, open);
}

/** Who gave it, and what for, stays on the page until it is looked at. */
export function givenAlert({ item, by, team, comment, loud }: Given, store: DeskStore): void {
  const { id, contact } = item.conversation;
  const name = isolated(nameOf(contact));
  const title = givenWords(name, by, team ? (store.team(team)?.name ?? m.team()) : null);
  const open = () => showChat(team ? "queue" : "mine", id);
  toast(comment ? m.given_comment({ given: title, comment: isolated(comment) }) : title, {
    tone: "message",
    about: id,
    action: { label: m.open_chat(), run: open },
  });
  if (loud) call("given", title, comment ?? "", id, open);
}

function givenWords(name: string, by: string | null, team: string | null): string {
  if (team !== null) {
    const to = { name, team: isolated(team) };
    return by === null ? m.given_to_team_itself(to) : m.given_to_team({ ...to, by: isolated(by) });
  }
  return by === null ? m.given_itself({ name }) : m.given({ name, by: isolated(by) });
}

function call(what: Occasion, title: string, body: string, tag: string, open: () => void): void {
  const { sound: audible, notifications, silent, hidden, quiet } = preferences.current;
  if (isQuiet(quiet, new Date())) return;
  if (audible && !silent.includes(what)) sound(what === "queue" ? "queue" : "mine");
  if (
    !notifications ||
    hidden.includes(what) ||
    !("Notification" in window) ||
    Notification.permission !== "granted"
  )
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
