// Which quick replies fit what is typed, and in which order; where one is being named behind a slash.
// Must stay true: pure; the shortcut counts most, then title, group and text; among equals what is used most is first.

import type { InboxId, QuickReply, QuickReplyItem, TeamId } from "@sapa/protocol";

/** A shortcut that is being written: where its slash stands, and what follows up to the caret. */
export interface Slash {
  start: number;
  typed: string;
}

/** At the start, or behind white space: the slashes of addresses and dates are none. */
const SLASH = /(?:^|\s)\/([^\s/]{0,40})$/u;

export function slashAt(text: string, caret: number): Slash | null {
  const typed = SLASH.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? null : { start: caret - typed.length - 1, typed };
}

/** A quick reply with its words as they are compared: made once, so that a key costs little. */
export interface Prepared {
  item: QuickReplyItem;
  shortcut: string;
  title: string;
  group: string;
  text: string;
}

/** Where one is to be used: in which inbox, by a member of which teams. */
export interface Use {
  inbox: InboxId;
  teams: readonly TeamId[];
}

/** Those that fit a use; all when none is given, also those that I only look after. */
export function prepared(items: readonly QuickReplyItem[], use: Use | null): Prepared[] {
  return items
    .filter(({ quick_reply: { scope } }) => {
      if (use === null) return true;
      if (scope.kind === "team") return use.teams.includes(scope.team_id);
      return scope.kind !== "inbox" || scope.inbox_id === use.inbox;
    })
    .map((item) => {
      const { shortcut, title, group, text } = item.quick_reply;
      return {
        item,
        shortcut: plain(shortcut),
        title: plain(title),
        group: plain(group ?? ""),
        text: plain(text),
      };
    })
    .sort((a, b) => byUse(a.item.quick_reply, b.item.quick_reply));
}

export function matching(all: readonly Prepared[], typed: string): QuickReplyItem[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return all.map(({ item }) => item);
  return all
    .flatMap((one) => {
      // The worst word decides: each must be found somewhere.
      const rank = Math.max(...words.map((word) => rankOf(one, word)));
      return rank === NOWHERE ? [] : { item: one.item, rank };
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const NOWHERE = 9;

function rankOf({ shortcut, title, group, text }: Prepared, word: string): number {
  if (shortcut === word) return 0;
  if (shortcut.startsWith(word)) return 1;
  if (shortcut.includes(word)) return 2;
  if (title.startsWith(word)) return 3;
  if (title.includes(word)) return 4;
  if (group.includes(word)) return 5;
  return text.includes(word) ? 6 : NOWHERE;
}

function byUse(a: QuickReply, b: QuickReply): number {
  return (
    b.uses - a.uses ||
    (b.last_used_at ?? 0) - (a.last_used_at ?? 0) ||
    a.shortcut.localeCompare(b.shortcut)
  );
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** A first proposal of a shortcut for a title: its first word that can be one. */
export function shortcutFor(title: string): string {
  const words = plain(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  return (words.find((word) => word.length > 3) ?? words[0] ?? "").slice(0, 32);
}

/** A title for a text: the beginning of its first line. */
export function titleFor(text: string): string {
  const first = text.trim().split("\n")[0] ?? "";
  const words = first.slice(0, 48);
  return first.length > 48 ? words.replace(/\s+\S*$/, "") : words;
}
