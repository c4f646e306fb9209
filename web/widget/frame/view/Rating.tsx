// The visitor says how satisfied he was: one to five stars, and why if he likes. Then thanks, and the way to change it.
// Must stay true: one request at a time; what the stream says wins over what was just sent, so that tabs agree.

import { newEntryId, ProblemError, type VisitorEntry } from "@sapa/protocol";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import { Component, createRef, Fragment, h } from "preact";
import type { Chat } from "../chat";
import { loadProblems, problemText } from "../refusals";
import { w } from "../words";
import { Icon } from "./Icon";

const SCORES = [1, 2, 3, 4, 5] as const;
/** As the server holds it. */
const COMMENT_CHARACTERS = 1_000;

interface Props {
  chat: Chat;
  rating: VisitorEntry | null;
}

interface State {
  score: number;
  comment: string;
  changing: boolean;
  busy: boolean;
  problem: string;
  /** What the server answered, until the stream brings it. */
  given: VisitorEntry | null;
}

export class Rating extends Component<Props, State> {
  override state: State = {
    score: 0,
    comment: "",
    changing: false,
    busy: false,
    problem: "",
    given: null,
  };
  #sent = false;
  #again = createRef<HTMLButtonElement>();

  #api = createVisitorExtras({
    authorization: () => this.props.chat.token && `Bearer ${this.props.chat.token}`,
  });

  #current(): VisitorEntry | null {
    const { rating } = this.props;
    const { given } = this.state;
    return given && given.revision > (rating?.revision ?? 0) ? given : rating;
  }

  #change = () => {
    const current = this.#current();
    this.setState({
      changing: true,
      score: current?.score ?? 0,
      comment: current?.text ?? "",
    });
  };

  #send = async () => {
    const { score, comment, busy } = this.state;
    if (busy || score === 0) return;
    this.setState({ busy: true, problem: "" });
    this.#sent = true;
    try {
      const given = await this.#api.rate({ id: newEntryId(), score, comment });
      this.setState({ given, changing: false, busy: false });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#sent = false;
      await loadProblems();
      this.setState({ busy: false, problem: problemText(error.problem) });
    }
  };

  override componentDidUpdate() {
    // The button that was pressed is gone: the next one takes its place for the keyboard.
    if (!this.#sent || !this.#again.current) return;
    this.#sent = false;
    this.#again.current.focus();
  }

  override render(_: Props, { score, comment, changing, busy, problem }: State) {
    const current = this.#current();
    if (current && !changing) return this.#thanks(current);
    return (
      <form
        class="rating"
        onSubmit={(event) => {
          event.preventDefault();
          void this.#send();
        }}
      >
        <fieldset>
          <legend>{w("rate_ask")}</legend>
          <div class="stars">
            {SCORES.map((one) => (
              <label class={one <= score ? "star full" : "star"} title={w(`score_${one}`)}>
                <input
                  type="radio"
                  name="score"
                  value={one}
                  checked={one === score}
                  aria-label={w(`score_${one}`)}
                  onChange={() => this.setState({ score: one })}
                />
                <Icon name="star" />
              </label>
            ))}
          </div>
        </fieldset>
        {score > 0 && [
          <textarea
            key="words"
            rows={2}
            dir="auto"
            maxLength={COMMENT_CHARACTERS}
            aria-label={w("rate_comment")}
            placeholder={w("rate_comment")}
            value={comment}
            onInput={(event) => this.setState({ comment: event.currentTarget.value })}
          />,
          <button type="submit" key="send" class="primary" aria-disabled={busy}>
            {w("rate_send")}
          </button>,
        ]}
        {problem && <p role="alert">{problem}</p>}
      </form>
    );
  }

  #thanks(given: VisitorEntry) {
    return (
      <div class="rating">
        <p>{w("rate_thanks")}</p>
        <Given {...given} />
        <button type="button" class="link" ref={this.#again} onClick={this.#change}>
          {w("rate_change")}
        </button>
      </div>
    );
  }
}

/** Of a session that is over: as it was given. */
export function Rated(entry: VisitorEntry) {
  return (
    <div class="rating">
      <p>{w("rated")}</p>
      <Given {...entry} />
    </div>
  );
}

function Given({ score, text }: VisitorEntry) {
  const stars = SCORES.find((one) => one === score) ?? 1;
  return (
    <>
      <span class="stars" role="img" aria-label={w(`score_${stars}`)}>
        {SCORES.map((one) => (
          <span class={one <= stars ? "star full" : "star"}>
            <Icon name="star" />
          </span>
        ))}
      </span>
      {text && (
        <p class="said" dir="auto">
          {text}
        </p>
      )}
    </>
  );
}
