// The page of messages before the first that is shown.

import { applyVisitorNews, createVisitorApi, ProblemError } from "@sapa/protocol";
import type { Chat } from "./chat";

const PAGE_ENTRIES = 30;

export async function loadOlder(chat: Chat): Promise<void> {
  const { token, state } = chat;
  const api = createVisitorApi({ authorization: () => token && `Bearer ${token}` });
  const first = state.known.entries[0];
  // Whoever is there by now has none on the way.
  if (!first || state.older !== "loading") return;
  try {
    const page = await api.thread({ before: first.position, limit: PAGE_ENTRIES });
    if (token !== chat.token) return;
    const known = applyVisitorNews(chat.state.known, null, page.entries);
    chat.update({ known, has_more: page.has_more, older: "idle" });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (token === chat.token) chat.update({ older: "failed" });
  }
}
