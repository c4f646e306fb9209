// Why a message was not sent, and what to do about it. Loaded with the first refusal.

import { Component, h } from "preact";
import type { Chat } from "../chat";
import { t } from "../i18n";
import { loadProblems, problemText } from "../refusals";
import type { BubbleRow } from "../timeline";
import { Icon } from "./Icon";

interface Props {
  chat: Chat;
  row: BubbleRow;
}

export class Failure extends Component<Props, { text: string }> {
  override state = { text: "" };

  override componentDidMount() {
    const problem = this.props.row.outgoing?.problem;
    if (problem) void loadProblems().then(() => this.setState({ text: problemText(problem) }));
  }

  override render({ chat, row }: Props, { text }: { text: string }) {
    return (
      <p class="failure">
        <span class="tick" role="img" aria-label={t("not_sent")} title={t("not_sent")}>
          <Icon name="failed" />
        </span>{" "}
        {text}
        <br />
        <button type="button" class="link" onClick={() => chat.retry(row.key)}>
          {t("try_again")}
        </button>
        <button type="button" class="link" onClick={() => chat.discard(row.key)}>
          {t("delete")}
        </button>
      </p>
    );
  }
}
