// How the visitor keeps the conversation: as a text file, or as a mail that the server makes.
// Must stay true: whether it can be mailed is known before he types an address.

import { createVisitorApi, ProblemError, type TranscriptWays } from "@sapa/protocol";
import { saveAs } from "@sapa/protocol/save";
import { everything, transcriptName } from "@sapa/protocol/transcript";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import { Component, Fragment, h } from "preact";
import type { Chat } from "../chat";
import { locale } from "../i18n";
import { loadProblems, problemText } from "../refusals";
import { transcript } from "../transcript";
import { w } from "../words";
import { Tool } from "./Tool";

interface State {
  open: boolean;
  /** Null until the server said so, or without network. */
  ways: TranscriptWays | null;
  address: string;
  busy: "file" | "mail" | null;
  problem: string;
  /** Where it is on its way to. */
  mailed: string;
}

export class Transcript extends Component<{ chat: Chat }, State> {
  override state: State = {
    open: false,
    ways: null,
    address: "",
    busy: null,
    problem: "",
    mailed: "",
  };

  get #options() {
    const { token } = this.props.chat;
    return { authorization: () => token && `Bearer ${token}` };
  }

  #turn = () => {
    const open = !this.state.open;
    this.setState({ open, problem: "", mailed: "" });
    if (!open) return;
    void createVisitorExtras(this.#options)
      .transcriptWays()
      // Without network the file says so.
      .catch(() => null)
      .then((ways) => this.setState({ ways }));
  };

  async #run(busy: "file" | "mail", work: () => Promise<Partial<State>>) {
    if (this.state.busy) return;
    this.setState({ busy, problem: "", mailed: "" });
    try {
      this.setState({ busy: null, ...(await work()) });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      await loadProblems();
      const problem = busy === "file" ? w("transcript_failed") : problemText(error.problem);
      this.setState({ busy: null, problem });
    }
  }

  #save = () =>
    this.#run("file", async () => {
      const { token, state } = this.props.chat;
      const api = createVisitorApi(this.#options);
      const told = await everything((query) => api.thread(query));
      // Of whom it was, he is gone.
      if (token !== this.props.chat.token) return {};
      const title = state.config?.title ?? "";
      const now = Date.now();
      // With a mark, by which every reader knows the letters.
      saveAs(`\uFEFF${transcript(title, told, now)}`, transcriptName(title, now));
      return { open: false };
    });

  #mail = () =>
    this.#run("mail", async () => {
      const address = this.state.address.trim();
      const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
      await createVisitorExtras(this.#options).mailTranscript({ address, locale, zone });
      return { mailed: w("transcript_mailed", { address }) };
    });

  #onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // The chat itself stays.
    event.preventDefault();
    this.setState({ open: false });
    document.querySelector<HTMLElement>(".keeper")!.focus();
  };

  override render(_: unknown, { open, ways, address, busy, problem, mailed }: State) {
    return (
      <>
        <Tool
          icon="save"
          class="round keeper"
          label={w("transcript")}
          aria-expanded={open}
          act={this.#turn}
        />
        {open && (
          <section class="keep pre-chat" aria-label={w("transcript")} onKeyDown={this.#onKeyDown}>
            <p>{w("transcript")}</p>
            <button
              type="button"
              class="primary"
              aria-disabled={busy !== null}
              onClick={() => void this.#save()}
            >
              {w(busy === "file" ? "transcript_busy" : "transcript_file_save")}
            </button>
            {ways?.mail === false && <p>{w("transcript_no_mail")}</p>}
            {ways?.mail && (
              <form
                class="mailed"
                onSubmit={(event) => {
                  event.preventDefault();
                  void this.#mail();
                }}
              >
                <label>
                  {w("transcript_address")}
                  <input
                    required
                    type="email"
                    autocomplete="email"
                    value={address}
                    onInput={(event) => this.setState({ address: event.currentTarget.value })}
                  />
                </label>
                <button class="primary" aria-disabled={busy !== null}>
                  {w("transcript_mail")}
                </button>
              </form>
            )}
            <p role="status">{mailed}</p>
            <p role="alert">{problem}</p>
          </section>
        )}
      </>
    );
  }
}
