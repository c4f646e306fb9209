// Where the visitor's clock is, so that nobody calls him at night.
// Must stay true: told once for each conversation and zone, only while it is open, and never where no visits are kept.

import { ProblemError } from "@sapa/protocol";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import type { Chat } from "./chat";
import { tellHere } from "./here";
import { loadProblems } from "./refusals";

const TOLD = "zone";

/** What can wait until the page is drawn. */
export function settle(chat: Chat): void {
  void loadProblems();
  tellHere(chat);
  chat.subscribe(() => void tellZone(chat));
  void tellZone(chat);
}

let busy = false;

async function tellZone(chat: Chat): Promise<void> {
  const { config, known } = chat.state;
  const { conversation } = known;
  if (busy || !chat.token || conversation?.status !== "open" || !config?.page_visits) return;
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const told = `${conversation.id} ${zone}`;
  if (!zone || chat.storage.get<string>(TOLD) === told) return;
  busy = true;
  const api = createVisitorExtras({ authorization: () => `Bearer ${chat.token}` });
  try {
    await api.tellZone({ zone });
    chat.storage.set(TOLD, told);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // The next page tells it again; not each thing that happens on this one.
    return;
  }
  busy = false;
}
