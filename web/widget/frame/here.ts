// That the visitor is on the site, told again and again where the inbox lists who is; and what a member says to him then.
// Must stay true: nothing is told, or kept in the browser, where the inbox does not want it, the browser asks not to be
// followed (the configuration says both), or he has to agree first and did not. A visit has a name of its own: two visits of
// a stranger are not known to be one person's.

import { newSiteVisitorId, ProblemError, type SiteVisitorId } from "@sapa/protocol";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import type { Chat } from "./chat";

const KEY = "visit";
/** Whoever was away so long comes for another visit, as at the server. */
const AWAY_MS = 30 * 60_000;
const SETTLED_MS = 1_000;
/** Of a page in the background: browsers wake it once a minute. */
const BEHIND_MS = 50_000;

interface Visit {
  id: SiteVisitorId;
  began: number;
  seen: number;
  /** With this one. */
  number: number;
  landing: string;
  source: string | null;
}

interface Invitation {
  by: string;
  text: string;
}

let telling: Chat | undefined;
let visit: Visit | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** What was told last: a page, and of whom. */
let told = "";
/** The server does not list him. */
let over = false;
let invited: Invitation | null = null;
/** Of it, until it is shown. */
let waiting: Invitation | null = null;

export function tellHere(chat: Chat): void {
  telling = chat;
  chat.subscribe(() => {
    if (subject(chat) === told) return;
    told = subject(chat);
    soon(SETTLED_MS);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) soon(0);
  });
  addEventListener("pagehide", () => {
    if (visit && isListed(chat))
      api(chat).leaveHere(chat.newcomer.inbox_id, visit.id).catch(ignore);
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) soon(0);
  });
  told = subject(chat);
  soon(0);
}

/** What a member says to him and is not shown yet; from now on it is. */
export function takeInvitation(): Invitation | null {
  const taken = waiting;
  waiting = null;
  if (taken) tellFate("shown");
  return taken;
}

export function declineInvitation(): void {
  tellFate("dismissed");
  invited = telling!.pages.invitation = null;
}

function subject({ pages, token }: Chat): string {
  return `${pages.here?.url} ${pages.here?.title} ${token}`;
}

function isListed({ state: { config, away }, token }: Chat): boolean {
  return !over && !!config?.visitors_now && !away && !!(token ?? !config.pre_chat?.consent_text);
}

function soon(delay_ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void tell(telling!), delay_ms);
}

async function tell(chat: Chat): Promise<void> {
  const page = chat.pages.here;
  if (!page || !isListed(chat)) return;
  const { inbox_id, origin } = chat.newcomer;
  const { id, began, number, landing, source } = (visit = presentVisit(chat));
  try {
    const { again_ms, invitation } = await api(chat).tellHere(inbox_id, id, {
      origin,
      url: page.url,
      title: page.title,
      looks: !document.hidden,
      began_ago_ms: Date.now() - began,
      visits: number,
      landing,
      source,
    });
    over = again_ms === 0;
    hear(chat, invitation ?? null);
    if (!over) soon(document.hidden ? BEHIND_MS : again_ms);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.temporary) soon(BEHIND_MS);
  }
}

/** The one that lasts, or another one that begins. */
function presentVisit({ storage, pages }: Chat): Visit {
  const now = Date.now();
  const known = visit ?? storage.get<Visit>(KEY);
  const lasts = known && now - known.seen < AWAY_MS;
  const next: Visit = lasts
    ? { ...known, seen: now }
    : {
        id: newSiteVisitorId(),
        began: now,
        seen: now,
        number: (known?.number ?? 0) + 1,
        landing: pages.way.pages[0]?.url ?? pages.here!.url,
        source: pages.way.source,
      };
  storage.set(KEY, next);
  return next;
}

function hear(chat: Chat, invitation: Invitation | null): void {
  if (invitation?.text === invited?.text) return;
  // Taken back, or answered in another tab.
  if (!invitation) waiting = null;
  invited = invitation;
  if (chat.state.known.conversation?.status === "open") return;
  chat.pages.invitation = invitation && visit!.id;
  waiting = chat.state.opened ? null : invitation;
  if (invitation && chat.state.opened) tellFate("shown");
  chat.greet(invitation?.text ?? null);
}

function tellFate(fate: "shown" | "dismissed"): void {
  const chat = telling!;
  if (visit) api(chat).tellInvitation(chat.newcomer.inbox_id, visit.id, { fate }).catch(ignore);
}

function api(chat: Chat) {
  return createVisitorExtras({ authorization: () => chat.token && `Bearer ${chat.token}` });
}

/** It is said again with the next sign, or is not worth it. */
function ignore(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error;
}
