// The addresses of the desk. The URL is the state: every list and every conversation can be linked.
// Absent: pages for people who are not signed in; App.svelte shows those in place, so the address survives.

import {
  isEntryId,
  type ConversationId,
  type ConversationView,
  type EntryId,
} from "@sapa/protocol";
import { createRouter } from "sv-router";
import Chats from "../features/conversations/Chats.svelte";
import NotFound from "./NotFound.svelte";

export const { navigate, p, route } = createRouter({
  "/": Chats,
  "/chats/:view": Chats,
  "/chats/:view/:id": Chats,
  "/settings": () => import("./Settings.svelte"),
  "/settings/:section": () => import("./Settings.svelte"),
  "/settings/:section/:id": () => import("./Settings.svelte"),
  "*": NotFound,
});

export function chatPath(view: ConversationView, id?: ConversationId | null): string {
  return id ? `/chats/${view}/${id}` : `/chats/${view}`;
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

export function goToChat(
  view: ConversationView,
  id?: ConversationId | null,
  replace = false,
): void {
  if (id) void navigate("/chats/:view/:id", { params: { view, id }, replace, scrollToTop: false });
  else void navigate("/chats/:view", { params: { view }, replace, scrollToTop: false });
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
