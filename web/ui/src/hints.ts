// What ties the elements that have a hint to the one hint of the page.

import { Tooltip } from "bits-ui";

export interface Hint {
  text: string;
  keys: string | undefined;
  side: "top" | "right" | "bottom" | "left";
}

export const hints = Tooltip.createTether<Hint>();
