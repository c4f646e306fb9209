// Why a chat is closed, as people choose it.

import type { CloseReason } from "@sapa/protocol";
import { m } from "../../paraglide/messages";

/** In the language of the desk, the usual one first. */
export function closeReasons(): { value: CloseReason; label: string }[] {
  return [
    { value: "solved", label: m.close_solved() },
    { value: "no_reply", label: m.close_no_reply() },
    { value: "spam", label: m.close_spam() },
    { value: "other", label: m.close_other() },
  ];
}
