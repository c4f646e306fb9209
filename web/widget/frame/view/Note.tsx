// What happened between the messages: somebody joined, or it was closed.

import { h } from "preact";
import { t } from "../i18n";
import type { NoteRow } from "../timeline";

export function Note({ kind, name }: NoteRow) {
  return (
    <p class="note">{kind === "assigned" ? t("joined", { name: name ?? t("team") }) : t(kind)}</p>
  );
}
