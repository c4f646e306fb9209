// Files on their way to the server: progress, cancel, try again.
// Must stay true: limits are checked before a byte is sent; a cancelled file leaves no trace on screen.

import {
  ProblemError,
  type Limits,
  type Problem,
  type StaffApi,
  type StoredFile,
} from "@sapa/protocol";
import { formatBytes, formatList } from "../../../app/format";
import { isolated } from "../../../app/isolate";
import { m } from "../../../paraglide/messages";
import { checkFile, type FileFault } from "./limits";

export interface Upload {
  key: number;
  name: string;
  size: number;
  sent_bytes: number;
  problem: Problem | null;
  stored: StoredFile | null;
}

let next_key = 1;

export class Uploads {
  all = $state.raw<readonly Upload[]>([]);
  /** Why files of the last choice were not taken. */
  refused = $state.raw<readonly string[]>([]);
  #api: Pick<StaffApi, "upload" | "copyFile">;
  #limits: () => Limits;
  #onStored: () => void;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
  #running = new Map<number, { content: File; controller: AbortController }>();

  constructor(
    api: Pick<StaffApi, "upload" | "copyFile">,
    limits: () => Limits,
    onStored: () => void,
  ) {
    this.#api = api;
    this.#limits = limits;
    this.#onStored = onStored;
  }

  get stored(): StoredFile[] {
    return this.all.flatMap(({ stored }) => stored ?? []);
  }

  get busy(): boolean {
    return this.all.some(({ stored, problem }) => !stored && !problem);
  }

  get failed(): boolean {
    return this.all.some(({ problem }) => problem !== null);
  }

  /** Takes over files that a draft already holds. */
  adopt(files: readonly StoredFile[]): void {
    this.clear();
    this.all = files.map((stored) => ({
      key: next_key++,
      name: stored.name,
      size: stored.size,
      sent_bytes: stored.size,
      problem: null,
      stored,
    }));
  }

  /** Takes the good ones; the others are named with the reason. */
  add(files: readonly File[]): void {
    const refused: string[] = [];
    const left_out: string[] = [];
    for (const file of files) {
      const fault = checkFile(file.size, this.all.length, this.#limits());
      if (fault === "too_many") left_out.push(isolated(file.name));
      else if (fault) refused.push(this.#sentence(fault, file));
      else this.#begin(file);
    }
    if (left_out.length > 0) {
      const max = this.#limits().message_files;
      refused.push(m.files_too_many({ max, names: formatList(left_out) }));
    }
    this.refused = refused;
  }

  /** A file of the conversation goes once more, as a copy of its own. */
  async again({ id, name, size }: StoredFile): Promise<void> {
    const max = this.#limits().message_files;
    if (this.all.length >= max) {
      this.refused = [m.files_too_many({ max, names: isolated(name) })];
      return;
    }
    const stored = await this.#api.copyFile(id);
    this.all = [
      ...this.all,
      { key: next_key++, name, size, sent_bytes: size, problem: null, stored },
    ];
    this.#onStored();
  }

  retry(key: number): void {
    const run = this.#running.get(key);
    if (run) void this.#send(key, run.content);
  }

  remove(key: number): void {
    this.#running.get(key)?.controller.abort();
    this.#running.delete(key);
    this.all = this.all.filter((upload) => upload.key !== key);
    this.#onStored();
  }

  clear(): void {
    for (const { controller } of this.#running.values()) controller.abort();
    this.#running.clear();
    this.all = [];
    this.refused = [];
  }

  #begin(file: File): void {
    const key = next_key++;
    const upload = {
      key,
      name: file.name,
      size: file.size,
      sent_bytes: 0,
      problem: null,
      stored: null,
    };
    this.all = [...this.all, upload];
    void this.#send(key, file);
  }

  async #send(key: number, content: File): Promise<void> {
    const controller = new AbortController();
    this.#running.set(key, { content, controller });
    this.#change(key, { sent_bytes: 0, problem: null });
    try {
      const stored = await this.#api.upload(content.name, content, {
        signal: controller.signal,
        onProgress: (sent_bytes) => this.#change(key, { sent_bytes }),
      });
      this.#running.delete(key);
      this.#change(key, { stored, sent_bytes: content.size });
      this.#onStored();
    } catch (error) {
      if (error instanceof ProblemError) this.#change(key, { problem: error.problem });
    }
  }

  #change(key: number, change: Partial<Upload>): void {
    this.all = this.all.map((upload) => (upload.key === key ? { ...upload, ...change } : upload));
  }

  #sentence(fault: Exclude<FileFault, "too_many">, file: File): string {
    const name = isolated(file.name);
    if (fault === "empty") return m.file_is_empty({ name });
    const max = formatBytes(this.#limits().file_bytes);
    return m.file_is_too_large({ name, size: formatBytes(file.size), max });
  }
}
