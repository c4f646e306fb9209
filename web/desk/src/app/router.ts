// The addresses of the desk. The URL is the state: every list and every conversation can be linked.
// Absent: pages for people who are not signed in; App.svelte shows those in place, so the address survives.

import { isEntryId, type ConversationId, type EntryId } from "@sapa/protocol";
import { createRouter, searchParams } from "sv-router";
import Chats from "../features/conversations/Chats.svelte";
import { listId, parseFilter, viewOf, VIEWS, type ListId } from "../sync/filters";
import "./leaving";
import NotFound from "./NotFound.svelte";
import { part } from "./part";

/** One page: a contact opens beside the table. */
const contacts = () => part(() => import("../features/contacts/ContactsPage.svelte"));
/** One page, too: a section opens what it is asked for over itself. */
const settings = () => part(() => import("./Settings.svelte"));

export const { navigate, p, route } = createRouter({
  "/": Chats,
  "/chats/:view": Chats,
  "/chats/:view/:id": Chats,
  "/wall": () => part(() => import("../features/wall/WallPage.svelte")),
  "/contacts": contacts,
  "/contacts/imports": () => part(() => import("../features/contacts/imports/ImportsPage.svelte")),
  "/contacts/imports/:id": () =>
    part(() => import("../features/contacts/imports/ImportPage.svelte")),
  "/contacts/:id": contacts,
  "/records": () => part(() => import("../features/records/RecordListPage.svelte")),
  "/records/:id": () => part(() => import("../features/records/RecordPage.svelte")),
  "/contacts/:id/timeline": () => part(() => import("../features/contacts/TimelinePage.svelte")),
  "/visitors": () => part(() => import("../features/visitors/VisitorsPage.svelte")),
  "/drafts": () => part(() => import("../features/conversations/drafts/DraftsPage.svelte")),
  "/settings": settings,
  "/settings/:section": settings,
  "/settings/:section/:id": settings,
  "*": NotFound,
});

export function chatPath(list: ListId, id?: ConversationId | null): string {
  const view = viewOf(list);
  return (id ? `/chats/${view}/${id}` : `/chats/${view}`) + list.slice(view.length);
}

/** The list that an address names: its view, and what narrows it. */
export function listIn(view: string | undefined, search: URLSearchParams): ListId {
  return listId(VIEWS.find((one) => one === view) ?? "mine", parseFilter(search));
}

/** The list at which the person is. */
export function listHere(): ListId {
  const { view } = route.params as { view?: string };
  return listIn(view, searchParams.toURLSearchParams());
}

/** Is the person at the chats, or in another section? */
export function atChats(): boolean {
  const path: string = route.pathname;
  return path === "/" || path.startsWith("/chats");
}

/** The message that the address names behind its #. */
export function linkedEntry(): EntryId | null {
  const named = (route.hash ?? "").replace(/^#/, "");
  return isEntryId(named) ? named : null;
}

export function goToMessage(id: ConversationId, entry: EntryId): void {
  const params = { view: "all", id };
  void navigate("/chats/:view/:id", { params, hash: entry, scrollToTop: false });
}

export function goToChat(list: ListId, id?: ConversationId | null, replace = false): void {
  const view = viewOf(list);
  const how = { search: list.slice(view.length), replace, scrollToTop: false as const };
  if (id) void navigate("/chats/:view/:id", { params: { view, id }, ...how });
  else void navigate("/chats/:view", { params: { view }, ...how });
}

// The router takes every click on a link; one with a modifier belongs to the browser (new tab, download).
export function leaveModifiedClicks(): () => void {
  const stop = (event: MouseEvent) => {
    if (
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey ||
      event.defaultPrevented
    ) {
      event.stopPropagation();
    }
  };
  document.addEventListener("click", stop);
  return () => document.removeEventListener("click", stop);
}
