// What is called otherwise about a Facebook page than about an account of Instagram, on the pages where they are connected.

import { m } from "../../paraglide/messages";

export type MetaChannel = "messenger" | "instagram";

const WORDS = {
  messenger: {
    title: m.messenger_page,
    text: m.messenger_page_text,
    steps: [m.messenger_step_app, m.messenger_step_token, m.page_step_id, m.whatsapp_step_secret],
    page: m.page_id,
    page_hint: m.messenger_page_hint,
    second_secret_hint: m.whatsapp_second_secret_hint,
    token: "EAAG…",
    address: "https://graph.facebook.com/v25.0",
    connect: m.messenger_connect,
    connected: m.messenger_connected,
    disconnected: m.messenger_disconnected,
    disconnect_sure: m.messenger_disconnect_sure,
    callback: m.messenger_callback_text,
  },
  instagram: {
    title: m.instagram_account,
    text: m.instagram_account_text,
    steps: [
      m.instagram_step_account,
      m.instagram_step_app,
      m.instagram_step_token,
      m.instagram_step_secret,
    ],
    page: m.instagram_page,
    page_hint: m.instagram_page_hint,
    second_secret_hint: m.instagram_second_secret_hint,
    token: "IGAA…",
    address: "https://graph.instagram.com/v25.0",
    connect: m.instagram_connect,
    connected: m.instagram_connected,
    disconnected: m.instagram_disconnected,
    disconnect_sure: m.instagram_disconnect_sure,
    callback: m.instagram_callback_text,
  },
};

export function metaWords(channel: MetaChannel): (typeof WORDS)[MetaChannel] {
  return WORDS[channel];
}

/** Whether Meta's own interface is there; then nobody has to read it. */
export function isMetas(address: string): boolean {
  return /^https:\/\/graph\.(facebook|instagram)\.com\//.test(address);
}
