// Files over the client of rest.ts, both ways: apart from it, so that the widget's first load does not carry them.

import { unreachable } from "./problem";
import { createClient, type ClientOptions } from "./rest";
import type { UploadOptions } from "./upload";

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

export function createFileClient(options: ClientOptions) {
  const client = createClient(options);
  return {
    ...client,
    async blob(path: string, signal?: AbortSignal): Promise<Blob> {
      const response = await client.send("GET", path, { signal, timeout_ms: DOWNLOAD_TIMEOUT_MS });
      return response.blob().catch(() => {
        throw unreachable();
      });
    },
    async upload<T>(path: string, content: Blob, request: UploadOptions = {}): Promise<T> {
      const { upload } = await import("./upload").catch(() => {
        throw unreachable();
      });
      const bearer = options.authorization?.() ?? null;
      return upload<T>((options.base ?? "") + path, content, bearer, request);
    },
  };
}
