// The inbox's face: its color, its title, who answers. Tall with the greeting while nothing was written.

import { h, type RefObject } from "preact";
import type { Chat, ChatState } from "../chat";
import { t } from "../i18n";
import { Icon } from "./Icon";
import { Later } from "./Later";
import { Tool } from "./Tool";

interface Props {
  chat: Chat;
  state: ChatState;
  close: (() => void) | null;
  heading: RefObject<HTMLHeadingElement | null>;
}

export function Header({ chat, state, close, heading }: Props) {
  const { config, sound, known, opened } = state;
  const agent = known.conversation?.agent?.name;
  return (
    <header>
      <div class="bar">
        <span class="face" aria-hidden="true">
          {agent ? initial(agent) : <Icon name="chat" />}
        </span>
        <div class="who">
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {config?.title}
          </h1>
          <p>{opened && <Later part={({ Presence }) => Presence} props={state} />}</p>
        </div>
        {opened && known.conversation && (
          <Later part={({ Transcript }) => Transcript} props={{ chat }} />
        )}
        <Tool
          icon={sound ? "sound" : "mute"}
          label={t(sound ? "sound_off" : "sound_on")}
          act={() => chat.setSound(!sound)}
        />
        {close && <Tool icon="down" label={t("close")} act={close} />}
      </div>
      <div class="hero">
        <p dir="auto">{state.greeted ?? config?.greeting}</p>
      </div>
    </header>
  );
}

export function initial(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? "";
}
