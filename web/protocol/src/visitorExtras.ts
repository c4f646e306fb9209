// What a visitor's browser asks for later: apart from visitor.ts, so that the widget's first load does not carry it.

import type {
  AskTranscript,
  Identified,
  IdentifyRequest,
  PageDataRequest,
  RatingRequest,
  TranscriptWays,
  VisitorEntry,
  ZoneRequest,
} from "./api";
import type { EntryId, FileId } from "./ids";
import type { ClientOptions } from "./rest";
import { createFileClient } from "./transfer";
import type { UploadOptions } from "./upload";

const API = "/w/api/v1";

export type VisitorExtras = ReturnType<typeof createVisitorExtras>;

export function createVisitorExtras(options: ClientOptions = {}) {
  const client = createFileClient({ ...options, base: (options.base ?? "") + API });
  const { json, empty } = client;
  const one = (id: EntryId) => `/messages/${id}`;

  return {
    edit: (id: EntryId, text: string) => json<VisitorEntry>("PATCH", one(id), { body: { text } }),
    remove: (id: EntryId) => json<VisitorEntry>("DELETE", one(id)),
    identify: (body: IdentifyRequest) => json<Identified>("POST", "/identity", { body }),
    tellData: (body: PageDataRequest) => empty("PUT", "/data", { body }),
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
