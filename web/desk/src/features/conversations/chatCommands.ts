// The keys of the chats page.
// Must stay true: what may be done comes from the server's `can`; the reason is said when it may not.

import type { Can, Conversation, ConversationId, ConversationItem } from "@sapa/protocol";
import type { Command } from "../../app/deskKeys.svelte";
import { mayI } from "../../app/rights";
import { chatPath, goToChat } from "../../app/router";
import { m } from "../../paraglide/messages";
import type { ListId } from "../../sync/filters";
import type { Session } from "../../sync/session";
import type { Mode } from "./composer/writing.svelte";
import { docked } from "./dock/docked.svelte";
import { selection } from "./list/selection.svelte";
import type { Panes } from "./panes.svelte";
import {
  becomesMine,
  closeChat,
  flagUnread,
  keepInWindow,
  onceMine,
  wantsWords,
  reasonAgainst,
  reopenChat,
  setMuted,
  takeChat,
  takeNext,
  unblockContact,
  type Question,
  type WayOut,
} from "./actions";

export interface ChatsPage {
  list: () => ListId;
  open: () => ConversationItem | null;
  id: () => ConversationId | null;
  toggleInfo: () => void;
  leave: () => void;
  ask: (question: Question) => void;
  search: () => void;
  filter: () => void;
  find: () => void;
  finding: () => boolean;
  compose: (mode: Mode) => void;
  beside: (which: "log" | "attachments") => void;
  panes: Panes;
}

/** With chats ticked these are about all of them; see list/Selecting.svelte. */
const OF_SEVERAL = ["take", "assign", "close", "snooze", "tags", "unread", "reopen"];

export function chatCommands(session: Session, page: ChatsPage): () => Command[] {
  const group = m.group_chat();

  /** What comes late is about the chat that was open, or nothing. */
  const here = (run: (item: ConversationItem) => void) => (item: ConversationItem) => {
    if (page.id() === item.conversation.id) run(item);
  };

  function command(
    id: string,
    keys: string[],
    label: string,
    can: Can | null,
    run: (item: ConversationItem) => void,
  ): Command {
    const drawn = page.open();
    // What is known may be newer than what is drawn.
    const item = drawn && (session.store.item(drawn.conversation.id) ?? drawn);
    const against = item === null ? m.no_chat_open() : can ? reasonAgainst(item, can) : null;
    const coming = can && item && against !== null && becomesMine(session, item);
    const reason = coming ? null : against;
    const free = selection.active && OF_SEVERAL.includes(id) ? [] : keys;
    return {
      id,
      keys: free,
      label,
      group,
      reason,
      run: () => {
        if (item && coming) void onceMine(session, item, can, here(run));
        else if (item) run(item);
      },
    };
  }

  return () => [
    { id: "next", keys: ["j", "ArrowDown"], label: m.key_next(), group, run: () => step(1) },
    { id: "previous", keys: ["k", "ArrowUp"], label: m.key_previous(), group, run: () => step(-1) },
    {
      id: "take-next",
      keys: ["n"],
      label: m.take_next(),
      group,
      reason: mayI(session.store.me, "conversation:assign") ? null : m.no_right_assign(),
      run: () => void takeNext(session),
    },
    {
      id: "search",
      keys: ["/"],
      label: m.search_everywhere(),
      group: m.group_go(),
      run: () => page.search(),
    },
    {
      id: "filters",
      keys: ["f"],
      label: m.filters(),
      group: m.group_go(),
      run: () => page.filter(),
    },
    // Without an open chat, or a second time, the browser's own search opens.
    command("find", page.id() && !page.finding() ? ["mod+f"] : [], m.find_here(), null, () =>
      page.find(),
    ),
    command("reply", ["r", "Enter"], m.key_reply(), null, () => page.compose("reply")),
    command("note", ["m"], m.key_note(), "note", () => page.compose("note")),
    command("take", ["A"], m.assign_to_me(), "assign_self", (item) => void takeChat(session, item)),
    command("assign", ["a"], m.assign_to(), "assign_any", () => page.ask("assign")),
    command("close", ["e"], m.close_chat(), "close", (item) => {
      if (wantsWords(session, item)) return page.ask("close");
      void closeChat(
        session,
        item,
        wayOut(session, page.list(), item.conversation.id, false, page.panes),
      );
    }),
    command("close-with", [], m.close_with_reason(), "close", () => page.ask("close")),
    command("snooze", ["z"], m.snooze_until(), "snooze", () => page.ask("snooze")),
    command("tags", ["t"], m.tags_set(), "tag", () => page.ask("tags")),
    command("title", [], m.title_set(), "note", () => page.ask("title")),
    command("block", [], m.block_contact(), "block", () => page.ask("block")),
    command("unblock", [], m.unblock_contact(), "unblock", (item) => {
      void unblockContact(session, item);
    }),
    // Only who may is told that there is such a thing.
    ...(page.open()?.can.includes("delete")
      ? [command("delete", [], m.delete_chat(), "delete", () => page.ask("delete"))]
      : []),
    command("unread", ["u"], m.mark_unread(), null, (item) => {
      void flagUnread(session, item, page.leave);
    }),
    command("mute", [], page.open()?.muted ? m.unmute() : m.mute(), null, (item) => {
      void setMuted(session, item);
    }),
    ...(docked.fits ? [command("window", [], windowed(), null, keepInWindow)] : []),
    command("reopen", ["E"], m.reopen_chat(), "reopen", (item) => void reopenChat(session, item)),
    command("log", ["l"], m.log(), null, () => page.beside("log")),
    command("attachments", ["F"], m.attachments(), null, () => page.beside("attachments")),
    command("transcript", [], m.transcript_save(), null, () => page.ask("transcript")),
    command("info", ["i"], m.info(), null, () => page.toggleInfo()),
    {
      id: "split",
      keys: ["\\"],
      label: m.split_next(),
      group,
      run: () => goToChat(page.list(), page.panes.cycle(session.views.ids(page.list())), true),
    },
    {
      id: "fold",
      keys: [],
      label: page.panes.folded ? m.list_unfold() : m.list_fold(),
      group,
      run: () => page.panes.fold(!page.panes.folded),
    },
    ...Array.from({ length: page.panes.shown === 1 ? 0 : page.panes.shown }, (_, at) => ({
      id: `pane-${at + 1}`,
      keys: [String(at + 1)],
      label: m.pane_use({ number: at + 1 }),
      group,
      run: () => usePane(page.panes, page.list(), at),
    })),
  ];

  function windowed(): string {
    const id = page.id();
    return id && docked.has(id) ? m.dock_remove() : m.dock_keep();
  }

  function step(by: 1 | -1): void {
    const ids = session.views.ids(page.list());
    const here = page.id();
    const at = here ? ids.indexOf(here) : -1;
    const next = at === -1 ? ids[by === 1 ? 0 : ids.length - 1] : ids[at + by];
    if (!next) return;
    // From a button elsewhere the keys go on in the list, or the next one would press it; the row takes it from here.
    document.querySelector<HTMLElement>("#list [tabindex='0']")?.focus({ preventScroll: true });
    goToChat(page.list(), next, here !== null);
  }
}

/** Turns to a pane, also to one in which nothing is shown yet. */
export function usePane(panes: Panes, list: ListId, at: number): void {
  const id = panes.slots[at] ?? null;
  // One that is shown is followed by its address.
  if (!id) panes.use(at);
  goToChat(list, id);
}

/**
 * Whoever waits and is due first takes the place of a closed one, with nobody waiting the one below; on a phone the list
 * does.
 */
export function wayOut(
  session: Session,
  list: ListId,
  id: ConversationId,
  to_list = false,
  panes?: Panes,
): WayOut {
  return {
    out: (to = "due") => {
      // What stands beside it already does not take its place too.
      const ids = session.views.ids(list).filter((one) => one === id || !panes?.has(one));
      const at = ids.indexOf(id);
      const others = ids.filter((one) => one !== id);
      const due = to === "due" ? mostDue(session, others) : null;
      const next = to_list ? null : (due ?? ids[at + 1] ?? ids[at - 1] ?? null);
      if (!next) panes?.empty(panes.active);
      goToChat(list, next);
      // The button that was pressed is gone with its chat; the keyboard goes on in the list.
      requestAnimationFrame(() => focusList(next));
      return chatPath(list, next);
    },
    back: () => goToChat(list, id),
  };
}

/** Of mine and of what nobody has; without a time limit, who waits longest. */
function mostDue(session: Session, ids: readonly ConversationId[]): ConversationId | null {
  const me = session.store.me.member.id;
  const waiting = ids
    .flatMap((id) => session.store.item(id)?.conversation ?? [])
    .filter(({ status, waiting_since }) => status === "open" && waiting_since !== null)
    .filter(({ holder }) => holder.kind !== "member" || holder.id === me);
  const due = ({ late_at }: Conversation) => late_at ?? Number.POSITIVE_INFINITY;
  const [first] = waiting.sort(
    (a, b) => Math.sign(due(a) - due(b)) || a.waiting_since! - b.waiting_since!,
  );
  return first?.id ?? null;
}

/** A row that is not drawn leaves its list's title, a folded list the way to unfold it; a window has no list. */
export function focusList(id: ConversationId | null): void {
  [`row-${id}`, "list-title", "list-unfold", "dock-window"]
    .map((one) => document.getElementById(one))
    .find((one) => one !== null)
    ?.focus();
}
