// Assign, close, reopen, snooze, tag with their notes and their undo.
// Must stay true: nothing asks "are you sure"; what can be undone offers it for six seconds.

import type {
  Can,
  CloseReason,
  Conversation,
  ConversationId,
  ConversationItem,
  Holder,
  Priority,
  Tag,
  TagId,
} from "@sapa/protocol";
import { formatMoment } from "../../app/format";
import { isolated } from "../../app/isolate";
import { attempt } from "../../app/problems";
import { atChats, goToChat, route } from "../../app/router";
import { toast } from "../../app/toasts.svelte";
import { m } from "../../paraglide/messages";
import { isEmpty } from "../../sync/drafts";
import type { ListId } from "../../sync/filters";
import type { Session } from "../../sync/session";
import { isNote } from "../../sync/outbox";
import { topic } from "../../sync/store";
import { presenceName } from "../presence/words";
import { docked } from "./dock/docked.svelte";
import { nameOf, waits } from "./words";

/** What a chat asks about in a window of its own. */
export type Question =
  "assign" | "close" | "snooze" | "block" | "title" | "tags" | "transcript" | "delete" | "start";

/** Why the server would refuse; null when it would not. */
export function reasonAgainst(item: ConversationItem, can: Can): string | null {
  if (item.can.includes(can)) return null;
  const closed = item.conversation.status === "closed";
  switch (can) {
    case "close":
      return closed ? m.already_closed() : m.no_right_close();
    case "reopen":
      return closed ? m.no_right_reopen() : m.already_open();
    case "assign_self":
      return closed ? m.closed_cannot_assign() : m.already_yours();
    case "assign_any":
      return closed ? m.closed_cannot_assign() : m.no_right_assign();
    case "snooze":
      return closed ? m.closed_cannot_snooze() : m.no_right_reply();
    case "block":
      return item.conversation.block ? m.already_blocked() : m.no_right_block();
    case "unblock":
      return item.conversation.block ? m.no_right_unblock() : m.not_blocked();
    case "reply":
      return item.conversation.block ? m.blocked_hint() : m.no_right_reply();
    case "tag":
      return m.no_right_tag();
    case "note":
      return m.no_right_note();
    case "delete":
      return m.no_right_delete();
    case "export":
      return m.no_right_export();
    case "edit":
    case "redact":
    case "look_back":
      return m.no_right_reply();
  }
}

/** Longer than an answer takes to come back over a slow line. */
const ANSWERED_WITHIN_MS = 10_000;

/** What I wrote makes the chat mine, and the desk has not heard of it yet. */
export function becomesMine(
  { outbox, store }: Session,
  { conversation }: ConversationItem,
): boolean {
  const { id, holder, status } = conversation;
  const me = store.me.member.id;
  if (status !== "open" || (holder.kind === "member" && holder.id === me)) return false;
  const last = store.entries(id)?.at(-1);
  // Acknowledged already, and newer than what is known of the chat.
  const ahead = last?.kind === "message" && last.author.id === me;
  return ahead || outbox.of(id).some((one) => !isNote(one) && one.refusal === null);
}

/** Does it as soon as the answer that is on its way made it possible; otherwise says why not. */
export async function onceMine(
  session: Session,
  { conversation: { id } }: ConversationItem,
  can: Can,
  run: (item: ConversationItem) => void,
): Promise<void> {
  const until = Date.now() + ANSWERED_WITHIN_MS;
  const late = new Promise<false>((resolve) => setTimeout(resolve, ANSWERED_WITHIN_MS, false));
  if (!(await Promise.race([session.outbox.settled(id), late]))) return;
  const now = await new Promise<ConversationItem | null>((resolve) => {
    const look = () => {
      const item = session.store.item(id);
      if (item?.can.includes(can)) end(item);
    };
    const end = (item: ConversationItem | null) => {
      clearTimeout(limit);
      stop();
      resolve(item);
    };
    const limit = setTimeout(() => end(session.store.item(id)), until - Date.now());
    const stop = session.store.topics.subscribe(topic.conversation(id), look);
    look();
  });
  const reason = now && reasonAgainst(now, can);
  if (reason) toast(reason, { tone: "bad" });
  else if (now) run(now);
}

export async function takeChat(session: Session, item: ConversationItem): Promise<void> {
  const { id } = session.store.me.member;
  await assignChat(session, item, { kind: "member", id });
}

/** Whoever waits longest. Whether that makes it mine is the inbox's to say. */
export async function takeNext(session: Session): Promise<void> {
  await attempt(async () => {
    const { item } = await session.api.takeNext();
    if (!item) {
      toast(m.empty_queue());
      return;
    }
    session.store.putItem(item);
    session.views.applyAll();
    goToChat(waits(item.conversation) ? "queue" : "mine", item.conversation.id);
  });
}

export async function setPriority(
  session: Session,
  { conversation: { id } }: ConversationItem,
  priority: Priority,
): Promise<void> {
  await attempt(async () => session.store.putItem(await session.api.setPriority(id, priority)));
}

export async function assignChat(
  session: Session,
  item: ConversationItem,
  to: Holder,
  comment = "",
): Promise<void> {
  const { id, holder } = item.conversation;
  await attempt(async () => {
    const done = session.commands.assign(id, to, comment);
    session.views.applyAll();
    await done;
    const undo = () => void attempt(() => session.commands.assign(id, holder));
    toast(movedTo(session, to), {
      action: { label: m.undo(), run: undo },
      until: changed(session, id, (now) => !sameHolder(now.holder, to)),
    });
  });
}

/** Where a closed conversation is left to, and the way back to it. */
export interface WayOut {
  /** To whoever is due next, or to the chat beside it; returns the address it leads to. */
  out: (to?: "due" | "beside") => string;
  back: () => void;
}

/** What is said of a closing; the tags are put on with it. */
export interface Closing {
  reason: CloseReason;
  note: string;
  tags: TagId[];
}

/** Its inbox wants a tag before it is closed, and it has none of those that there are. */
export function lacksTag({ store }: Session, { conversation }: ConversationItem): boolean {
  const wanted = store.inbox(conversation.inbox_id)?.closing_needs_tag ?? false;
  return (
    wanted &&
    (conversation.tag_ids ?? []).length === 0 &&
    store.tags.some(({ archived }) => !archived)
  );
}

/** Its inbox wants to know how it ended. */
export function wantsNote({ store }: Session, { conversation }: ConversationItem): boolean {
  return store.inbox(conversation.inbox_id)?.closing_needs_note ?? false;
}

/** It cannot be closed with one press: something is to be said of it. */
export function wantsWords(session: Session, item: ConversationItem): boolean {
  return lacksTag(session, item) || wantsNote(session, item);
}

export async function closeChat(
  session: Session,
  item: ConversationItem,
  way: WayOut,
  how: Closing = { reason: "solved", note: "", tags: [] },
): Promise<void> {
  const { id, contact } = item.conversation;
  await attempt(async () => {
    const done = session.commands.close(id, how.reason, how.note, how.tags);
    const there = way.out();
    session.views.applyAll();
    await done.catch((error: unknown) => {
      session.views.applyAll();
      // Whoever went elsewhere meanwhile is left alone.
      if ((route.pathname as string) === there) way.back();
      throw error;
    });
    const undo = () =>
      void attempt(async () => {
        const undone = session.commands.reopen(id);
        session.views.applyAll();
        way.back();
        await undone;
      });
    const name = isolated(nameOf(contact));
    const begun = !isEmpty(session.drafts.get(id));
    toast(begun ? m.closed_note_draft({ name }) : m.closed_note({ name }), {
      action: { label: begun ? m.closed_go_on() : m.undo(), run: undo },
      until: changed(session, id, ({ status }) => status !== "closed"),
    });
  });
}

export async function reopenChat(session: Session, item: ConversationItem): Promise<void> {
  await attempt(async () => {
    const done = session.commands.reopen(item.conversation.id);
    session.views.applyAll();
    await done;
  });
}

/** `until` is in milliseconds UTC. */
export async function snoozeChat(
  session: Session,
  item: ConversationItem,
  until: number,
  way: WayOut,
): Promise<void> {
  const { id, snoozed_until } = item.conversation;
  await attempt(async () => {
    const done = session.commands.snooze(id, until);
    const there = way.out();
    session.views.applyAll();
    await done.catch((error: unknown) => {
      session.views.applyAll();
      if ((route.pathname as string) === there) way.back();
      throw error;
    });
    const undo = () =>
      void attempt(async () => {
        const undone = snoozed_until
          ? session.commands.snooze(id, snoozed_until)
          : session.commands.wake(id);
        session.views.applyAll();
        way.back();
        await undone;
      });
    toast(m.snoozed_note({ until: formatMoment(until) }), {
      action: { label: m.undo(), run: undo },
      until: changed(session, id, (now) => now.snoozed_until !== until),
    });
  });
}

export async function wakeChat(session: Session, item: ConversationItem): Promise<void> {
  await attempt(async () => {
    const done = session.commands.wake(item.conversation.id);
    session.views.applyAll();
    await done;
  });
}

export async function setTag(
  session: Session,
  { conversation: { id } }: ConversationItem,
  tag: Tag,
  on: boolean,
): Promise<void> {
  await attempt(async () => {
    if (on) return session.commands.tag(id, tag.id);
    await session.commands.untag(id, tag.id);
    const undo = () => void attempt(() => session.commands.tag(id, tag.id));
    toast(m.tag_taken_off({ name: isolated(tag.name) }), {
      action: { label: m.undo(), run: undo },
      until: changed(session, id, ({ tag_ids = [] }) => tag_ids.includes(tag.id)),
    });
  });
}

/**
 * Nothing is exchanged with the customer any more, in any of his chats. `until` is in milliseconds UTC. Who blocked may
 * take it back for a minute, also without the right to unblock.
 */
export async function blockContact(
  session: Session,
  item: ConversationItem,
  how: { until: number | null; reason: string },
): Promise<void> {
  const { id, contact } = item.conversation;
  await attempt(async () => {
    await session.commands.block(id, how.until, how.reason);
    const undo = () => void attempt(() => session.commands.unblock(id));
    toast(m.blocked_note({ name: isolated(nameOf(contact)) }), {
      action: { label: m.undo(), run: undo },
      until: changed(session, id, ({ block }) => block === null),
    });
  });
}

export async function unblockContact(session: Session, item: ConversationItem): Promise<void> {
  await attempt(() => session.commands.unblock(item.conversation.id));
}

/** The chat is left, as otherwise it would be read at once. */
export async function flagUnread(
  session: Session,
  item: ConversationItem,
  leave: () => void,
): Promise<void> {
  leave();
  await attempt(() => session.commands.flagUnread(item.conversation.id));
}

/** On the page of the chats; in another section in a window over it, so that nobody loses what he was at. */
export function showChat(view: ListId, id: ConversationId): void {
  if (docked.fits && !atChats()) docked.enter(id);
  else goToChat(view, id);
}

/** Over the other sections of the desk, until he puts it away there or here. */
export function keepInWindow({ conversation: { id, contact } }: ConversationItem): void {
  if (docked.has(id)) return docked.remove(id);
  docked.show(id);
  toast(m.dock_kept({ name: isolated(nameOf(contact)) }));
}

export async function setMuted(session: Session, item: ConversationItem): Promise<void> {
  await attempt(() => session.commands.setMuted(item.conversation.id, !item.muted));
}

/** Tells once when somebody, or something, made a note about this conversation untrue. */
function changed(session: Session, id: ConversationId, untrue: (now: Conversation) => boolean) {
  return (over: () => void): (() => void) => {
    const look = () => {
      const now = session.store.item(id)?.conversation;
      if (now && untrue(now)) over();
    };
    return session.store.topics.subscribe(topic.conversation(id), look);
  };
}

function sameHolder(a: Holder, b: Holder): boolean {
  return a.kind === b.kind && (a.kind === "queue" || (b.kind !== "queue" && a.id === b.id));
}

function movedTo(session: Session, to: Holder): string {
  if (to.kind === "queue") return m.moved_to_queue();
  if (to.id === session.store.me.member.id) return m.moved_to_me();
  const name = isolated(session.store.nameOf(to.id) ?? m.somebody());
  if (to.kind === "team") return m.moved_to({ name });
  // Whoever is not there may be chosen, and it is said.
  const presence = session.store.presence(to.id);
  if (presence.state === "online") return m.moved_to({ name });
  const state = presenceName(presence, session.store.me.workspace.away_reasons);
  return m.moved_to_absent({ name, state });
}
