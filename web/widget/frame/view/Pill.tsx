// Answers came below while somebody read further up: how many, and the way to them.

import { h } from "preact";
import { t } from "../i18n";
import { tn } from "../plural";
import { Icon } from "./Icon";

export function Pill({ missed, act }: { missed: number; act: () => void }) {
  return (
    <button type="button" class="pill" title={t("to_newest")} onClick={act}>
      <Icon name="down" />
      {tn("new", missed)}
    </button>
  );
}
