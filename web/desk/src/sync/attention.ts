// Decides when a person should hear, see a notification, or be left alone.
// Must stay true: one tab speaks; nothing sounds for one's own actions, for history that arrives after a
// reconnect, or for the conversation somebody is looking at; never more than one sound in four seconds.
// Absent: how it sounds and looks (app/sound.ts, app/notify.ts).

import type {
  ConversationEvent,
  ConversationId,
  ConversationItem,
  ConversationMentioned,
  Entry,
  EntryId,
} from "@sapa/protocol";

const SOUND_EVERY_MS = 4_000;

export type Tone = "mine" | "queue";

export interface Attention {
  tone: Tone;
  item: ConversationItem;
  message: Entry;
}

/** A colleague named me in a note. */
export interface Mentioned {
  conversation_id: ConversationId;
  entry_id: EntryId;
  by: string;
  /** Null when the conversation was never loaded here. */
  item: ConversationItem | null;
  /** In this tab, with sound: not for what was only caught up with. */
  loud: boolean;
}

export interface AttentionRules {
  me: string;
  live: boolean;
  leading: boolean;
  /** In this tab or another one. */
  looked_at: (id: ConversationId) => boolean;
}

/** The customer's newest message in this event, when it concerns me, I did not mute it, and nobody is looking. */
export function attentionOf(
  event: ConversationEvent,
  item: ConversationItem | null,
  rules: AttentionRules,
): Attention | null {
  if (event.kind !== "conversation.updated" || !item || item.muted) return null;
  if (!rules.live || !rules.leading || rules.looked_at(item.conversation.id)) return null;
  const message = event.data.entries.findLast(
    (entry) =>
      entry.kind === "message" &&
      entry.author.kind === "contact" &&
      entry.revision === event.data.conversation.revision,
  );
  const { holder } = item.conversation;
  if (!message || (holder.kind === "member" && holder.id !== rules.me)) return null;
  return { tone: holder.kind === "member" ? "mine" : "queue", item, message };
}

/** Whom a colleague calls must hear of it also after a break; only what is on screen needs no telling. */
export function mentionOf(
  { data }: ConversationMentioned,
  item: ConversationItem | null,
  { live, leading, looked_at }: AttentionRules,
): Mentioned | null {
  if (looked_at(data.conversation_id)) return null;
  return { ...data, item, loud: live && leading };
}

/** At most one sound per four seconds; mine is never drowned by the queue. */
export class SoundLimit {
  #sounded_at = Number.NEGATIVE_INFINITY;

  allow(now_ms: number): boolean {
    if (now_ms - this.#sounded_at < SOUND_EVERY_MS) return false;
    this.#sounded_at = now_ms;
    return true;
  }
}
