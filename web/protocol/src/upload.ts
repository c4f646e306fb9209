// Sends one file and tells how far it is. Loaded with the first file.
// XMLHttpRequest, because fetch cannot report how much has been sent.

import { clientProblem, problemOf, unreachable } from "./problem";

const UPLOAD_TIMEOUT_MS = 10 * 60_000;

export interface UploadOptions {
  onProgress?: ((sent_bytes: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export function upload<T>(
  url: string,
  content: Blob,
  bearer: string | null,
  { onProgress, signal }: UploadOptions,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = UPLOAD_TIMEOUT_MS;
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
