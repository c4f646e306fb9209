// The upper edge while older messages are on their way, or when they did not come.

import { h } from "preact";
import type { ChatState } from "../chat";
import { t } from "../i18n";

interface Props {
  older: ChatState["older"];
  retry: () => void;
}

export function Older({ older, retry }: Props) {
  if (older === "loading") {
    return (
      <div class="skeletons" aria-label={t("older")} role="img">
        <i />
        <i />
        <i />
      </div>
    );
  }
  return (
    <p class="note">
      {t("older_failed")}{" "}
      <button type="button" class="link" onClick={retry}>
        {t("try_again")}
      </button>
    </p>
  );
}
