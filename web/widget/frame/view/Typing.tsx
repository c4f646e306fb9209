// Three dots while somebody of the team writes.

import type { VisitorAuthor } from "@sapa/protocol";
import { h } from "preact";
import { t } from "../i18n";

export function Typing({ name }: VisitorAuthor) {
  return (
    <div class="bubble-row in typing first last">
      <span
        class="bubble"
        role="img"
        aria-label={name ? t("typing", { name }) : t("typing_somebody")}
      >
        <i />
        <i />
        <i />
      </span>
    </div>
  );
}
