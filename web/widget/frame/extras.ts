// All that a first message does not need: files, emoji, sound, refusals, rating. One chunk, fetched on first use and
// at idle.

import { unreachable } from "@sapa/protocol";

export type Extras = typeof import("./extras.parts");

/** Without network the refusal is like any other. */
export function extras(): Promise<Extras> {
  return import("./extras.parts")
    .then((parts) => parts.loadWords().then(() => parts))
    .catch(() => {
      throw unreachable();
    });
}
