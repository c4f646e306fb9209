// Which visitors the list shows, as its address says it. Pure functions.
// Must stay true: what an address asks for and cannot be is left out; parsing what was formatted is the same.

import { isInboxId, type ContactSource, type SiteVisitorRequest } from "@sapa/protocol";

export const KINDS = [
  "direct",
  "search",
  "social",
  "ad",
  "email",
  "campaign",
  "referral",
  "unknown",
] as const satisfies readonly (ContactSource["kind"] | "unknown")[];

export interface Wanted {
  inbox: string;
  came: (typeof KINDS)[number] | "";
  page: string;
  visits: "first" | "again" | "";
  chat: "in" | "out" | "";
}

export const EVERYBODY: Wanted = { inbox: "", came: "", page: "", visits: "", chat: "" };

function among<T extends string>(text: string | null, all: readonly T[]): T | "" {
  return all.find((one) => one === text) ?? "";
}

export function parseWanted(search: URLSearchParams): Wanted {
  const inbox = search.get("inbox") ?? "";
  return {
    inbox: isInboxId(inbox) ? inbox : "",
    came: among(search.get("came"), KINDS),
    page: search.get("page") ?? "",
    visits: among(search.get("visits"), ["first", "again"]),
    chat: among(search.get("chat"), ["in", "out"]),
  };
}

export function formatWanted(wanted: Wanted): string {
  const search = new URLSearchParams();
  for (const name of Object.keys(EVERYBODY) as (keyof Wanted)[]) {
    if (wanted[name] !== "") search.set(name, wanted[name]);
  }
  const text = search.toString();
  return text && `?${text}`;
}

/** What the server is asked for. */
export function asked({ inbox, came, page, visits, chat }: Wanted): SiteVisitorRequest {
  return {
    inbox_id: isInboxId(inbox) ? inbox : undefined,
    came: came === "" ? undefined : came,
    page: page.trim() || undefined,
    returning: visits === "" ? undefined : `${visits === "again"}`,
    in_chat: chat === "" ? undefined : `${chat === "in"}`,
  };
}
