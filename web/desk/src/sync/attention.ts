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
  LimitReached,
  EntryId,
  InboxId,
  TeamId,
} from "@sapa/protocol";

const SOUND_EVERY_MS = 4_000;

export type Tone = "mine" | "queue";

export interface Attention {
  tone: Tone;
  item: ConversationItem;
  message: Entry;
}

/** A colleague named me, or a team of mine, in a note. */
export interface Mentioned {
  conversation_id: ConversationId;
  entry_id: EntryId;
  by: string;
  /** The name of the team; null when it was my own. */
  team: string | null;
  /** Null when the conversation was never loaded here. */
  item: ConversationItem | null;
  /** In this tab, with sound: not for what was only caught up with. */
  loud: boolean;
}

/** Somebody waits as long as his inbox allows, or will soon. */
export interface Waiting {
  reached: LimitReached["data"];
  /** Null when the conversation was never loaded here. */
  item: ConversationItem | null;
}

/** A colleague, or the routing, gave a chat to me or to a team of mine. */
export interface Given {
  item: ConversationItem;
  /** The name of who did; null when nobody did it by hand. */
  by: string | null;
  /** The id of the team; null when it is mine alone. */
  team: TeamId | null;
  comment: string | null;
  /** In this tab, with sound: not for what was only caught up with. */
  loud: boolean;
}

export interface AttentionRules {
  me: string;
  my_teams: readonly TeamId[];
  /** I take nothing from this inbox for now. */
  paused: (id: InboxId) => boolean;
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
  if (holder.kind === "team" && !rules.my_teams.includes(holder.id)) return null;
  if (holder.kind !== "member" && rules.paused(item.conversation.inbox_id)) return null;
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

/** Only while it is news, once on this device, and neither for who looks at it nor for who muted it. */
export function waitingOf(
  { data }: LimitReached,
  item: ConversationItem | null,
  { live, leading, looked_at }: AttentionRules,
): Waiting | null {
  if (!live || !leading || item?.muted || looked_at(data.conversation_id)) return null;
  return { reached: data, item };
}

/** Whoever is given a chat hears of it also after a break; nobody hears of what he took himself. */
export function givenOf(
  event: ConversationEvent,
  item: ConversationItem | null,
  { me, my_teams, live, leading, looked_at }: AttentionRules,
): Given | null {
  if (event.kind !== "conversation.updated" || !item) return null;
  const { conversation, entries } = event.data;
  const given = entries.findLast(
    ({ kind, revision }) => kind === "assigned" && revision === conversation.revision,
  );
  const to = given?.assignment?.to;
  if (!given || !to || to.kind === "queue" || given.author.id === me) return null;
  if (to.kind === "member" ? to.id !== me : !my_teams.includes(to.id)) return null;
  if (looked_at(conversation.id)) return null;
  return {
    item,
    by: given.author.kind === "member" ? given.author.name : null,
    team: to.kind === "team" ? to.id : null,
    comment: given.assignment?.comment ?? null,
    loud: live && leading,
  };
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
