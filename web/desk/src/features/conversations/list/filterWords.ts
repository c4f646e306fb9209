// The filters of a list in words: one chip each, and the list without it. What the quick filters say stands there.

import { isMemberId } from "@sapa/protocol";
import { isolated } from "../../../app/isolate";
import { m } from "../../../paraglide/messages";
import type { ListFilter } from "../../../sync/filters";
import type { DeskStore } from "../../../sync/store";
import { channelName } from "../../inboxes/channels";
import { reasonOf } from "../words";

export interface FilterChip {
  key: string;
  label: string;
  without: ListFilter;
}

export const QUICK = ["unread", "waiting", "solved"] as const;
export type Quick = (typeof QUICK)[number];

export function quickOf(filter: ListFilter): Quick | null {
  return QUICK.find((one) => filter[one]) ?? null;
}

/** One of them at a time, or none. */
export function withQuick(filter: ListFilter, quick: Quick | null): ListFilter {
  const others = Object.entries(filter).filter(([name]) => !QUICK.some((one) => one === name));
  return { ...Object.fromEntries(others), ...(quick && { [quick]: true }) };
}

export function sortName(sort: NonNullable<ListFilter["sort"]>): string {
  return {
    processing: m.sort_processing,
    activity: m.sort_activity,
    oldest: m.sort_oldest,
  }[sort]();
}

export function statusName(status: NonNullable<ListFilter["status"]>): string {
  return { open: m.status_open, snoozed: m.status_snoozed, closed: m.status_closed }[status]();
}

export function lastByName(by: NonNullable<ListFilter["last_by"]>): string {
  return { contact: m.last_by_contact, member: m.last_by_member }[by]();
}

/** Whether a time limit holds in any of the inboxes that a list is about. */
export function hasLimits(
  { inboxes }: Pick<DeskStore, "inboxes">,
  { inbox, channel }: ListFilter,
): boolean {
  return inboxes
    .filter((one) => inbox === undefined || one.id === inbox)
    .filter((one) => channel === undefined || one.channel === channel)
    .some(({ time_limit }) => (time_limit ?? null) !== null);
}

export function chipsOf(filter: ListFilter, store: DeskStore): FilterChip[] {
  const chips: FilterChip[] = [];
  const say = (key: keyof ListFilter, label: string) => {
    const { [key]: _, ...without } = filter;
    chips.push({ key, label, without });
  };
  const { sort, status, inbox, channel, holder, last_by, tags, reason } = filter;
  if (sort && (sort === "oldest" || hasLimits(store, filter))) say("sort", sortName(sort));
  if (status) say("status", statusName(status));
  if (inbox) say("inbox", isolated(store.inbox(inbox)?.name ?? m.inbox_unknown()));
  if (channel) say("channel", channelName(channel));
  if (holder === "nobody") say("holder", m.in_charge_nobody());
  else if (holder) {
    const known = isMemberId(holder) ? store.member(holder) : store.team(holder);
    say("holder", isolated(known?.name ?? m.somebody()));
  }
  if (last_by === "contact") say("last_by", m.last_by_contact_chip());
  if (last_by === "member") say("last_by", m.last_by_member_chip());
  if (reason) say("reason", m.closed_as({ reason: reasonOf(reason) ?? "" }));
  if (filter.pinned) say("pinned", m.pinned_only());
  if (tags === "none") say("tags", m.tags_without());
  for (const id of typeof tags === "object" ? tags : []) {
    const { tags: _, ...rest } = filter;
    const left = (tags as readonly (typeof id)[]).filter((one) => one !== id);
    const label = m.tag_named({ name: isolated(store.tag(id)?.name ?? m.tag_unknown()) });
    chips.push({ key: id, label, without: left.length > 0 ? { ...rest, tags: left } : rest });
  }
  return chips;
}
