// The rights of a role while it is edited: how far each is held, and how far it can be.
// Must stay true: pure; what can be held comes from the server's list, and only the order of scopes is known here.

import type { RightItem, Scope } from "@sapa/protocol";
import { areaOf, type Area } from "./words";

export type Held = ReadonlyMap<string, Scope>;

const ORDER: readonly Scope[] = ["none", "own", "team", "inbox", "all"];
const AREAS: readonly Area[] = ["chats", "texts", "workspace"];
const SEES = "conversation:view";

const reaches = (one: Scope, other: Scope) => ORDER.indexOf(one) >= ORDER.indexOf(other);

/** From `area:action:scope`. */
export function heldOf(names: readonly string[]): Held {
  return new Map(
    names.map((name) => {
      const at = name.lastIndexOf(":");
      return [name.slice(0, at), name.slice(at + 1) as Scope];
    }),
  );
}

/** As `area:action:scope`; what is not held is left out. */
export function namesOf(held: Held): string[] {
  return [...held]
    .filter(([, scope]) => scope !== "none")
    .map(([right, scope]) => `${right}:${scope}`);
}

export function scopeIn(held: Held, right: string): Scope {
  return held.get(right) ?? "none";
}

/** How far it can be held now: as far as its giver holds it, and no further than chats are seen. */
export function offered(item: RightItem, held: Held): Scope[] {
  const sees = scopeIn(held, SEES);
  const fits = (scope: Scope) => reaches(item.mine, scope) && (!item.seen || reaches(sees, scope));
  return ["none", ...item.scopes.filter(fits)];
}

/** With one changed; what would reach further than chats are seen then reaches less. */
export function changed(held: Held, items: readonly RightItem[], right: string, to: Scope): Held {
  const next = new Map(held).set(right, to);
  for (const item of items) {
    const possible = offered(item, next);
    const scope = scopeIn(next, item.right);
    if (!possible.includes(scope)) {
      next.set(item.right, possible.findLast((one) => reaches(scope, one)) ?? "none");
    }
  }
  return next;
}

/** The rights that a copy begins with: as many of them as its maker may give. */
export function copied(names: readonly string[], items: readonly RightItem[]): Held {
  const held = heldOf(names);
  return items.reduce<Held>(
    (all, { right }) => changed(all, items, right, scopeIn(all, right)),
    held,
  );
}

/** In their order, under their areas. */
export function grouped<T extends { right: string }>(items: readonly T[]): [Area, T[]][] {
  return AREAS.map((area): [Area, T[]] => [
    area,
    items.filter(({ right }) => areaOf(right) === area),
  ]);
}
