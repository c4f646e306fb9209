// Every request a visitor's browser makes, one function each, typed by api.ts.
// Must stay true: the bearer token travels only in the header, never in an address; paths equal
// openapi.json (paths.test.ts compares them).
// Absent: where the token is kept (the widget's frame).

import type {
  Ack,
  Answers,
  Locale,
  PageRequest,
  StoredFile,
  VisitorMessageRequest,
  VisitorThread,
  VisitorToken,
  WidgetConfig,
} from "./api";
import type { FileId, InboxId } from "./ids";
import { createClient, type ClientOptions } from "./rest";
import type { UploadOptions } from "./upload";

const API = "/w/api/v1";

export type VisitorApi = ReturnType<typeof createVisitorApi>;

export function createVisitorApi(options: ClientOptions = {}) {
  const client = createClient({ ...options, base: (options.base ?? "") + API });
  const { json, empty } = client;

  return {
    config: (id: InboxId) => json<WidgetConfig>("GET", `/inboxes/${id}`),
    register: (body: { inbox_id: InboxId; origin: string; locale: Locale; answers: Answers }) =>
      json<VisitorToken>("POST", "/visitors", { body }),
    thread: (query: { before?: number; limit?: number } = {}) =>
      json<VisitorThread>("GET", "/thread", { query }),
    sendMessage: (body: VisitorMessageRequest) => json<Ack>("POST", "/messages", { body }),
    look: (body: PageRequest) => empty("PUT", "/page", { body }),
    receipt: (body: { delivered: number; read: number }) => empty("PUT", "/receipt", { body }),
    upload: (name: string, content: Blob, upload?: UploadOptions) =>
      client.upload<StoredFile>(`/files?name=${encodeURIComponent(name)}`, content, upload),
    file: (id: FileId, signal?: AbortSignal) => client.blob(`/files/${id}`, signal),
    preview: (id: FileId, signal?: AbortSignal) => client.blob(`/files/${id}/preview`, signal),
  };
}
