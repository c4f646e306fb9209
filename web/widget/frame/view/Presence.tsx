// Whether anybody is there, in words and as a dot.
// Must stay true: hours come first; who is named has the visitor's chat, and nobody else is.

import { h } from "preact";
import type { ChatState } from "../chat";
import { w } from "../words";

export function Presence({ config, known }: ChatState) {
  const name = known.conversation?.agent?.name;
  if (!config) return null;
  const open = config.opening?.open !== false;
  const here = config.attended
    ? name
      ? w("agent_here", { name })
      : w("team_here")
    : w("team_away");
  return (
    <span role="status" class={open && config.attended ? "here" : ""}>
      {open ? here : w("closed_now")}
    </span>
  );
}
