// What the next message answers, above the words that are being written, with a way to drop it.
// Must stay true: it shows what became of the message meanwhile; Esc drops it and leaves the chat open.

import type { VisitorQuote } from "@sapa/protocol";
import { Component, h } from "preact";
import type { Chat } from "../chat";
import { bubbleOf, quoteOf } from "../quote";
import { w } from "../words";
import { nameIn, Quote } from "./Quote";
import { Tool } from "./Tool";

interface Props {
  chat: Chat;
  quote: VisitorQuote;
}

export class Chosen extends Component<Props> {
  override componentDidMount() {
    document.addEventListener("keydown", this.#onKeyDown);
    box()?.setAttribute("aria-describedby", "chosen");
  }

  override componentWillUnmount() {
    document.removeEventListener("keydown", this.#onKeyDown);
    box()?.removeAttribute("aria-describedby");
  }

  #drop = () => {
    this.props.chat.answer(null);
    box()?.focus();
  };

  #onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    if (!document.activeElement?.closest(".composer")) return;
    event.preventDefault();
    this.#drop();
  };

  override render({ chat, quote }: Props) {
    const row = bubbleOf(chat, quote.id);
    const name = nameIn(quote);
    return (
      <div id="chosen" class="chosen" role="group" aria-label={w("answering", { name })}>
        <Quote chat={chat} quote={row ? quoteOf(row) : quote} />
        <Tool icon="close" label={w("quote_drop")} act={this.#drop} />
      </div>
    );
  }
}

/** Where the answer is written. */
export function box(): HTMLElement | null {
  return document.querySelector(".composer textarea");
}
