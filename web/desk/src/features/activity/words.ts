// What an alert says, in words. Pure functions.

import type { Alert, MemberId } from "@sapa/protocol";
import type { IconName } from "@sapa/ui";
import { isolated } from "../../app/isolate";
import { m } from "../../paraglide/messages";
import { reasonOf, sentenceOf } from "../conversations/words";

export function alertIcon({ kind }: Alert): IconName {
  const icons = {
    given: "assign",
    mentioned: "at",
    closed: "check",
    warned: "clock",
    late: "alert",
  };
  return icons[kind] as IconName;
}

export function alertSentence({ kind, entry }: Alert, me: MemberId): string {
  if (kind === "warned") return m.alert_warned();
  if (kind === "late") return m.alert_late();
  if (!entry) return m.alert_unknown();
  if (kind === "mentioned") return mentionSentence(entry, me);
  const reason = kind === "closed" ? reasonOf(entry.reason) : null;
  const sentence = sentenceOf(entry, me);
  return reason ? m.alert_because({ sentence, reason }) : sentence;
}

/** With whom I was meant: my own name, or that of the first team. */
function mentionSentence({ author, mentions }: NonNullable<Alert["entry"]>, me: MemberId): string {
  const by = isolated(author.name ?? m.somebody());
  const team = mentions.some(({ id }) => id === me)
    ? null
    : (mentions.find(({ id }) => id.startsWith("tea_"))?.name ?? null);
  return team === null ? m.mentioned({ by }) : m.team_mentioned({ by, team: isolated(team) });
}

/** What somebody wrote with it. */
export function alertText({ kind, entry }: Alert): string | null {
  return (kind === "given" ? entry?.assignment?.comment : entry?.text) ?? null;
}
