// What stands below the words of a message: its card, what can be done with it, how much of it is sent.

import { h } from "preact";
import type { Chat } from "../chat";
import { t } from "../i18n";
import type { BubbleRow } from "../timeline";
import { Card } from "./Card";
import { Changes } from "./Changes";

interface Props {
  chat: Chat;
  row: BubbleRow;
  progress: number | undefined;
}

export function Below({ chat, row, progress }: Props) {
  const { key, card, files } = row;
  return [
    card && <Card key="card" chat={chat} id={key} card={card} files={files} />,
    <Changes key="changes" chat={chat} row={row} />,
    progress !== undefined && (
      <progress key="progress" value={progress} aria-label={t("sending")} />
    ),
  ];
}
