// Texts that are not sent yet: of each conversation an answer and a note.
// Must stay true: saved 300 ms after the last key and at once when the page is left; a refused or failed
// message gives its text back without overwriting what was written since.
// Absent: the composer.

import type { ConversationId } from "@sapa/protocol";
import type { DeskDatabase, Draft, NoteDraft, ReplyDraft, Unsent } from "./database";
import type { Topics } from "./topics";

const SAVE_AFTER_MS = 300;

const NO_REPLY: ReplyDraft = { text: "", files: [], quote: null };
const NO_NOTE: NoteDraft = { text: "", mentions: [] };

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

  reply(id: ConversationId): ReplyDraft {
    return this.get(id) ?? NO_REPLY;
  }

  note(id: ConversationId): NoteDraft {
    return this.get(id)?.note ?? NO_NOTE;
  }

  setReply(id: ConversationId, reply: ReplyDraft): void {
    this.#set(id, reply);
  }

  setNote(id: ConversationId, note: NoteDraft): void {
    this.#set(id, { note });
  }

  /** Puts what was not sent back in front of whatever is being written now. */
  giveBack(
    id: ConversationId,
    unsent: Pick<Unsent, "text" | "files" | "quote" | "mentions">,
  ): void {
    const { text, files, quote, mentions } = unsent;
    if (mentions) {
      const draft = this.note(id);
      this.setNote(id, {
        text: joined(text, draft.text),
        mentions: together(mentions, draft.mentions),
      });
    } else {
      const draft = this.reply(id);
      this.setReply(id, {
        text: joined(text, draft.text),
        files: together(files, draft.files),
        quote: quote ?? draft.quote ?? null,
      });
    }
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

  #set(id: ConversationId, change: Partial<Draft>): void {
    const draft = this.get(id) ?? { ...NO_REPLY, conversation_id: id };
    this.#show({ ...draft, ...change, saved_at: Date.now() });
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.#save(id), SAVE_AFTER_MS),
    );
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
  return draft === null || (isReplyEmpty(draft) && isNoteEmpty(draft));
}

export function isReplyEmpty(draft: ReplyDraft): boolean {
  return draft.text.trim() === "" && draft.files.length === 0;
}

export function isNoteEmpty({ note }: Pick<Draft, "note">): boolean {
  return (note?.text ?? "").trim() === "";
}

function joined(first: string, then: string): string {
  return [first, then].filter((part) => part.trim() !== "").join("\n");
}

function together<T extends { id: string }>(first: readonly T[], then: readonly T[]): T[] {
  return [...first, ...then.filter(({ id }) => !first.some((one) => one.id === id))];
}
