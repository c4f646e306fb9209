// The whole frame: header, connection strip, thread, composer.
// Components here are classes: Preact's hooks would cost a twelfth of the budget.

import { Component, createRef, h } from "preact";
import type { Chat, ChatState } from "../chat";
import type { Host } from "../host";
import { t } from "../i18n";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { Later } from "./Later";
import { Thread } from "./Thread";

interface Props {
  chat: Chat;
  state: ChatState;
  host: Host;
  close: (() => void) | null;
}

export class App extends Component<Props> {
  #composer: Composer | null = null;
  #heading = createRef<HTMLHeadingElement>();

  override componentDidMount() {
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
      this.props.close?.();
    });
    this.#welcome(false);
  }

  override componentDidUpdate(before: Props) {
    this.#welcome(before.state.opened && !before.state.held);
  }

  #welcome(was_ready: boolean) {
    const { opened, held } = this.props.state;
    if (was_ready || !opened || held) return;
    // On a phone the keyboard would cover the conversation before it was read.
    const phone = matchMedia("(pointer: coarse)").matches;
    if (phone) this.#heading.current?.focus();
    else this.#composer?.focus();
  }

  override render({ chat, state, host, close }: Props) {
    const form = state.config?.pre_chat;
    const opening = state.config?.opening;
    const speaks = !!(state.greeted || state.config?.greetings?.length);
    const greets = speaks && state.known.conversation?.status !== "open";
    return (
      <main class={state.rows.length === 0 ? "chat new" : "chat"} aria-label={t("conversation")}>
        <Header chat={chat} state={state} close={close} heading={this.#heading} />
        <Strip state={state} />
        <Thread chat={chat} state={state} />
        {opening && state.opened && <Later part={({ Hours }) => Hours} props={{ chat, opening }} />}
        {form && !chat.token ? (
          <Later part={({ Form }) => Form} props={{ chat, form }} />
        ) : (
          <Composer
            key={`${chat.turn}${state.held}`}
            chat={chat}
            disabled={state.away || state.held}
            mounted={(composer) => {
              this.#composer = composer;
            }}
          />
        )}
        {greets && !state.opened && (
          <Later part={({ Greeting }) => Greeting} props={{ chat, state, host }} />
        )}
        {state.opened && (
          <Later
            part={({ Drop }) => Drop}
            props={{ attach: (files: File[]) => this.#composer?.attach(files) }}
          />
        )}
      </main>
    );
  }
}

function Strip({ state: { away, connection } }: { state: ChatState }) {
  const kind = away ? "away" : connection;
  return (
    <div role="status" class={`strip ${kind}`}>
      {kind !== "quiet" && <span>{t(kind)}</span>}
    </div>
  );
}
