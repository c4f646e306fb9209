// Asks the list of rights that the server sent with me.
// Must stay true: no role is ever compared here; what a role may do is the server's.

import type { Me } from "@sapa/protocol";

/** `right` is "area:action"; any scope counts. */
export function mayI(me: Me, right: string): boolean {
  return me.rights.some((held) => held.startsWith(`${right}:`) && !held.endsWith(":none"));
}
