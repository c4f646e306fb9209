// Files of the thread. Requests carry the visitor's token in a header, so pictures and downloads are
// fetched here and shown as blob: addresses.
// Must stay true: bytes from others are never opened as a page, only drawn as a picture or saved.

import type { FileId, Limits, Problem, StoredFile, VisitorApi } from "@sapa/protocol";

const BYTES_PER_KB = 1_024;
const BYTES_PER_MB = 1_048_576;
const REVOKE_AFTER_MS = 60_000;

export class Files {
  #api: VisitorApi;
  #pictures = new Map<FileId, Promise<string>>();

  constructor(api: VisitorApi) {
    this.#api = api;
  }

  /** The address of a picture's preview; asked for once. */
  picture(file: StoredFile): Promise<string> {
    const known = this.#pictures.get(file.id);
    if (known) return known;
    const loading = this.#api.preview(file.id).then((blob) => URL.createObjectURL(blob));
    this.#pictures.set(file.id, loading);
    loading.catch(() => this.#pictures.delete(file.id));
    return loading;
  }

  /** An own picture is shown from the visitor's disk, also after it was sent. */
  adopt(id: FileId, content: Blob): void {
    if (content.type.startsWith("image/")) {
      this.#pictures.set(id, Promise.resolve(URL.createObjectURL(content)));
    }
  }

  has(id: FileId): boolean {
    return this.#pictures.has(id);
  }

  async save(file: StoredFile): Promise<void> {
    const content = await this.#api.file(file.id);
    // Without its own type the browser can only save it.
    const blob = new Blob([content], { type: "application/octet-stream" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
  }
}

/** What the server would refuse anyway, said before the upload. */
export function refuse(files: readonly File[], already: number, limits: Limits): Refusal | null {
  if (files.length + already > limits.message_files) {
    return { code: "too_many_files", params: { max: limits.message_files } };
  }
  for (const { name, size } of files) {
    if (size === 0) return { code: "file_empty", params: { name } };
    if (size > limits.file_bytes) {
      return { code: "file_too_large", params: { name, max_bytes: limits.file_bytes } };
    }
  }
  return null;
}

export type Refusal = Pick<Problem, "code" | "params">;

export function sizeParts(bytes: number): { unit: "kb" | "mb"; size: string } {
  const mb = bytes >= BYTES_PER_MB;
  const value = mb ? bytes / BYTES_PER_MB : Math.max(1, Math.round(bytes / BYTES_PER_KB));
  return { unit: mb ? "mb" : "kb", size: mb ? value.toFixed(1) : String(value) };
}
