// How many characters still fit, or are too many. Loaded when a text is long.

import { h } from "preact";
import { tn } from "../plural";

export function Count({ left }: { left: number }) {
  return (
    <p class={left < 0 ? "count over" : "count"} role="status">
      {left < 0 ? tn("over", -left) : tn("left", left)}
    </p>
  );
}
