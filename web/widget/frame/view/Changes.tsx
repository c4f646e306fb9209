// What became of a message, and what its author can still do with it: correct it, take it back.
// Must stay true: the stream brings what changed; what was refused stays in the box with its reason.

import { ProblemError } from "@sapa/protocol";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import { Component, h } from "preact";
import type { Chat } from "../chat";
import { t } from "../i18n";
import { loadProblems, problemText } from "../refusals";
import type { BubbleRow } from "../timeline";

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

  #api = createVisitorExtras({
    authorization: () => this.props.chat.token && `Bearer ${this.props.chat.token}`,
  });

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

  override render({ row }: Props, { shown, words, problem }: State) {
    const { own, edited, removed, outgoing } = row;
    if (removed) return <p class="bubble gone">{t("removed")}</p>;
    return (
      <div class="changes">
        {edited && <span>{t("edited")}</span>}
        {own && !outgoing && (
          <button
            type="button"
            class="more"
            aria-expanded={shown !== "nothing"}
            aria-label={t("more")}
            onClick={() => this.#show(shown === "nothing" ? "choices" : "nothing")}
          >
            ⋯
          </button>
        )}
        {shown === "choices" && [
          <Link text={t("edit")} act={() => this.#show("words")} />,
          <Link text={t("delete")} act={() => this.#show("question")} />,
        ]}
        {shown === "question" && [
          <span>{t("delete_ask")}</span>,
          <Link text={t("delete")} act={() => void this.#do(() => this.#api.remove(row.key))} />,
          <Link text={t("cancel")} act={() => this.#show("nothing")} />,
        ]}
        {shown === "words" && (
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
              value={words}
              ref={(box: HTMLTextAreaElement | null) => {
                if (box && document.activeElement?.tagName !== "TEXTAREA") box.focus();
              }}
              onInput={(event) => this.setState({ words: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.isComposing) return;
                if (event.key === "Escape") {
                  event.preventDefault();
                  this.#show("nothing");
                } else if (event.key === "Enter" && !event.shiftKey) {
                  event.preventDefault();
                  this.#save();
                }
              }}
            />
            <Link text={t("cancel")} act={() => this.#show("nothing")} />
            <button class="link">{t("save")}</button>
          </form>
        )}
        {problem && <span role="alert">{problem}</span>}
      </div>
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
