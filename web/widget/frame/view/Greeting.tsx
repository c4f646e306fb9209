// What is said before the visitor says anything, by the inbox or by a member who invites him: a small bubble beside the
// launcher.
// Must stay true: said once; the chat that is opened then begins with it.

import { Component, h } from "preact";
import type { Chat, ChatState } from "../chat";
import { nextGreeting } from "../greetings";
import { declineInvitation, takeInvitation } from "../here";
import type { Host } from "../host";
import { w } from "../words";
import { Tool } from "./Tool";

const SAID_KEPT = 20;

interface Props {
  chat: Chat;
  state: ChatState;
  host: Host;
}

interface Said {
  text: string | null;
  /** The member who invites; nobody: the inbox says it. */
  by?: string | undefined;
}

export class Greeting extends Component<Props, Said> {
  override state: Said = { text: null };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #url: string | undefined;
  #said: string[] = this.props.chat.storage.get<string[]>("said") ?? [];
  #sizes = new ResizeObserver(([entry]) =>
    this.props.host.tell(["peek", Math.ceil(entry!.borderBoxSize[0]!.blockSize)]),
  );

  override componentDidMount() {
    this.#plan();
  }

  override componentDidUpdate() {
    this.#plan();
  }

  override componentWillUnmount() {
    clearTimeout(this.#timer);
    this.#sizes.disconnect();
    this.props.host.tell(["peek", 0]);
  }

  /** Counts anew on each page. */
  #plan() {
    const { chat, state } = this.props;
    const invitation = takeInvitation();
    if (invitation) {
      clearTimeout(this.#timer);
      return this.setState(invitation);
    }
    const url = chat.pages.here?.url;
    if (!url || url === this.#url || this.state.text) return;
    this.#url = url;
    clearTimeout(this.#timer);
    const due = nextGreeting(state.config?.greetings ?? [], url, state.config?.opening, this.#said);
    if (due) this.#timer = setTimeout(() => this.#say(due.greeting.text), due.after_ms);
  }

  #say(text: string) {
    const { chat } = this.props;
    this.#said = [...this.#said, text].slice(-SAID_KEPT);
    // Nothing is kept of who has to agree first.
    if (!chat.state.config?.pre_chat?.consent_text) chat.storage.set("said", this.#said);
    chat.greet(text);
    this.setState({ text });
  }

  #dismiss = () => {
    if (this.state.by) declineInvitation();
    this.props.chat.greet(null);
    this.props.host.tell(["peek", 0]);
    this.#url = undefined;
    this.setState({ text: null, by: undefined });
  };

  override render({ host }: Props, { text, by }: Said) {
    if (!text) return null;
    return (
      <div
        class="greets"
        role="status"
        ref={(box: HTMLElement | null) => {
          if (box) this.#sizes.observe(box);
        }}
      >
        <button type="button" class="say" onClick={() => host.tell(["open"])}>
          {by && <b dir="auto">{by}</b>}
          <span dir="auto">{text}</span>
        </button>
        <Tool icon="close" label={w("greeting_close")} act={this.#dismiss} />
      </div>
    );
  }
}
