// Who is in a team: as it is shown, and what changes when some are put in and others taken out.
// Must stay true: pure; a change has only what the person changed, so that what others did meanwhile stays.

import type { Member, MemberId, Team, TeamChange, TeamMember } from "@sapa/protocol";

/** As the server allows. */
export const NAME_CHARACTERS = 40;

export interface Seat {
  member: Member;
  leads: boolean;
}

/** Those who work here, who leads it first, then by name. */
export function seatsOf({ members }: Team, all: readonly Member[]): Seat[] {
  return members
    .flatMap(({ member_id, leads }) => {
      const member = all.find(({ id, disabled }) => id === member_id && !disabled);
      return member ? { member, leads } : [];
    })
    .sort(
      (a, b) => Number(b.leads) - Number(a.leads) || a.member.name.localeCompare(b.member.name),
    );
}

/** Who may be put in, and who is in it already, first those. */
export function candidates(team: Team | null, all: readonly Member[]): Member[] {
  const inside = new Set(team?.members.map(({ member_id }) => member_id));
  return all
    .filter(({ id, disabled }) => !disabled || inside.has(id))
    .sort((a, b) => Number(inside.has(b.id)) - Number(inside.has(a.id)));
}

/** In it and leading, in it and not leading; who is not there is not in it. */
export type Leads = ReadonlyMap<MemberId, boolean>;

export function leadsOf(team: Team | null): Leads {
  return new Map(team?.members.map(({ member_id, leads }) => [member_id, leads]));
}

/** The same with one of them elsewhere: leading or not, or with null out of it. */
export function placed(leads: Leads, member: MemberId, place: boolean | null): Leads {
  const after = new Map(leads);
  if (place === null) after.delete(member);
  else after.set(member, place);
  return after;
}

export function listed(leads: Leads): TeamMember[] {
  return [...leads].map(([member_id, leads]) => ({ member_id, leads }));
}

/** Of a team as it was when it was opened. */
export function changeOf(start: Team, name: string, after: Leads): TeamChange {
  const before = leadsOf(start);
  return {
    ...(name !== start.name && { name }),
    put: listed(after).filter(({ member_id, leads }) => before.get(member_id) !== leads),
    remove: [...before.keys()].filter((id) => !after.has(id)),
  };
}
