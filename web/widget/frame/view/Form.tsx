// What the visitor is asked before his first message. Stands where he writes afterwards.
// Must stay true: nothing about him leaves the browser, or is kept in it, before he sends the form.

import { ProblemError, type Answers, type PreChat } from "@sapa/protocol";
import { Component, h } from "preact";
import type { Chat } from "../chat";
import { loadProblems, problemText } from "../refusals";
import { w } from "../words";

const FIELDS = ["name", "email", "phone"] as const;
const KINDS = { name: "text", email: "email", phone: "tel" } as const;
const FILLS = { name: "name", email: "email", phone: "tel" } as const;

interface Props {
  chat: Chat;
  form: PreChat;
}

interface State {
  values: Record<(typeof FIELDS)[number], string>;
  agreed: boolean;
  busy: boolean;
  problem: string;
}

export class Form extends Component<Props, State> {
  override state: State = {
    values: { name: "", email: "", phone: "" },
    agreed: false,
    busy: false,
    problem: "",
  };
  #box: HTMLFormElement | null = null;

  override componentDidMount() {
    // On a phone the keyboard would cover what is asked.
    if (!matchMedia("(pointer: coarse)").matches) this.#box?.querySelector("input")?.focus();
  }

  #send = async () => {
    const { chat, form } = this.props;
    const { values, agreed, busy } = this.state;
    if (busy) return;
    this.setState({ busy: true, problem: "" });
    const answers: Answers = { ...values, consent_version: agreed ? form.consent_version : null };
    try {
      await chat.register(answers);
      // The form is gone with the next drawing, and the place to write is there.
      setTimeout(() => document.querySelector<HTMLElement>(".composer textarea")?.focus());
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // Somebody changed the text meanwhile: it is shown, and asked about anew.
      if (error.problem.code === "consent_outdated") {
        this.setState({ agreed: false });
        void chat.loadConfig();
      }
      await loadProblems();
      this.setState({ busy: false, problem: problemText(error.problem) });
    }
  };

  override render({ form }: Props, { values, agreed, busy, problem }: State) {
    return (
      <form
        class="pre-chat"
        aria-label={w("form")}
        ref={(box: HTMLFormElement | null) => {
          this.#box = box;
        }}
        onSubmit={(event) => {
          event.preventDefault();
          void this.#send();
        }}
      >
        <p>{w("form")}</p>
        {FIELDS.map((field) => {
          const asked = form[field] ?? "off";
          if (asked === "off") return null;
          const label = w(`field_${field}`);
          return (
            <label key={field}>
              {asked === "required" ? label : w("optional", { field: label })}
              <input
                required={asked === "required"}
                name={field}
                type={KINDS[field]}
                list={undefined}
                autocomplete={FILLS[field]}
                dir="auto"
                value={values[field]}
                onInput={(event) =>
                  this.setState({ values: { ...values, [field]: event.currentTarget.value } })
                }
              />
            </label>
          );
        })}
        {form.consent_text && (
          <label class="consent">
            <input
              type="checkbox"
              required
              checked={agreed}
              onChange={(event) => this.setState({ agreed: event.currentTarget.checked })}
            />
            <span dir="auto">{form.consent_text}</span>
          </label>
        )}
        {form.consent_text && form.consent_link && (
          <a href={form.consent_link} target="_blank" rel="noopener noreferrer">
            {w("consent_link")}
          </a>
        )}
        {problem && <p role="alert">{problem}</p>}
        <button class="primary" aria-disabled={busy}>
          {w("form_send")}
        </button>
      </form>
    );
  }
}
