// Files, on their way out and in. Loaded with the first one, and at idle.
// Requests carry the visitor's token in a header, so pictures are fetched here and shown as blob: addresses.
// Must stay true: bytes from others are never opened as a page, only drawn as a picture or saved; an
// upload that is through is never repeated.

import type { FileId, StoredFile, VisitorApi } from "@sapa/protocol";
import type { Outgoing } from "./outbox";

const REVOKE_AFTER_MS = 60_000;

export class Files {
  #api: VisitorApi;
  #pictures = new Map<FileId, Promise<string>>();

  constructor(api: VisitorApi) {
    this.#api = api;
  }

  /** Uploads what is not stored yet; `keep` remembers each one that is through. */
  async upload(
    message: Outgoing,
    keep: (message: Outgoing) => Promise<void>,
    onProgress: (share: number) => void,
  ): Promise<StoredFile[]> {
    const files = [...message.files];
    const total = files.reduce((sum, { content }) => sum + content.size, 0);
    let done = 0;
    for (const [index, file] of files.entries()) {
      if (!file.stored) {
        const stored = await this.#api.upload(file.name, file.content, {
          onProgress: (sent) => onProgress((done + sent) / total),
        });
        this.#adopt(stored.id, file.content);
        files[index] = { ...file, stored };
        await keep({ ...message, files: [...files] });
      }
      done += file.content.size;
    }
    return files.map((file) => file.stored!);
  }

  /** The address of a picture as soon as there is one to show; asked for once. */
  async picture({ id, preview }: StoredFile): Promise<string | null> {
    const known = this.#pictures.get(id);
    if (known) return known;
    if (preview !== "ready") return null;
    const loading = this.#api.preview(id).then((blob) => URL.createObjectURL(blob));
    this.#pictures.set(id, loading);
    loading.catch(() => this.#pictures.delete(id));
    return loading;
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

  // An own picture is shown from the visitor's disk, also after it was sent.
  #adopt(id: FileId, content: Blob): void {
    if (content.type.startsWith("image/")) {
      this.#pictures.set(id, Promise.resolve(URL.createObjectURL(content)));
    }
  }
}
