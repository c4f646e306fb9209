// When an answer can be expected, while nobody is there. Messages are taken all the same.
// Must stay true: the day and the time are the visitor's own; what is over is not said any more.

import type { Opening } from "@sapa/protocol";
import { CLOCK, daysBetween } from "@sapa/protocol/time";
import { Component, h } from "preact";
import type { Chat } from "../chat";
import { tag } from "../i18n";
import { w } from "../words";
import { Icon } from "./Icon";

/** What a timer of the browser can wait for. */
const LONGEST_MS = 24 * 24 * 3_600_000;
/** Weekdays name the next days without doubt. */
const WEEK_DAYS = 6;
/** A little late, so that the server agrees. */
const LATE_MS = 1_000;

interface Props {
  chat: Chat;
  opening: Opening;
}

export class Hours extends Component<Props> {
  #timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidMount() {
    this.#wait();
  }

  override componentDidUpdate(before: Props) {
    if (before.opening.changes_at !== this.props.opening.changes_at) this.#wait();
  }

  override componentWillUnmount() {
    clearTimeout(this.#timer);
  }

  #wait() {
    clearTimeout(this.#timer);
    const { chat, opening } = this.props;
    const left = (opening.changes_at ?? Infinity) - Date.now();
    if (left > LONGEST_MS) return;
    this.#timer = setTimeout(() => void chat.loadConfig(), Math.max(0, left) + LATE_MS);
  }

  override render({ opening }: Props) {
    const text = closedText(opening, Date.now());
    return (
      <p class="hours" role="status">
        {text && [<Icon key="clock" name="sending" />, <span key="words">{text}</span>]}
      </p>
    );
  }
}

export function closedText({ open, changes_at }: Opening, now: number): string | null {
  if (open) return null;
  if (changes_at === null) return w("closed");
  if (changes_at <= now) return null;
  const time = new Intl.DateTimeFormat(tag, CLOCK).format(changes_at);
  const days = daysBetween(now, changes_at);
  if (days === 0) return w("opens_today", { time });
  if (days === 1) return w("opens_tomorrow", { time });
  const named: Intl.DateTimeFormatOptions =
    days <= WEEK_DAYS ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" };
  return w("opens_on", { day: new Intl.DateTimeFormat(tag, named).format(changes_at), time });
}
