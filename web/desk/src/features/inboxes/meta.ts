// What is called otherwise about Meta's channels on the pages where their accounts are connected.

import type { ConnectedAccount } from "@sapa/protocol";
import { m } from "../../paraglide/messages";

/** Behind which is a Facebook page, or an account of Instagram. */
export type PageChannel = "messenger" | "instagram";
export type MetaChannel = PageChannel | "whatsapp";

interface Words {
  title: () => string;
  text: () => string;
  connected: () => string;
  disconnected: () => string;
  disconnect_sure: () => string;
  disconnect_text: () => string;
  callback: () => string;
  fine: (name: string) => string;
  not_subscribed: () => string;
  /** What Meta calls what it tells. What is not here keeps Meta's word. */
  notes: Record<string, () => string>;
  /** What Meta calls it. */
  ids: (fields: ConnectedAccount["fields"]) => { label: string; value: string }[];
}

const OF_PAGES = {
  disconnect_text: m.page_disconnect_text,
  fine: (name: string) => m.page_fine({ name }),
  not_subscribed: m.page_not_subscribed,
  notes: { page: m.page_linked, policy_enforcement: m.page_note_policy },
  ids: ({ page_id }: ConnectedAccount["fields"]) =>
    page_id ? [{ label: m.page_id(), value: page_id }] : [],
};

const WORDS: Record<MetaChannel, Words> = {
  whatsapp: {
    title: m.whatsapp_number,
    text: m.whatsapp_number_text,
    connected: m.whatsapp_connected,
    disconnected: m.whatsapp_disconnected,
    disconnect_sure: m.whatsapp_disconnect_sure,
    disconnect_text: m.whatsapp_disconnect_text,
    callback: m.whatsapp_callback_text,
    fine: (number) => m.whatsapp_fine({ number }),
    not_subscribed: m.whatsapp_not_subscribed,
    notes: {
      quality_rating: m.whatsapp_note_quality,
      phone_number_quality_update: m.whatsapp_note_limit,
      account_update: m.whatsapp_note_account,
      account_alerts: m.whatsapp_note_alert,
      account_review_update: m.whatsapp_note_review,
      phone_number_name_update: m.whatsapp_note_name,
      message_template_status_update: m.whatsapp_note_template,
      message_template_quality_update: m.whatsapp_note_template_quality,
      security: m.whatsapp_note_security,
    },
    ids: ({ number_id, business_id }) => [
      { label: m.whatsapp_number_id(), value: number_id ?? "" },
      { label: m.whatsapp_business_id(), value: business_id ?? "" },
    ],
  },
  messenger: {
    ...OF_PAGES,
    title: m.messenger_page,
    text: m.messenger_page_text,
    connected: m.messenger_connected,
    disconnected: m.messenger_disconnected,
    disconnect_sure: m.messenger_disconnect_sure,
    callback: m.messenger_callback_text,
  },
  instagram: {
    ...OF_PAGES,
    title: m.instagram_account,
    text: m.instagram_account_text,
    connected: m.instagram_connected,
    disconnected: m.instagram_disconnected,
    disconnect_sure: m.instagram_disconnect_sure,
    callback: m.instagram_callback_text,
  },
};

export const isMeta = (channel: string): channel is MetaChannel => channel in WORDS;

export const metaWords = (channel: MetaChannel): Words => WORDS[channel];

const CONNECTING = {
  messenger: {
    steps: [m.messenger_step_app, m.messenger_step_token, m.page_step_id, m.whatsapp_step_secret],
    page: m.page_id,
    page_hint: m.messenger_page_hint,
    second_secret_hint: m.whatsapp_second_secret_hint,
    token: "EAAG…",
    address: "https://graph.facebook.com/v25.0",
    connect: m.messenger_connect,
  },
  instagram: {
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
  },
};

/** What connecting one says besides. */
export const connectingWords = (channel: PageChannel): (typeof CONNECTING)[PageChannel] =>
  CONNECTING[channel];

/** Whether Meta's own interface is there; then nobody has to read it. */
export function isMetas(address: string): boolean {
  return /^https:\/\/graph\.(facebook|instagram)\.com\//.test(address);
}
