// Every request that another system makes to an API inbox, one function each; the desk and the widget make none of them.
// Must stay true: the access token travels only in the header; paths equal openapi.json (paths.test.ts compares them).
// For Node without packages there is docs/examples/echo.mjs.

import type { components } from "./api.gen";
import type { FileId, InboxId } from "./ids";
import type { ClientOptions } from "./rest";
import { createFileClient } from "./transfer";
import type { UploadOptions } from "./upload";

type Schemas = components["schemas"];
export type PostedMessage = Schemas["PostMessage"];
export type Posted = Schemas["Posted"];
export type StatusWord = Schemas["StatusWord"];
export type WebhookEvent = Schemas["WebhookEvent"];

export function createIntegrationApi(options: ClientOptions = {}) {
  const client = createFileClient({ ...options, base: (options.base ?? "") + "/api/v1" });
  const { json, empty } = client;
  const one = (id: InboxId, message: string) =>
    `/inboxes/${id}/messages/${encodeURIComponent(message)}`;

  return {
    post: (id: InboxId, body: PostedMessage) =>
      json<Posted>("POST", `/inboxes/${id}/messages`, { body }),
    edit: (id: InboxId, message: string, text: string) =>
      json<Schemas["Corrected"]>("PATCH", one(id, message), { body: { text } }),
    remove: (id: InboxId, message: string) => empty("DELETE", one(id, message)),
    status: (id: InboxId, message: string, status: StatusWord, error: string | null = null) =>
      json<Schemas["DeliveryState"]>("POST", `${one(id, message)}/status`, {
        body: { status, error },
      }),
    typing: (id: InboxId, contact: string, on: boolean) =>
      empty("PUT", `/inboxes/${id}/typing`, { body: { contact, on } }),
    read: (id: InboxId, contact: string, message: string | null = null) =>
      empty("PUT", `/inboxes/${id}/read`, { body: { contact, message } }),
    upload: (id: InboxId, content: Blob, name: string, upload?: UploadOptions) =>
      client.uploadAt(`/inboxes/${id}/files?name=${encodeURIComponent(name)}`, content, upload),
    file: (id: InboxId, file: FileId) => client.blob(`/inboxes/${id}/files/${file}`),
  };
}
