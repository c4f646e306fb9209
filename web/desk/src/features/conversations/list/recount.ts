// Numbers of saved views that somebody looks at are counted again soon after something happened to a chat.
// Must stay true: never more often than COUNTED_APART_MS, however much happens, and not while the page is hidden.

import type { Session } from "../../../sync/session";

/** What happens together is counted together. */
const COUNTED_AFTER_MS = 2_000;
const COUNTED_APART_MS = 5_000;
/** Some become true by time alone. */
const COUNTED_AGAIN_MS = 60_000;

type Counted = Pick<Session, "hear"> & { savedViews: Pick<Session["savedViews"], "reload"> };

/** Returns how to stop. */
export function recountSoon(session: Counted): () => void {
  let soon: ReturnType<typeof setTimeout> | null = null;
  let counted_at = Date.now();
  let missed = false;

  function count(): void {
    if (soon !== null) clearTimeout(soon);
    soon = null;
    missed = document.hidden;
    if (missed) return;
    counted_at = Date.now();
    void session.savedViews.reload();
  }

  const stop = session.hear(({ kind }) => {
    if (soon !== null || !kind.startsWith("conversation.")) return;
    const apart = counted_at + COUNTED_APART_MS - Date.now();
    soon = setTimeout(count, Math.max(COUNTED_AFTER_MS, apart));
  });
  const look = () => {
    if (missed && !document.hidden) count();
  };
  document.addEventListener("visibilitychange", look);
  const again = setInterval(count, COUNTED_AGAIN_MS);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", look);
    clearInterval(again);
    if (soon !== null) clearTimeout(soon);
  };
}
