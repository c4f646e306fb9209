// Colleagues and teams named in notes: who can be, where a name is being written, where names stand in a text.
// Must stay true: pure; the parts joined give exactly the text; a longer name wins over one that it begins with.
// Absent: the right to see a conversation. The server decides and refuses with mention_blind or team_blind; this only offers.

import type { Conversation, Inbox, Member, MemberId, Mention, Team } from "@sapa/protocol";

/** A name that is being written: where its @ stands, and what follows up to the caret. */
export interface Naming {
  start: number;
  typed: string;
}

/** Behind an @ that begins a word; names may have a few words. */
const NAMING = /(?:^|[\s(["'«“])@((?:[^\s@][^\n@]{0,40})?)$/u;

export function namingAt(text: string, caret: number): Naming | null {
  const typed = NAMING.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? null : { start: caret - typed.length - 1, typed };
}

/** As far as the desk knows: who oversees it, who could take it from the queue, who holds it. */
export function canBeMentioned(
  members: readonly Member[],
  { holder }: Pick<Conversation, "holder">,
  inbox: Inbox | undefined,
  me: MemberId,
  teams: readonly Team[] = [],
): Member[] {
  const holding = holder.kind === "team" ? teams.find(({ id }) => id === holder.id) : undefined;
  const beside = (id: MemberId) =>
    holder.kind === "member" &&
    teams.some(({ members }) => {
      const ids = members.map(({ member_id }) => member_id);
      return ids.includes(id) && ids.includes(holder.id);
    });
  return members.filter(({ id, sees, disabled }) => {
    if (disabled || id === me || sees === "none") return false;
    if (sees === "all" || (holder.kind === "member" && holder.id === id)) return true;
    if (holding?.members.some(({ member_id }) => member_id === id)) return true;
    const works_here = inbox?.member_ids.includes(id) ?? false;
    const among = sees === "inbox" || holder.kind === "queue" || (sees === "team" && beside(id));
    return works_here && among;
  });
}

/** A team with those of it who would hear. */
export interface CallableTeam {
  team: Team;
  count: number;
}

/** Teams in which somebody else could be mentioned, as `canBeMentioned` says. */
export function teamsToMention(
  teams: readonly Team[],
  mentionable: readonly Member[],
): CallableTeam[] {
  const ids = new Set(mentionable.map(({ id }) => id));
  return teams
    .map((team) => ({
      team,
      count: team.members.filter(({ member_id }) => ids.has(member_id)).length,
    }))
    .filter(({ count }) => count > 0);
}

export interface NamedPart {
  text: string;
  mention: Mention | null;
}

export function namedParts(text: string, mentions: readonly Mention[]): NamedPart[] {
  const longest_first = mentions.toSorted((a, b) => b.name.length - a.name.length);
  const parts: NamedPart[] = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const mention = longest_first.find(({ name }) => text.startsWith(`@${name}`, at));
    if (!mention) {
      plain += text[at++];
      continue;
    }
    if (plain) parts.push({ text: plain, mention: null });
    plain = "";
    parts.push({ text: `@${mention.name}`, mention });
    at += mention.name.length + 1;
  }
  if (plain) parts.push({ text: plain, mention: null });
  return parts;
}

/** Those whose names still stand in the text, each once. */
export function stillNamed(text: string, mentions: readonly Mention[]): Mention[] {
  const named = new Set(namedParts(text, mentions).flatMap(({ mention }) => mention?.name ?? []));
  return mentions.filter(
    ({ id, name }, index) =>
      named.has(name) && mentions.findIndex((other) => other.id === id) === index,
  );
}
