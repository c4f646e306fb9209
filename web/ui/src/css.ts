// Sets CSS custom properties on an element through the CSSOM, which the strict policy allows
// (a style attribute in markup is refused). Use it only for values that are computed while running.

import type { Attachment } from "svelte/attachments";

export function css(properties: Record<`--${string}`, string | number>): Attachment<HTMLElement> {
  return (element) => {
    for (const [name, value] of Object.entries(properties)) {
      element.style.setProperty(name, String(value));
    }
  };
}
