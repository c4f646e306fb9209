// The conversation: rows, older history at the top edge, typing dots at the end.
// Must stay true: nothing moves under the reader. New words pull down only a reader who is at the end;
// anyone else gets a pill. Older pages keep the place.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat, ChatState } from "../chat";
import { locale, t, tn } from "../i18n";
import type { NoteRow, Row } from "../timeline";
import { Bubble } from "./Bubble";
import { Icon } from "./Icon";

const NEAR_END_PX = 60;
const NEAR_START_PX = 200;
const DAY_MS = 86_400_000;

export function Thread({ chat, state }: { chat: Chat; state: ChatState }) {
  const { rows, has_more, older, typing, opened } = state;
  const log = useRef<HTMLDivElement>(null);
  const at_end = useRef(true);
  const shown = useRef({ first: "", last: "", height: 0 });
  const [missed, setMissed] = useState(0);

  const toEnd = () => {
    const box = log.current!;
    box.scrollTop = box.scrollHeight;
    setMissed(0);
  };

  useLayoutEffect(() => {
    const box = log.current!;
    const before = shown.current;
    const last = rows.at(-1);
    const now = { first: rows[0]?.key ?? "", last: last?.key ?? "", height: box.scrollHeight };
    const own = last?.row === "bubble" && last.own;
    if (now.last !== before.last) {
      if (at_end.current || own) toEnd();
      else setMissed(missed + newAnswers(rows, before.last));
    } else if (now.first !== before.first) {
      box.scrollTop += now.height - before.height;
    }
    shown.current = now;
  }, [rows]);

  useLayoutEffect(() => {
    if (at_end.current) toEnd();
  }, [typing, opened]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (at_end.current) toEnd();
    });
    observer.observe(log.current!);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const box = log.current!;
    at_end.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (at_end.current && missed > 0) setMissed(0);
    if (box.scrollTop < NEAR_START_PX && older === "idle") void chat.loadOlder();
  };

  return (
    <div class="log-box">
      <div
        class="log"
        role="log"
        tabIndex={0}
        ref={log}
        aria-label={t("conversation")}
        aria-busy={older === "loading"}
        onScroll={onScroll}
      >
        {older === "loading" && <Skeletons />}
        {older === "failed" && (
          <p class="note">
            {t("older_failed")}{" "}
            <button type="button" class="link" onClick={() => void chat.loadOlder()}>
              {t("try_again")}
            </button>
          </p>
        )}
        {!has_more && rows.length > 0 && state.config?.greeting && (
          <p class="greeting" dir="auto">
            {state.config.greeting}
          </p>
        )}
        {rows.map((row) => {
          if (row.row === "day") return <Day key={row.key} at={row.at} />;
          if (row.row === "note") return <Note key={row.key} row={row} />;
          return (
            <Bubble key={row.key} row={row} chat={chat} progress={state.progress.get(row.key)} />
          );
        })}
        {typing && (
          <div class="bubble-row in typing first last">
            <span class="bubble" role="img" aria-label={typingText(typing.name)}>
              <i />
              <i />
              <i />
            </span>
          </div>
        )}
      </div>
      {missed > 0 && (
        <button type="button" class="pill" title={t("to_newest")} onClick={toEnd}>
          <Icon name="down" />
          {tn("new", missed)}
        </button>
      )}
    </div>
  );
}

function newAnswers(rows: Row[], after: string): number {
  const news = rows.slice(rows.findIndex((row) => row.key === after) + 1);
  return news.filter((row) => row.row === "bubble" && !row.own).length;
}

function typingText(name: string | null): string {
  return name ? t("typing", { name }) : t("typing_somebody");
}

function Day({ at }: { at: number }) {
  return (
    <p class="day">
      <time dateTime={new Date(at).toISOString().slice(0, 10)}>{dayText(at, Date.now())}</time>
    </p>
  );
}

function dayText(at: number, now: number): string {
  const day = new Date(at);
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - day.setHours(0, 0, 0, 0)) / DAY_MS);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  if (days < 7) return new Intl.DateTimeFormat(locale, { weekday: "long" }).format(at);
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(at);
}

function Note({ row: { kind, name } }: { row: NoteRow }) {
  if (kind === "assigned") return <p class="note">{t("joined", { name: name ?? t("team") })}</p>;
  return <p class="note">{t(kind)}</p>;
}

function Skeletons() {
  return (
    <div class="skeletons" aria-label={t("older")} role="img">
      <i />
      <i />
      <i />
    </div>
  );
}
