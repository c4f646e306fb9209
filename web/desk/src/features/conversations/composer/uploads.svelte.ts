// Files on their way to the server: progress, cancel, try again.
// Must stay true: limits are checked before a byte is sent; a cancelled file leaves no trace on screen; one that could
// not be had stays, with the reason, so that no message leaves without it unseen; one that the network keeps back goes on
// by itself, and is handed over when its box is left (`leave`).

import {
  newUploadId,
  ProblemError,
  type MessageLimits,
  type Problem,
  type QuickReply,
  type StaffApi,
  type StoredFile,
  type UploadId,
} from "@sapa/protocol";
import { formatBytes, formatList } from "../../../app/format";
import { isolated } from "../../../app/isolate";
import { m } from "../../../paraglide/messages";
import { checkFile, isShrinkable, kindOf, largestFile, type FileFault } from "./limits";

export interface Upload {
  key: number;
  name: string;
  size: number;
  sent_bytes: number;
  problem: Problem | null;
  stored: StoredFile | null;
  /** A picture as it is here; null: another file, or one that came from elsewhere. */
  local: string | null;
}

/** Why a file was not taken. */
export interface Refusal {
  sentence: string;
  /** It is too large, but may be made smaller. */
  image: File | null;
}

/** On its way when its box was left. */
export interface LeftFile {
  id: UploadId;
  content: File;
}

const RETRY_MS = 5_000;

/** What no problem of the contract tells. */
const UNKNOWN: Problem = { type: "about:blank", title: "", status: 0, code: "client", params: {} };

let next_key = 1;

/** With nothing left to send. */
function whole(key: number, stored: StoredFile): Upload {
  const { name, size } = stored;
  return { key, name, size, sent_bytes: size, problem: null, stored, local: null };
}

export function isWaiting({ problem }: Upload): boolean {
  return problem?.code === "unreachable";
}

export function isFailed(upload: Upload): boolean {
  return upload.problem !== null && !isWaiting(upload);
}

/** What every browser draws. */
function isPicture({ type }: File): boolean {
  return /^image\/(png|jpe?g|gif|webp|avif|bmp)$/.test(type);
}

function forget(uploads: readonly Upload[]): void {
  for (const { local } of uploads) if (local) URL.revokeObjectURL(local);
}

async function smaller(image: File, max_bytes: number): Promise<File | null> {
  const { shrunk } = await import("./shrink");
  return shrunk(image, max_bytes);
}

export class Uploads {
  all = $state.raw<readonly Upload[]>([]);
  /** Of the last choice. */
  refused = $state.raw<readonly Refusal[]>([]);
  #api: Pick<StaffApi, "upload" | "copyFile" | "copyQuickReplyFiles">;
  #limits: () => MessageLimits;
  /** What the way is called that they go. */
  #channel: () => string;
  #onStored: () => void;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
  #running = new Map<number, { content: File; id: UploadId; controller: AbortController }>();
  /** How to ask once more for files that could not be copied: all of one copy together. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
  #copying = new Map<number, () => Promise<void>>();
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(
    api: Pick<StaffApi, "upload" | "copyFile" | "copyQuickReplyFiles">,
    limits: () => MessageLimits,
    onStored: () => void,
    channel: () => string = () => "",
  ) {
    this.#api = api;
    this.#limits = limits;
    this.#channel = channel;
    this.#onStored = onStored;
  }

  get stored(): StoredFile[] {
    return this.all.flatMap(({ stored }) => stored ?? []);
  }

  /** On their way, or waiting for the network. */
  get busy(): boolean {
    return this.all.some((upload) => !upload.stored && !isFailed(upload));
  }

  get failed(): boolean {
    return this.all.some(isFailed);
  }

  /** Without the network nothing goes. */
  get waits(): boolean {
    return this.all.some(isWaiting);
  }

  /** Takes over files that a draft already holds. */
  adopt(files: readonly StoredFile[]): void {
    this.clear();
    this.all = files.map((stored) => whole(next_key++, stored));
  }

  /** Takes the good ones; the others are named with the reason. */
  add(files: readonly File[]): void {
    this.refused = this.#take(files);
  }

  /** Takes a smaller copy of an image that was refused. */
  async shrink(refusal: Refusal): Promise<void> {
    if (!refusal.image) return;
    // Whatever went wrong, it did not become smaller.
    const most = largestFile({ type: "image/jpeg" }, this.#limits());
    const small = await smaller(refusal.image, most).catch(() => null);
    // Sent, or another choice was made, meanwhile.
    if (!this.refused.includes(refusal)) return;
    const sentence = m.file_not_shrunk({ name: isolated(refusal.image.name) });
    const still = small ? this.#take([small]) : [{ sentence, image: null }];
    this.refused = this.refused.flatMap((one) => (one === refusal ? still : one));
  }

  #take(files: readonly File[]): Refusal[] {
    const refused: Refusal[] = [];
    const left_out: string[] = [];
    for (const file of files) {
      const fault = checkFile(file, this.all.length, this.#limits());
      if (fault === "too_many") left_out.push(isolated(file.name));
      else if (fault) refused.push(this.#refusal(fault, file));
      else this.#begin(file);
    }
    if (left_out.length > 0) {
      const max = this.#limits().message_files;
      refused.push({
        sentence: m.files_too_many({ max, names: formatList(left_out) }),
        image: null,
      });
    }
    return refused;
  }

  /** A file of the conversation goes once more, as a copy of its own. */
  again(file: StoredFile): Promise<void> {
    return this.#copies([file], async () => [await this.#api.copyFile(file.id)]);
  }

  /** The files of a quick reply go along. */
  quickReply({ id, files }: QuickReply): Promise<void> {
    return this.#copies(files, async () => (await this.#api.copyQuickReplyFiles(id)).items);
  }

  /** Stored files go along as what `copy` makes of them, in the same order. */
  async #copies(
    files: readonly StoredFile[],
    copy: () => Promise<readonly StoredFile[]>,
  ): Promise<void> {
    const max = this.#limits().message_files;
    const room = Math.max(0, max - this.all.length);
    const names = files.slice(room).map(({ name }) => isolated(name));
    const sentence = m.files_too_many({ max, names: formatList(names) });
    if (names.length > 0) this.refused = [{ sentence, image: null }];
    const waiting = files.slice(0, room).map(({ name, size }) => {
      const waiting = { sent_bytes: 0, problem: null, stored: null, local: null };
      return { key: next_key++, name, size, ...waiting };
    });
    if (waiting.length === 0) return;
    this.all = [...this.all, ...waiting];
    const keys = waiting.map(({ key }) => key);
    const run = () => this.#copy(keys, copy);
    for (const key of keys) this.#copying.set(key, run);
    await run();
  }

  async #copy(keys: readonly number[], copy: () => Promise<readonly StoredFile[]>): Promise<void> {
    for (const key of keys) this.#change(key, { problem: null });
    try {
      const made = await copy();
      this.all = this.all.flatMap((upload) => {
        const index = keys.indexOf(upload.key);
        if (index < 0) return upload;
        const stored = made[index];
        return stored ? whole(upload.key, stored) : [];
      });
      for (const key of keys) this.#copying.delete(key);
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : UNKNOWN;
      for (const key of keys) this.#change(key, { problem });
      if (this.waits) this.#resumeLater();
    }
    // Sent or left meanwhile, they are nobody's.
    if (this.all.some(({ key, stored }) => stored && keys.includes(key))) this.#onStored();
  }

  retry(key: number): void {
    const run = this.#running.get(key);
    if (run) void this.#send(key, run.content, run.id);
    else void this.#copying.get(key)?.();
  }

  /** The server can be reached again: what was broken off goes on by itself. */
  resume(): void {
    // With one of a copy all of it goes on.
    const waits = (key: number) => this.all.some((one) => one.key === key && isWaiting(one));
    for (const { key } of this.all) if (waits(key)) this.retry(key);
  }

  /** Nobody may tell that the network is back: it was only this that it broke. */
  #resumeLater(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.resume(), RETRY_MS);
  }

  /** Stops, and gives what is not there yet to whoever opens the box next. */
  leave(): LeftFile[] {
    const left = [...this.#running.values()].map(({ id, content }) => ({ id, content }));
    this.clear();
    return left;
  }

  /** Goes on with what was left. */
  goOn(left: readonly LeftFile[]): void {
    for (const { id, content } of left) this.#begin(content, id);
  }

  remove(key: number): void {
    this.#running.get(key)?.controller.abort();
    this.#running.delete(key);
    this.#copying.delete(key);
    forget(this.all.filter((upload) => upload.key === key));
    this.all = this.all.filter((upload) => upload.key !== key);
    this.#onStored();
  }

  clear(): void {
    clearTimeout(this.#later);
    for (const { controller } of this.#running.values()) controller.abort();
    this.#running.clear();
    this.#copying.clear();
    forget(this.all);
    this.all = [];
    this.refused = [];
  }

  #begin(file: File, id = newUploadId()): void {
    const key = next_key++;
    const upload = {
      key,
      name: file.name,
      size: file.size,
      sent_bytes: 0,
      problem: null,
      stored: null,
      local: isPicture(file) ? URL.createObjectURL(file) : null,
    };
    this.all = [...this.all, upload];
    void this.#send(key, file, id);
  }

  /** Under the same id it goes on where it was cut. */
  async #send(key: number, content: File, id: UploadId): Promise<void> {
    const controller = new AbortController();
    this.#running.set(key, { content, id, controller });
    this.#change(key, { problem: null });
    try {
      const stored = await this.#api.upload(content.name, content, {
        id,
        signal: controller.signal,
        onProgress: (sent_bytes) => this.#change(key, { sent_bytes }),
      });
      this.#running.delete(key);
      this.#change(key, { stored, sent_bytes: content.size });
      this.#onStored();
    } catch (error) {
      if (error instanceof ProblemError) this.#change(key, { problem: error.problem });
    }
    if (this.waits) this.#resumeLater();
  }

  #change(key: number, change: Partial<Upload>): void {
    this.all = this.all.map((upload) => (upload.key === key ? { ...upload, ...change } : upload));
  }

  #refusal(fault: Exclude<FileFault, "too_many">, file: File): Refusal {
    const name = isolated(file.name);
    if (fault === "empty") return { sentence: m.file_is_empty({ name }), image: null };
    const limits = this.#limits();
    const channel = this.#channel();
    if (fault === "not_taken")
      return { sentence: m.file_not_taken({ name, channel }), image: null };
    const most = largestFile(file, limits);
    const words = { name, size: formatBytes(file.size), max: formatBytes(most), channel };
    const image = isShrinkable(file) ? file : null;
    if (most === limits.file_bytes) return { sentence: m.file_is_too_large(words), image };
    const say = {
      image: m.file_too_large_image,
      audio: m.file_too_large_audio,
      video: m.file_too_large_video,
      other: m.file_too_large_other,
    }[kindOf(file)];
    return { sentence: say(words), image };
  }
}
