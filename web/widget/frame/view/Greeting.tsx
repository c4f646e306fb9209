// What the inbox says before the visitor does: a small bubble beside the launcher.
// Must stay true: said once; the chat that is opened then begins with it.

import { Component, h } from "preact";
import type { Chat, ChatState } from "../chat";
import { nextGreeting } from "../greetings";
import type { Host } from "../host";
import { w } from "../words";
import { Tool } from "./Tool";

const SAID_KEPT = 20;

interface Props {
  chat: Chat;
  state: ChatState;
  host: Host;
}

export class Greeting extends Component<Props, { text: string | null }> {
  override state: { text: string | null } = { text: null };
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
    const url = chat.pages.current;
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
    this.props.chat.greet(null);
    this.props.host.tell(["peek", 0]);
    this.#url = undefined;
    this.setState({ text: null });
  };

  override render({ host }: Props, { text }: { text: string | null }) {
    if (!text) return null;
    return (
      <div
        class="greets"
        ref={(box: HTMLElement | null) => {
          if (box) this.#sizes.observe(box);
        }}
      >
        <button type="button" class="say" onClick={() => host.tell(["open"])}>
          <span dir="auto">{text}</span>
        </button>
        <Tool icon="close" label={w("greeting_close")} act={this.#dismiss} />
      </div>
    );
  }
}
