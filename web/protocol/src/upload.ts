// Sends one file and tells how far it is: a small one at once, a larger one in parts. Loaded with the first file.
// Must stay true: a file that was cut goes on behind what the server has, under the id that its sender keeps.
// XMLHttpRequest, because fetch cannot report how much has been sent.

import type { StoredFile, Upload } from "./api";
import { newUploadId, type UploadId } from "./ids";
import { clientProblem, ProblemError, problemOf, unreachable } from "./problem";
import type { Method, RestClient } from "./rest";

const UPLOAD_TIMEOUT_MS = 10 * 60_000;
/** So much is sent anew at worst, and what is no larger goes at once. */
export const PART_BYTES = 2 * 1024 * 1024;

export interface UploadOptions {
  /** Kept by who may go on later, even after the page was loaded anew. */
  id?: UploadId | undefined;
  onProgress?: ((sent_bytes: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export interface UploadClient extends Pick<RestClient, "json"> {
  base: string;
  authorization: () => string | null;
}

export async function upload(
  client: UploadClient,
  name: string,
  content: Blob,
  options: UploadOptions = {},
): Promise<StoredFile> {
  if (content.size > PART_BYTES) {
    return inParts(client, options.id ?? newUploadId(), name, content, options);
  }
  return uploadAt(client, `/files?name=${encodeURIComponent(name)}`, content, options);
}

/** In one request, to an address that takes no parts. */
export function uploadAt(
  client: UploadClient,
  path: string,
  content: Blob,
  options: UploadOptions = {},
): Promise<StoredFile> {
  return send<StoredFile>(client, "POST", path, content, options);
}

async function inParts(
  client: UploadClient,
  id: UploadId,
  name: string,
  content: Blob,
  { onProgress, signal }: UploadOptions,
): Promise<StoredFile> {
  const path = `/uploads/${id}`;
  const { size } = content;
  // Asked again, it answers how far it is.
  let known = await client.json<Upload>("PUT", path, { body: { name, size }, signal });
  for (;;) {
    if (known.file) return known.file;
    const { offset } = known;
    onProgress?.(offset);
    const part = content.slice(offset, offset + PART_BYTES);
    const show = (sent: number) => onProgress?.(Math.min(size, offset + sent));
    try {
      const address = `${path}?offset=${offset}`;
      known = await send(client, "PATCH", address, part, { onProgress: show, signal });
    } catch (error) {
      const told = error instanceof ProblemError && error.code === "upload_offset";
      const from = told ? Number(error.problem.params["offset"]) : offset;
      if (from === offset) throw error;
      known = { ...known, offset: from };
    }
  }
}

function send<T>(
  { base, authorization }: UploadClient,
  method: Method,
  path: string,
  content: Blob,
  { onProgress, signal }: UploadOptions,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const request = new XMLHttpRequest();
    request.open(method, base + path);
    request.timeout = UPLOAD_TIMEOUT_MS;
    const bearer = authorization();
    if (bearer !== null) request.setRequestHeader("authorization", bearer);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status < 200 || request.status > 299) {
        return reject(problemOf(request.status, request.responseText));
      }
      try {
        resolve(JSON.parse(request.responseText) as T);
      } catch {
        reject(clientProblem("unexpected_answer", request.status));
      }
    };
    request.onerror = request.ontimeout = () => reject(unreachable());
    request.onabort = () => reject(signal?.reason as Error);
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(content);
  });
}
