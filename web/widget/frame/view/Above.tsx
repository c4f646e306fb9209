// What stands above the words of a message: what it answers, its pictures and files.

import { h } from "preact";
import type { Chat } from "../chat";
import type { BubbleRow } from "../timeline";
import { Attachments } from "./Attachments";
import { Quote } from "./Quote";

interface Props {
  chat: Chat;
  row: BubbleRow;
}

export function Above({ chat, row: { quote, files, card, outgoing } }: Props) {
  return [
    quote && <Quote key="quote" chat={chat} quote={quote} />,
    <Attachments
      key="files"
      chat={chat}
      stored={files.filter(({ id }) => id !== card?.picture)}
      unsent={outgoing?.files ?? []}
    />,
  ];
}
