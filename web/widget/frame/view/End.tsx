// What stands at the end of the conversation: somebody is writing, or the question how it was.

import { h } from "preact";
import { askedRating } from "../asked";
import type { Chat, ChatState } from "../chat";
import { Rating } from "./Rating";
import { Typing } from "./Typing";

interface Props {
  chat: Chat;
  state: ChatState;
}

export function End({ chat, state }: Props) {
  const { typing, config, known } = state;
  const asked = askedRating(config, known);
  return [
    asked && <Rating key={asked.closing.id} chat={chat} rating={asked.rating} />,
    typing && <Typing key="typing" {...typing} />,
  ];
}
