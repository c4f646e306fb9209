// The conversation: rows, older history at the top edge.
// Must stay true: nothing moves under the reader. New words pull down only a reader who is at the end;
// anyone else gets a pill. Older pages keep the place.

import { dayText } from "@sapa/protocol/time";
import { Component, createRef, h } from "preact";
import type { Chat, ChatState } from "../chat";
import { t, tag } from "../i18n";
import type { Row } from "../timeline";
import { Bubble } from "./Bubble";
import { Later } from "./Later";

const NEAR_END_PX = 60;
const NEAR_START_PX = 200;
/** As much of an answer shows its first line. */
const SHOWN_PX = 32;

interface Props {
  chat: Chat;
  state: ChatState;
}

export class Thread extends Component<Props, { missed: number }> {
  override state = { missed: 0 };
  #box = createRef<HTMLDivElement>();
  #at_end = true;
  #height = 0;
  #top = 0;

  override componentDidMount() {
    // Also when a picture arrives, the composer grows or a phone's keyboard appears.
    const box = this.#box.current!;
    const { chat } = this.props;
    const observer = new ResizeObserver(() => {
      if (this.#at_end) this.#toEnd();
      chat.see();
    });
    observer.observe(box);
    observer.observe(box.firstElementChild!);
    chat.isShown = (id) => {
      const top = document.getElementById(id)?.getBoundingClientRect().top ?? NaN;
      return top + SHOWN_PX < box.getBoundingClientRect().bottom;
    };
  }

  override componentDidUpdate(before: Props) {
    const box = this.#box.current!;
    const [old, now] = [before.state.rows, this.props.state.rows];
    const grown = box.scrollHeight - this.#height;
    this.#height = box.scrollHeight;
    // While it was hidden nothing could be scrolled.
    if (this.props.state.opened && !before.state.opened) return this.#toEnd();
    if (old === now) return;
    const last = now.at(-1);
    if (last?.key !== old.at(-1)?.key) {
      if (this.#at_end || (last?.row === "bubble" && last.own)) return this.#toEnd();
      this.setState({ missed: this.state.missed + newAnswers(now, old.at(-1)?.key) });
    } else if (now[0]?.key !== old[0]?.key || now[1]?.key !== old[1]?.key) {
      box.scrollTop += grown;
    }
  }

  #toEnd = () => {
    const box = this.#box.current!;
    box.scrollTop = box.scrollHeight;
    if (this.state.missed > 0) this.setState({ missed: 0 });
  };

  #onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = this.#box.current!;
    // Only the reader's own scrolling up leaves the end; growing content does not.
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX) this.#at_end = true;
    else if (scrollTop < this.#top) this.#at_end = false;
    this.#top = scrollTop;
    if (this.#at_end && this.state.missed > 0) this.setState({ missed: 0 });
    const { chat, state } = this.props;
    chat.see();
    if (scrollTop < NEAR_START_PX && state.older === "idle") chat.loadOlder();
  };

  override render({ chat, state }: Props, { missed }: { missed: number }) {
    const { rows, has_more, older, config } = state;
    const greeting = state.greeted ?? config?.greeting;
    return (
      <div class="log-box">
        <div class="log" tabIndex={0} ref={this.#box} onScroll={this.#onScroll}>
          <div role="log" aria-label={t("conversation")} aria-busy={older === "loading"}>
            {older !== "idle" && (
              <Later part={({ Older }) => Older} props={{ older, retry: () => chat.loadOlder() }} />
            )}
            {!has_more && rows.length > 0 && greeting && (
              <p class="greeting" dir="auto">
                {greeting}
              </p>
            )}
            {rows.map((row) => {
              if (row.row === "day") return <Day key={row.key} at={row.at} />;
              if (row.row === "note")
                return <Later key={row.key} part={({ Note }) => Note} props={row} />;
              if (row.row === "rated")
                return <Later key={row.key} part={({ Rated }) => Rated} props={row.entry} />;
              const progress = state.progress.get(row.key);
              return <Bubble key={row.key} row={row} chat={chat} progress={progress} />;
            })}
            {rows[0] && <Later part={({ End }) => End} props={{ chat, state }} />}
          </div>
        </div>
        {rows.length === 0 && config && <p class="lead">{t("lead")}</p>}
        {missed > 0 && <Later part={({ Pill }) => Pill} props={{ missed, act: this.#toEnd }} />}
      </div>
    );
  }
}

function newAnswers(rows: Row[], after: string | undefined): number {
  const news = rows.slice(rows.findIndex((row) => row.key === after) + 1);
  return news.filter((row) => row.row === "bubble" && !row.own).length;
}

function Day({ at }: { at: number }) {
  return (
    <p class="day">
      <time dateTime={new Date(at).toISOString().slice(0, 10)}>
        {dayText(at, Date.now(), tag, t("today"), t("yesterday"))}
      </time>
    </p>
  );
}
