// Which drafts the list shows: those that have words, the newest first, as far down as the server's list was read.
// Must stay true: nothing older than the last page is mixed in, or it would stand there without its chat.

import type { ServerDraft } from "@sapa/protocol";
import type { Draft } from "../../../sync/database";
import { isEmpty, writtenAt } from "../../../sync/drafts";

export function listed(
  all: readonly Draft[],
  read: readonly ServerDraft[],
  whole: boolean,
): Draft[] {
  const floor = whole ? 0 : (read.at(-1)?.saved_at ?? 0);
  return all
    .filter((draft) => !isEmpty(draft) && writtenAt(draft) >= floor)
    .sort(
      (a, b) => writtenAt(b) - writtenAt(a) || (a.conversation_id < b.conversation_id ? 1 : -1),
    );
}
