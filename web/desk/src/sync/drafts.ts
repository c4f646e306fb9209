// Texts that are not sent yet, one per conversation.
// Must stay true: saved 300 ms after the last key and at once when the page is left; a refused or failed
// message gives its text back without overwriting what was written since.
// Absent: the composer.

import type { ConversationId, StoredFile } from "@sapa/protocol";
import type { DeskDatabase, Draft } from "./database";
import type { Topics } from "./topics";

const SAVE_AFTER_MS = 300;

export const draftTopic = (id: ConversationId) => `draft:${id}`;

export class Drafts {
  #database: DeskDatabase;
  #topics: Topics;
  #tell: (draft: Draft) => void;
  #drafts = new Map<ConversationId, Draft>();
  #timers = new Map<ConversationId, ReturnType<typeof setTimeout>>();

  constructor(database: DeskDatabase, topics: Topics, tell: (draft: Draft) => void = () => {}) {
    this.#database = database;
    this.#topics = topics;
    this.#tell = tell;
  }

  async restore(): Promise<void> {
    for (const draft of await this.#database.drafts()) this.#show(draft);
  }

  get(id: ConversationId): Draft | null {
    return this.#drafts.get(id) ?? null;
  }

  set(id: ConversationId, text: string, files: StoredFile[]): void {
    this.#show({ conversation_id: id, text, files, saved_at: Date.now() });
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.#save(id), SAVE_AFTER_MS),
    );
  }

  clear(id: ConversationId): void {
    this.set(id, "", []);
    void this.saveNow(id);
  }

  /** Puts a text back in front of whatever is being written now. */
  giveBack(id: ConversationId, text: string, files: StoredFile[]): void {
    const draft = this.get(id);
    const joined = [text, draft?.text ?? ""].filter((part) => part.trim() !== "").join("\n");
    const kept = draft?.files.filter((file) => !files.some(({ id }) => id === file.id)) ?? [];
    this.set(id, joined, [...files, ...kept]);
    void this.saveNow(id);
  }

  async saveNow(id: ConversationId): Promise<void> {
    clearTimeout(this.#timers.get(id));
    if (this.#timers.has(id)) await this.#save(id);
  }

  async saveAll(): Promise<void> {
    const unsaved = [...this.#timers.keys()].flatMap((id) => this.get(id) ?? []);
    if (unsaved.length > 0) this.#database.holdDrafts(unsaved);
    await Promise.all([...this.#timers.keys()].map((id) => this.saveNow(id)));
  }

  /** Another tab wrote it. */
  hear(draft: Draft): void {
    if (this.#timers.has(draft.conversation_id)) return;
    if ((this.get(draft.conversation_id)?.saved_at ?? 0) < draft.saved_at) this.#show(draft);
  }

  async #save(id: ConversationId): Promise<void> {
    this.#timers.delete(id);
    const draft = this.get(id);
    if (!draft) return this.#database.dropDraft(id);
    await this.#database.putDraft(draft);
    this.#tell(draft);
  }

  #show(draft: Draft): void {
    this.#drafts.set(draft.conversation_id, draft);
    this.#topics.touch(draftTopic(draft.conversation_id));
  }
}

export function isEmpty(draft: Draft | null): boolean {
  return draft === null || (draft.text.trim() === "" && draft.files.length === 0);
}
