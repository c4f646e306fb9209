// One message: its words, time and tick. All else that it may have is of the extras.
// Must stay true: words from outside are text nodes with their own direction, whatever they contain.

import { CLOCK } from "@sapa/protocol/time";
import { Component, h } from "preact";
import type { Chat } from "../chat";
import { t, tag } from "../i18n";
import { isMarked } from "../text";
import { sameRow, type BubbleRow, type Tick } from "../timeline";
import { initial } from "./Header";
import { Icon } from "./Icon";
import { Later } from "./Later";

interface Props {
  row: BubbleRow;
  chat: Chat;
  progress: number | undefined;
}

/** Drawn again only when its own row changed, so that a new message draws one bubble. */
export class Bubble extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    return !sameRow(next.row, this.props.row) || next.progress !== this.props.progress;
  }

  override render({ row, chat, progress }: Props) {
    const { own, first, last, name, text, outgoing, tick } = row;
    const time = new Intl.DateTimeFormat(tag, CLOCK).format(row.at);
    const author = own ? t("you") : (name ?? t("team"));
    const classes = ["bubble-row", own ? "out" : "in", first && "first", last && "last", tick];
    return (
      <article
        id={row.key}
        class={classes.filter(Boolean).join(" ")}
        aria-label={t("entry_label", { name: author, time })}
      >
        {!own && first && <p class="name">{author}</p>}
        {!own && last && (
          <span class="face" aria-hidden="true">
            {initial(author)}
          </span>
        )}
        <Later part={({ Above }) => Above} props={{ chat, row }} />
        {text && (
          <div class="bubble" dir="auto">
            {isMarked(text) ? (
              <Later part={({ Words }) => Words} props={{ text }} instead={text} />
            ) : (
              text
            )}
          </div>
        )}
        <Later part={({ Below }) => Below} props={{ chat, row, progress }} />
        {last && (
          <p class="meta">
            <time dateTime={new Date(row.at).toISOString()}>{time}</time>
            {tick && tick !== "failed" && <Status tick={tick} />}
          </p>
        )}
        {outgoing?.problem && <Later part={({ Failure }) => Failure} props={{ chat, row }} />}
      </article>
    );
  }
}

function Status({ tick }: { tick: Exclude<Tick, "failed"> }) {
  return (
    <span class="tick" role="img" aria-label={t(tick)} title={t(tick)}>
      <Icon name={tick} />
    </span>
  );
}
