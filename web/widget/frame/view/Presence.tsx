// Whether anybody is there, in words and as a dot.
// Must stay true: hours come first; who is named has the visitor's chat, and nobody else is.

import { h } from "preact";
import type { ChatState } from "../chat";
import { w } from "../words";

export function Presence({ config, known }: ChatState) {
  const name = known.conversation?.agent?.name;
  if (!config) return null;
  if (config.opening?.open === false) return <span>{w("closed_now")}</span>;
  return (
    <span class={config.attended ? "here" : ""}>
      {!config.attended ? w("team_away") : name ? w("agent_here", { name }) : w("team_here")}
    </span>
  );
}
