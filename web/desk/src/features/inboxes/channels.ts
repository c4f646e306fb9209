// How channels look and what they are called, one place for lists, threads and settings.

import type { Inbox } from "@sapa/protocol";
import type { IconName } from "@sapa/ui";
import { m } from "../../paraglide/messages";

type Channel = Inbox["channel"];

const ICONS: Record<Channel, IconName> = {
  website: "globe",
  api: "code",
  email: "mail",
  telegram: "send",
  whatsapp: "smartphone",
  messenger: "message-circle",
  instagram: "camera",
};

export const CHANNELS = Object.keys(ICONS) as readonly Channel[];

export function channelIcon(channel: Channel): IconName {
  return ICONS[channel];
}

export function channelName(channel: Channel): string {
  return {
    website: m.channel_website,
    api: m.channel_api,
    email: m.channel_email,
    telegram: m.channel_telegram,
    whatsapp: m.channel_whatsapp,
    messenger: m.channel_messenger,
    instagram: m.channel_instagram,
  }[channel]();
}
