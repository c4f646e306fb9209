// A drawing from the sprite in index.html; decoration only, the control around it carries the name.

import { h } from "preact";

export type IconName =
  | "close"
  | "down"
  | "clip"
  | "smile"
  | "send"
  | "file"
  | "save"
  | "sound"
  | "mute"
  | "sending"
  | "sent"
  | "read"
  | "failed"
  | "chat"
  | "star";

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`#${name}`} />
    </svg>
  );
}
