// A round button with a drawing; its name is read out and shown on hover.

import { type ButtonHTMLAttributes, h } from "preact";
import { Icon, type IconName } from "./Icon";

interface Props extends ButtonHTMLAttributes {
  icon: IconName;
  label: string;
  act(): void;
}

export function Tool({ icon, label, act, ...rest }: Props) {
  return (
    <button type="button" class="round" aria-label={label} title={label} onClick={act} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
