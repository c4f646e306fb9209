// The button with which the visitor keeps the conversation as a text file.

import { createVisitorApi, ProblemError } from "@sapa/protocol";
import { saveAs } from "@sapa/protocol/save";
import { everything, transcriptName } from "@sapa/protocol/transcript";
import { Component, Fragment, h } from "preact";
import type { Chat } from "../chat";
import { transcript } from "../transcript";
import { w } from "../words";
import { Tool } from "./Tool";

const FAILED_MS = 6_000;

interface State {
  busy: boolean;
  failed: boolean;
}

export class Transcript extends Component<{ chat: Chat }, State> {
  override state: State = { busy: false, failed: false };

  #timer = 0;

  override componentWillUnmount() {
    clearTimeout(this.#timer);
  }

  #save = async () => {
    const { token, state } = this.props.chat;
    if (this.state.busy) return;
    this.setState({ busy: true, failed: false });
    const api = createVisitorApi({ authorization: () => token && `Bearer ${token}` });
    try {
      const told = await everything((query) => api.thread(query));
      // Of whom it was, he is gone.
      if (token !== this.props.chat.token) return this.setState({ busy: false });
      const title = state.config?.title ?? "";
      const now = Date.now();
      // With a mark, by which every reader knows the letters.
      saveAs(`\uFEFF${transcript(title, told, now)}`, transcriptName(title, now));
      this.setState({ busy: false });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.setState({ busy: false, failed: true });
      this.#timer = window.setTimeout(() => this.setState({ failed: false }), FAILED_MS);
    }
  };

  override render(_: unknown, { busy, failed }: State) {
    return (
      <>
        <Tool
          icon="save"
          label={w(busy ? "transcript_busy" : "transcript")}
          aria-disabled={busy}
          act={() => void this.#save()}
        />
        {failed && (
          <p class="unsaved" role="alert">
            {w("transcript_failed")}
          </p>
        )}
      </>
    );
  }
}
