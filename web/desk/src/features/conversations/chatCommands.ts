// The keys of the chats page.
// Must stay true: what may be done comes from the server's `can`; the reason is said when it may not.

import type { Can, ConversationId, ConversationItem, ConversationView } from "@sapa/protocol";
import type { Command } from "../../app/deskKeys.svelte";
import { mayI } from "../../app/rights";
import { chatPath, goToChat } from "../../app/router";
import { m } from "../../paraglide/messages";
import type { Session } from "../../sync/session";
import type { Mode } from "./composer/writing.svelte";
import type { Panes } from "./panes.svelte";
import {
  closeChat,
  flagUnread,
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
  view: () => ConversationView;
  open: () => ConversationItem | null;
  id: () => ConversationId | null;
  toggleInfo: () => void;
  ask: (question: Question) => void;
  search: () => void;
  find: () => void;
  finding: () => boolean;
  compose: (mode: Mode) => void;
  beside: (which: "log" | "attachments") => void;
  panes: Panes;
}

export function chatCommands(session: Session, page: ChatsPage): () => Command[] {
  const group = m.group_chat();

  function command(
    id: string,
    keys: string[],
    label: string,
    can: Can | null,
    run: (item: ConversationItem) => void,
  ): Command {
    const item = page.open();
    const reason = item === null ? m.no_chat_open() : can ? reasonAgainst(item, can) : null;
    return { id, keys, label, group, reason, run: () => item && run(item) };
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
    // Without an open chat, or a second time, the browser's own search opens.
    command("find", page.id() && !page.finding() ? ["mod+f"] : [], m.find_here(), null, () =>
      page.find(),
    ),
    command("reply", ["r", "Enter"], m.key_reply(), null, () => page.compose("reply")),
    command("note", ["m"], m.key_note(), "note", () => page.compose("note")),
    command("take", ["A"], m.assign_to_me(), "assign_self", (item) => void takeChat(session, item)),
    command("assign", ["a"], m.assign_to(), "assign_any", () => page.ask("assign")),
    command("close", ["e"], m.close_chat(), "close", (item) => {
      void closeChat(
        session,
        item,
        wayOut(session, page.view(), item.conversation.id, false, page.panes),
      );
    }),
    command("close-with", [], m.close_with_reason(), "close", () => page.ask("close")),
    command("snooze", ["z"], m.snooze_until(), "snooze", () => page.ask("snooze")),
    command("title", [], m.title_set(), "note", () => page.ask("title")),
    command("block", [], m.block_contact(), "block", () => page.ask("block")),
    command("unblock", [], m.unblock_contact(), "unblock", (item) => {
      void unblockContact(session, item);
    }),
    command("unread", ["u"], m.mark_unread(), null, (item) => {
      void flagUnread(session, item, () => goToChat(page.view(), null));
    }),
    command("mute", [], page.open()?.muted ? m.unmute() : m.mute(), null, (item) => {
      void setMuted(session, item);
    }),
    command("reopen", ["E"], m.reopen_chat(), "reopen", (item) => void reopenChat(session, item)),
    command("log", ["l"], m.log(), null, () => page.beside("log")),
    command("attachments", ["f"], m.attachments(), null, () => page.beside("attachments")),
    command("info", ["i"], m.info(), null, () => page.toggleInfo()),
    {
      id: "split",
      keys: ["\\"],
      label: m.split_next(),
      group,
      run: () => page.panes.cycle(session.views.ids(page.view())),
    },
    ...Array.from({ length: page.panes.shown === 1 ? 0 : page.panes.shown }, (_, at) => ({
      id: `pane-${at + 1}`,
      keys: [String(at + 1)],
      label: m.pane_use({ number: at + 1 }),
      group,
      run: () => usePane(page.panes, page.view(), at),
    })),
  ];

  function step(by: 1 | -1): void {
    const ids = session.views.ids(page.view());
    const here = page.id();
    const at = here ? ids.indexOf(here) : -1;
    const next = at === -1 ? ids[by === 1 ? 0 : ids.length - 1] : ids[at + by];
    if (next) goToChat(page.view(), next, here !== null);
  }
}

/** Turns to a pane, also to one in which nothing is shown yet. */
export function usePane(panes: Panes, view: ConversationView, at: number): void {
  const id = panes.slots[at] ?? null;
  // One that is shown is followed by its address.
  if (!id) panes.use(at);
  goToChat(view, id);
}

/** The one below takes the place of a closed one; on a phone the list does. */
export function wayOut(
  session: Session,
  view: ConversationView,
  id: ConversationId,
  to_list = false,
  panes?: Panes,
): WayOut {
  return {
    out: () => {
      // What stands beside it already does not take its place too.
      const ids = session.views.ids(view).filter((one) => one === id || !panes?.has(one));
      const at = ids.indexOf(id);
      const next = to_list ? null : (ids[at + 1] ?? ids[at - 1] ?? null);
      goToChat(view, next);
      focusList(next);
      return chatPath(view, next);
    },
    back: () => goToChat(view, id),
  };
}

/** The button that was pressed is gone with its chat; the keyboard goes on in the list. */
function focusList(next: ConversationId | null): void {
  requestAnimationFrame(() => {
    document.getElementById(next ? `row-${next}` : "list-title")?.focus();
  });
}
