// What became of a message, and what the visitor can still do with it: answer it, correct his own, take it back.
// Must stay true: the stream brings what changed; what was refused stays in the box with its reason.

import { ProblemError } from "@sapa/protocol";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import { Component, createRef, h } from "preact";
import type { Chat } from "../chat";
import { t } from "../i18n";
import { quoteOf } from "../quote";
import { loadProblems, problemText } from "../refusals";
import type { BubbleRow } from "../timeline";
import { w } from "../words";
import { box } from "./Chosen";

interface Props {
  chat: Chat;
  row: BubbleRow;
}

interface State {
  shown: "nothing" | "choices" | "words" | "question";
  words: string;
  problem: string;
}

export class Changes extends Component<Props, State> {
  override state: State = { shown: "nothing", words: "", problem: "" };

  #more = createRef<HTMLButtonElement>();
  #words = createRef<HTMLTextAreaElement>();
  #api = createVisitorExtras({
    authorization: () => this.props.chat.token && `Bearer ${this.props.chat.token}`,
  });

  override componentDidUpdate(_: Props, before: State) {
    const { shown } = this.state;
    if (shown === "words") this.#fit(before.shown !== shown);
    // What was pressed is gone: the keyboard goes back to where it began.
    else if (shown === "nothing" && before.shown === "words") this.#more.current?.focus();
  }

  #fit(begun: boolean) {
    const { current } = this.#words;
    if (!current) return;
    if (begun) current.focus();
    current.style.height = "auto";
    current.style.height = `${current.scrollHeight + 2}px`;
  }

  #show = (shown: State["shown"]) => {
    this.setState({ shown, words: this.props.row.text ?? "", problem: "" });
  };

  #do = async (run: () => Promise<unknown>) => {
    try {
      await run();
      this.#show("nothing");
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      await loadProblems();
      this.setState({ problem: problemText(error.problem) });
    }
  };

  #save = () => {
    const { row } = this.props;
    void this.#do(() => this.#api.edit(row.key, this.state.words));
  };

  #quote = () => {
    const { chat, row } = this.props;
    chat.answer(quoteOf(row));
    this.#show("nothing");
    box()?.focus();
  };

  /** Esc closes the choices, not the chat. */
  #onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing || this.state.shown === "nothing") return;
    event.preventDefault();
    this.#show("nothing");
    this.#more.current?.focus();
  };

  override render({ row }: Props, { shown, problem }: State) {
    const { own, edited, removed, outgoing } = row;
    if (removed) return <p class="bubble gone">{t("removed")}</p>;
    return [
      !outgoing && (
        <button
          key="more"
          type="button"
          class="more"
          ref={this.#more}
          aria-expanded={shown !== "nothing"}
          aria-label={t("more")}
          onClick={() => this.#show(shown === "nothing" ? "choices" : "nothing")}
          onKeyDown={this.#onKeyDown}
        >
          ⋯
        </button>
      ),
      (edited || shown !== "nothing") && (
        <div key="changes" class="changes" onKeyDown={this.#onKeyDown}>
          {edited && <span>{t("edited")}</span>}
          {shown === "choices" && [
            <Link text={w("quote")} act={this.#quote} />,
            own && <Link text={t("edit")} act={() => this.#show("words")} />,
            own && <Link text={t("delete")} act={() => this.#show("question")} />,
          ]}
          {shown === "question" && [
            <span>{t("delete_ask")}</span>,
            <Link text={t("delete")} act={() => void this.#do(() => this.#api.remove(row.key))} />,
            <Link text={t("cancel")} act={() => this.#show("nothing")} />,
          ]}
          {shown === "words" && this.#form()}
          {problem && <span role="alert">{problem}</span>}
        </div>
      ),
    ];
  }

  /** In the place of the words that are corrected, as wide as the thread. */
  #form() {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          this.#save();
        }}
      >
        <textarea
          rows={2}
          dir="auto"
          aria-label={t("edit")}
          value={this.state.words}
          ref={this.#words}
          onInput={(event) => this.setState({ words: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            this.#save();
          }}
        />
        <Link text={t("cancel")} act={() => this.#show("nothing")} />
        <button type="submit" class="link">
          {t("save")}
        </button>
      </form>
    );
  }
}

function Link({ text, act }: { text: string; act: () => void }) {
  return (
    <button type="button" class="link" onClick={act}>
      {text}
    </button>
  );
}
