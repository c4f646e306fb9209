// How each list was narrowed last, for this member on this device: a list is come back to as it was left.
// Must stay true: only what the person chose here is kept, not what a link of somebody else asks for; harmless when
// storage is refused.
// Absent: what is shown. The address says that.

import type { ConversationView, MemberId } from "@sapa/protocol";
import { filterOf, listId, parseFilter, viewOf, type ListId } from "../../../sync/filters";

type Searches = Partial<Record<ConversationView, string>>;

class Chosen {
  #of: MemberId | null = null;
  #searches = $state.raw<Searches>({});

  startFor(member: MemberId): void {
    this.#of = member;
    this.#searches = stored(keyOf(member));
  }

  list(view: ConversationView): ListId {
    return listId(view, parseFilter(new URLSearchParams(this.#searches[view] ?? "")));
  }

  keep(list: ListId): void {
    const search = listId("mine", filterOf(list)).slice("mine?".length);
    this.#searches = { ...this.#searches, [viewOf(list)]: search };
    try {
      if (this.#of) localStorage.setItem(keyOf(this.#of), JSON.stringify(this.#searches));
    } catch {
      // The choice holds until the tab closes.
    }
  }
}

function keyOf(member: MemberId): string {
  return `sapa-desk-lists:${member}`;
}

function stored(key: string): Searches {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Searches;
  } catch {
    return {};
  }
}

export const chosen = new Chosen();
