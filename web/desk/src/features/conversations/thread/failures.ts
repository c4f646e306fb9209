// Why a message did not arrive, or nobody knows whether it did.

import { isolated } from "../../../app/isolate";
import { m } from "../../../paraglide/messages";

const FAILURES: Record<string, (() => string) | undefined> = {
  contact_blocked: m.failure_contact_blocked,
  deleted: m.failure_deleted,
  webhook_missing: m.failure_webhook_missing,
  webhook_stopped: m.failure_webhook_stopped,
  uncertain: m.failure_uncertain,
  channel_blocked: m.failure_channel_blocked,
  channel_token: m.failure_channel_token,
  channel_missing: m.failure_channel_missing,
  channel_window: m.failure_channel_window,
  channel_unknown: m.failure_channel_unknown,
  channel_unreachable: m.failure_channel_unreachable,
  channel_comment: m.failure_channel_comment,
  channel_broken: m.failure_channel_broken,
  channel_declined: m.failure_channel_declined,
  mail_bounced: m.failure_mail_bounced,
  mail_login: m.failure_mail_login,
  mail_too_large: m.failure_mail_too_large,
};

/** With what the channel says about it, which helps whoever asks there. */
const DETAILED: Record<string, ((words: { detail: string }) => string) | undefined> = {
  channel_refused: m.failure_channel_refused,
  channel_recipient: m.failure_channel_recipient,
  channel_file: m.failure_channel_file,
  channel_template: m.failure_channel_template,
  channel_limit: m.failure_channel_limit,
};

/** Why a message could not be delivered. */
export function failureWords({ code, detail }: { code: string; detail: string | null }): string {
  if (code === "refused")
    return detail ? m.failure_refused_because({ detail: isolated(detail) }) : m.failure_refused();
  const say = DETAILED[code];
  if (say) return detail ? say({ detail: isolated(detail) }) : m.failure_refused();
  if (code === "mail_bounced" && detail)
    return m.failure_mail_bounced_because({ detail: isolated(detail) });
  if (code === "webhook_failed")
    return m.failure_webhook_failed({ detail: isolated(detail ?? "") });
  return FAILURES[code]?.() ?? m.problem_other({ code });
}
