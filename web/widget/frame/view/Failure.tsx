// Why a message was not sent, and what to do about it. Loaded with the first refusal.

import type { Problem } from "@sapa/protocol";
import { Component, h } from "preact";
import { t } from "../i18n";
import { loadProblems, problemText } from "../refusals";
import { Icon } from "./Icon";

interface Props {
  problem: Problem;
  retry(): void;
  discard(): void;
}

export class Failure extends Component<Props, { text: string }> {
  override state = { text: "" };

  override componentDidMount() {
    void loadProblems().then(() => this.setState({ text: problemText(this.props.problem) }));
  }

  override render({ retry, discard }: Props, { text }: { text: string }) {
    return (
      <p class="failure">
        <span class="tick" role="img" aria-label={t("not_sent")} title={t("not_sent")}>
          <Icon name="failed" />
        </span>{" "}
        {text}
        <br />
        <button type="button" class="link" onClick={retry}>
          {t("try_again")}
        </button>
        <button type="button" class="link" onClick={discard}>
          {t("delete")}
        </button>
      </p>
    );
  }
}
