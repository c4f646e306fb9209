// Files over the client of rest.ts, both ways: apart from it, so that the widget's first load does not carry them.

import type { StoredFile } from "./api";
import { unreachable } from "./problem";
import { createClient, type ClientOptions } from "./rest";
import type { UploadOptions } from "./upload";

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

export function createFileClient(options: ClientOptions) {
  const client = createClient(options);
  const { base = "", authorization = () => null } = options;
  const uploadClient = { json: client.json, base, authorization };
  return {
    ...client,
    async blob(path: string, signal?: AbortSignal): Promise<Blob> {
      const response = await client.send("GET", path, { signal, timeout_ms: DOWNLOAD_TIMEOUT_MS });
      return response.blob().catch(() => {
        throw unreachable();
      });
    },
    async upload(name: string, content: Blob, request?: UploadOptions): Promise<StoredFile> {
      const { upload } = await uploading();
      return upload(uploadClient, name, content, request);
    },
    async uploadAt(path: string, content: Blob, request?: UploadOptions): Promise<StoredFile> {
      const { uploadAt } = await uploading();
      return uploadAt(uploadClient, path, content, request);
    },
  };
}

function uploading() {
  return import("./upload").catch(() => {
    throw unreachable();
  });
}
