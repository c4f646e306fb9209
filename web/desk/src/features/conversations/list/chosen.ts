// How each list was narrowed last, for this member: a list is come back to as it was left, on whichever device.
// Must stay true: only what the person chose is kept, not what a link of somebody else asks for.
// Absent: what is shown. The address says that.

import type { ConversationView } from "@sapa/protocol";
import { prefer, preferences } from "../../../app/preferences.svelte";
import { filterOf, listId, parseFilter, viewOf, type ListId } from "../../../sync/filters";

export const chosen = {
  list(view: ConversationView): ListId {
    return listId(view, parseFilter(new URLSearchParams(preferences.current.lists[view] ?? "")));
  },

  keep(list: ListId): void {
    const [view, search] = [viewOf(list), listId("mine", filterOf(list)).slice("mine?".length)];
    if ((preferences.current.lists[view] ?? "") !== search) prefer({ lists: { [view]: search } });
  },
};
