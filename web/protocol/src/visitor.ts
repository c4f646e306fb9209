// Every request a visitor's browser makes, one function each, typed by api.ts.
// Must stay true: the bearer token travels only in the header, never in an address; paths equal
// openapi.json (paths.test.ts compares them).
// Absent: where the token is kept (the widget's frame).

import type {
  Ack,
  Answers,
  Locale,
  PageRequest,
  VisitorMessageRequest,
  VisitorThread,
  VisitorToken,
  WidgetConfig,
} from "./api";
import type { InboxId } from "./ids";
import { createClient, type ClientOptions } from "./rest";

const API = "/w/api/v1";

export type VisitorApi = ReturnType<typeof createVisitorApi>;

export function createVisitorApi(options: ClientOptions = {}) {
  const { json, empty } = createClient({ ...options, base: (options.base ?? "") + API });

  return {
    /** `language` is the browser's. */
    config: (id: InboxId, language: string) =>
      json<WidgetConfig>("GET", `/inboxes/${id}`, { query: { language } }),
    register: (body: { inbox_id: InboxId; origin: string; locale: Locale; answers: Answers }) =>
      json<VisitorToken>("POST", "/visitors", { body }),
    thread: (query: { before?: number; limit?: number } = {}) =>
      json<VisitorThread>("GET", "/thread", { query }),
    sendMessage: (body: VisitorMessageRequest) => json<Ack>("POST", "/messages", { body }),
    look: (body: PageRequest) => empty("PUT", "/page", { body }),
    // Also when the page is left at once.
    forget: () => empty("DELETE", "/identity", { keepalive: true }),
    receipt: (body: { delivered: number; read: number }) => empty("PUT", "/receipt", { body }),
  };
}
