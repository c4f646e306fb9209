// How the list of visitors speaks of one of them. Pure functions.

import type { SiteInvitation, SiteVisitor } from "@sapa/protocol";
import { isolated } from "../../app/isolate";
import { m } from "../../paraglide/messages";
import { shownValue } from "../contacts/fields";
import { nameOf, strangerName } from "../conversations/words";

/** His name, or a code for somebody of whom nobody knows one. */
export function visitorName({ id, contact }: Pick<SiteVisitor, "id" | "contact">): string {
  return contact ? nameOf(contact) : strangerName(id);
}

/** "Indonesia · Firefox 133 · Android 14", as far as it is known. */
export function withWhat({ profile }: Pick<SiteVisitor, "profile">): string {
  const country = profile?.country && shownValue("country", profile.country);
  return [country, profile?.browser, profile?.system].filter(Boolean).join(" · ");
}

/** Who has the chat with him; nothing: he is in none. */
export function chatOf(visitor: Pick<SiteVisitor, "in_chat" | "holder">): string | null {
  if (!visitor.in_chat) return null;
  const { holder } = visitor;
  return holder ? m.visitors_chat_with({ name: isolated(holder) }) : m.visitors_chat_waits();
}

const FATES: Record<SiteInvitation["fate"], (said: { name: string }) => string> = {
  sent: m.visitor_invited_sent,
  shown: m.visitor_invited_shown,
  dismissed: m.visitor_invited_dismissed,
  answered: m.visitor_invited_answered,
};

export function invitedBy({ by, fate }: SiteInvitation): string {
  return FATES[fate]({ name: isolated(by) });
}

/** Nobody invited him, and he is in no chat. */
export function canInvite({ can_invite, in_chat, invitation }: SiteVisitor): boolean {
  return can_invite && !in_chat && (!invitation || invitation.fate === "answered");
}
