// What is typed for a tag: the one that has this name already, as the server compares them.

import type { Tag } from "@sapa/protocol";

/** As the server allows. */
export const NAME_CHARACTERS = 40;

export function named(tags: readonly Tag[], typed: string): Tag | undefined {
  const name = typed.trim().toLowerCase();
  return tags.find((tag) => tag.name.toLowerCase() === name);
}
