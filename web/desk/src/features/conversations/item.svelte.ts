// One conversation for a component, kept in sight after it went away, so that nothing vanishes under the hand.

import type { ConversationId, ConversationItem } from "@sapa/protocol";
import { watch } from "../../app/bind.svelte";
import type { Session } from "../../sync/session";
import { topic } from "../../sync/store";

export function chatItem(
  session: Session,
  id: () => ConversationId | null,
): { readonly current: ConversationItem | null } {
  return watch(
    session.store.topics,
    () => {
      const one = id();
      return one ? [topic.conversation(one)] : [];
    },
    () => {
      const one = id();
      return one ? session.store.item(one) : null;
    },
  );
}
