// Deleting a chat and putting it back: loaded with the windows that ask for it.
// Must stay true: what the server refuses stays where it was; nothing offers to put back what is erased at once.

import type { ConversationId, ConversationItem } from "@sapa/protocol";
import { isolated } from "../../app/isolate";
import { attempt } from "../../app/problems";
import { toast } from "../../app/toasts.svelte";
import { m } from "../../paraglide/messages";
import type { Session } from "../../sync/session";
import type { WayOut } from "./actions";
import { nameOf } from "./words";

export async function deleteChat(
  session: Session,
  { conversation: { id, contact } }: ConversationItem,
  way: WayOut,
): Promise<void> {
  await attempt(async () => {
    await session.api.deleteConversation(id);
    way.out("beside");
    session.store.forget(id);
    session.views.applyAll();
    const run = () => void attempt(() => restoreChat(session, id));
    const undo = session.store.me.workspace.erase_after_days > 0;
    toast(m.deleted_note({ name: isolated(nameOf(contact)) }), {
      action: undo ? { label: m.undo(), run } : null,
    });
  });
}

export async function restoreChat(session: Session, id: ConversationId): Promise<void> {
  const item = await session.api.restoreConversation(id);
  session.store.putItem(item);
  session.views.applyAll();
  toast(m.restored_note({ name: isolated(nameOf(item.conversation.contact)) }));
}
