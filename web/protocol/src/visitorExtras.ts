// What a visitor's browser asks for later: apart from visitor.ts, so that the widget's first load does not carry it.

import type {
  AskTranscript,
  HeardHere,
  HereRequest,
  Identified,
  IdentifyRequest,
  InvitationFateRequest,
  PageDataRequest,
  RatingRequest,
  TranscriptWays,
  VisitorEntry,
  ZoneRequest,
} from "./api";
import type { EntryId, FileId, InboxId, SiteVisitorId } from "./ids";
import type { ClientOptions } from "./rest";
import { createFileClient } from "./transfer";
import type { UploadOptions } from "./upload";

const API = "/w/api/v1";

export type VisitorExtras = ReturnType<typeof createVisitorExtras>;

export function createVisitorExtras(options: ClientOptions = {}) {
  const client = createFileClient({ ...options, base: (options.base ?? "") + API });
  const { json, empty } = client;
  const here = (inbox: InboxId, visit: SiteVisitorId) => `/inboxes/${inbox}/here/${visit}`;
  const one = (id: EntryId) => `/messages/${id}`;

  return {
    edit: (id: EntryId, text: string) => json<VisitorEntry>("PATCH", one(id), { body: { text } }),
    remove: (id: EntryId) => json<VisitorEntry>("DELETE", one(id)),
    identify: (body: IdentifyRequest) => json<Identified>("POST", "/identity", { body }),
    tellData: (body: PageDataRequest) => empty("PUT", "/data", { body }),
    tellHere: (inbox: InboxId, visit: SiteVisitorId, body: HereRequest) =>
      json<HeardHere>("PUT", here(inbox, visit), { body }),
    // Also when the page is left at once.
    leaveHere: (inbox: InboxId, visit: SiteVisitorId) =>
      empty("DELETE", here(inbox, visit), { keepalive: true }),
    tellInvitation: (inbox: InboxId, visit: SiteVisitorId, body: InvitationFateRequest) =>
      empty("PUT", `${here(inbox, visit)}/invitation`, { body, keepalive: true }),
    tellZone: (body: ZoneRequest) => empty("PUT", "/zone", { body }),
    click: (id: EntryId) => empty("PUT", `${one(id)}/click`),
    upload: (name: string, content: Blob, upload?: UploadOptions) =>
      client.upload(name, content, upload),
    file: (id: FileId, signal?: AbortSignal) => client.blob(`/files/${id}`, signal),
    preview: (id: FileId, signal?: AbortSignal) => client.blob(`/files/${id}/preview`, signal),
    transcriptWays: () => json<TranscriptWays>("GET", "/transcript"),
    mailTranscript: (body: AskTranscript) => empty("POST", "/transcript", { body }),
    rate: (body: RatingRequest) => json<VisitorEntry>("PUT", "/rating", { body }),
  };
}
