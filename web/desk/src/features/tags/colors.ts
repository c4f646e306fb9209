// The twelve colors of tags: their names, and one for a new tag.

import type { Tag, TagColor } from "@sapa/protocol";
import { m } from "../../paraglide/messages";

export const COLORS: readonly { value: TagColor; name: () => string }[] = [
  { value: "gray", name: m.color_gray },
  { value: "red", name: m.color_red },
  { value: "orange", name: m.color_orange },
  { value: "yellow", name: m.color_yellow },
  { value: "olive", name: m.color_olive },
  { value: "green", name: m.color_green },
  { value: "teal", name: m.color_teal },
  { value: "cyan", name: m.color_cyan },
  { value: "blue", name: m.color_blue },
  { value: "indigo", name: m.color_indigo },
  { value: "violet", name: m.color_violet },
  { value: "pink", name: m.color_pink },
];

/** One that the fewest tags have, so that they can be told apart. */
export function freeColor(tags: readonly Pick<Tag, "color">[]): TagColor {
  const uses = (color: TagColor) => tags.filter((tag) => tag.color === color).length;
  const [first] = COLORS.map(({ value }) => value).sort((a, b) => uses(a) - uses(b));
  return first ?? "gray";
}
