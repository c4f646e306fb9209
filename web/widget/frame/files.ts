// Files, on their way out and in. Loaded with the first one, and at idle.
// Requests carry the visitor's token in a header, so pictures are fetched here and shown as blob: addresses.
// Must stay true: bytes from others are never opened as a page, only drawn as a picture or saved; an
// upload that is through is never repeated.

import { ProblemError, type EntryId, type FileId, type StoredFile } from "@sapa/protocol";
import { createVisitorExtras, type VisitorExtras } from "@sapa/protocol/visitorExtras";
import type { Chat } from "./chat";
import type { Outgoing, OutgoingFile } from "./outbox";
import { saveAs } from "@sapa/protocol/save";

export class Files {
  #chat: Chat;
  #api: VisitorExtras;
  #pictures = new Map<FileId, Promise<string>>();

  constructor(chat: Chat) {
    this.#chat = chat;
    this.#api = createVisitorExtras({
      authorization: () => chat.token && `Bearer ${chat.token}`,
    });
  }

  /** Uploads what is not stored yet; `keep` remembers each one that is through. */
  async upload(
    message: Outgoing,
    keep: (message: Outgoing) => Promise<void>,
  ): Promise<StoredFile[]> {
    const files = [...message.files];
    const total = files.reduce((sum, { content }) => sum + content.size, 0);
    let done = 0;
    for (const [index, file] of files.entries()) {
      if (!file.stored) {
        const stored = await this.#send(file, (sent) =>
          this.#showProgress(message.id, (done + sent) / total),
        );
        this.#adopt(stored.id, file.content);
        files[index] = { ...file, stored };
        await keep({ ...message, files: [...files] });
      }
      done += file.content.size;
    }
    this.#showProgress(message.id, null);
    return files.map((file) => file.stored!);
  }

  /** A large one goes on where it was cut, also by a page that comes later. */
  async #send(
    { name, content, upload: id }: OutgoingFile,
    onProgress: (sent: number) => void,
  ): Promise<StoredFile> {
    try {
      return await this.#api.upload(name, content, { id, onProgress });
    } catch (error) {
      // Begun by the visitor that he was before, or over since: from the start.
      const codes = ["id_reused", "file_unknown", "not_found"];
      if (!id || !(error instanceof ProblemError) || !codes.includes(error.code)) throw error;
      return this.#api.upload(name, content, { onProgress });
    }
  }

  #showProgress(id: EntryId, share: number | null): void {
    const progress = new Map(this.#chat.state.progress);
    if (share === null) progress.delete(id);
    else progress.set(id, share);
    this.#chat.update({ progress });
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
    saveAs(await this.#api.file(file.id), file.name);
  }

  // An own picture is shown from the visitor's disk, also after it was sent.
  #adopt(id: FileId, content: Blob): void {
    if (content.type.startsWith("image/")) {
      this.#pictures.set(id, Promise.resolve(URL.createObjectURL(content)));
    }
  }
}
