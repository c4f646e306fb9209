// How somebody came, in words. Pure functions.

import type { ContactSource } from "@sapa/protocol";
import { isolated } from "../../../app/isolate";
import { m } from "../../../paraglide/messages";

const KINDS: Record<ContactSource["kind"], () => string> = {
  direct: m.source_direct,
  search: m.source_search,
  social: m.source_social,
  ad: m.source_ad,
  email: m.source_email,
  campaign: m.source_campaign,
  link: m.source_link,
  referral: m.source_referral,
};

export function sourceKind({ kind }: Pick<ContactSource, "kind">): string {
  return KINDS[kind]();
}

/** "Google · Search engine"; what nobody named is told by its kind alone. */
export function sourceText(source: ContactSource): string {
  const kind = sourceKind(source);
  return source.name ? `${isolated(source.name)} · ${kind}` : kind;
}

const UTM: readonly [string, () => string][] = [
  ["campaign", m.utm_campaign],
  ["source", m.utm_source],
  ["medium", m.utm_medium],
  ["term", m.utm_term],
  ["content", m.utm_content],
  ["id", m.utm_id],
];

/** What the link said of its campaign, by name; not again who led him here. */
export function campaignOf({
  utm,
  name: by,
}: Pick<ContactSource, "utm" | "name">): { name: string; value: string }[] {
  return UTM.flatMap(([field, name]) => {
    const value = utm?.[field];
    return value && value !== by ? [{ name: name(), value }] : [];
  });
}
