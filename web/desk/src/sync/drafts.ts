// Texts that are not sent yet: of each conversation an answer and a note.
// Must stay true: saved 300 ms after the last key and at once when the page is left; a refused or failed
// message gives its text back without overwriting what was written since; a second card goes on as words. What is given
// back is, to the letter, what the server makes of it (`ReplyDraft::add`), so that it never stands there twice.
// Absent: the composer, and how the server hears of them (draftSync.ts).

import type { Card, ConversationId } from "@sapa/protocol";
import type { DeskDatabase, Draft, NoteDraft, ReplyDraft, Unsent } from "./database";
import type { Topics } from "./topics";

const SAVE_AFTER_MS = 300;

const NO_REPLY: ReplyDraft = { text: "", files: [], quote: null, card: null };
const NO_NOTE: NoteDraft = { text: "", mentions: [] };

export const draftTopic = (id: ConversationId) => `draft:${id}`;
/** Any of them. */
export const DRAFTS_TOPIC = "drafts";

export class Drafts {
  #database: DeskDatabase;
  #topics: Topics;
  #tell: (draft: Draft) => void;
  /** Something was written here. */
  onwritten: (id: ConversationId) => void = () => {};
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

  get all(): Draft[] {
    return [...this.#drafts.values()];
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
    unsent: Pick<Unsent, "text" | "files" | "quote" | "card" | "mail" | "mentions">,
  ): void {
    const { text, files, quote, card, mail, mentions } = unsent;
    if (mentions) {
      const draft = this.note(id);
      this.setNote(id, {
        text: grown(text, draft.text),
        mentions: together(mentions, draft.mentions),
      });
    } else {
      const draft = this.reply(id);
      const second = draft.card && card && !sameCard(card, draft.card) ? card : null;
      const words = second ? joined(text, inWords(second)) : text;
      this.setReply(id, {
        text: grown(words, draft.text),
        files: together(
          files.filter((file) => file.id !== second?.picture),
          draft.files,
        ),
        quote: draft.quote ?? quote ?? null,
        card: draft.card ?? card ?? null,
        ...(mail && !draft.mail && { mail }),
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

  /** The server has `sent` as this version; what was written since is not there yet. */
  async confirm(sent: Draft, base: number): Promise<void> {
    const now = this.get(sent.conversation_id);
    if (!now) return;
    const synced = now.saved_at === sent.saved_at;
    const { emptied, ...rest } = now;
    await this.#keep(synced || !emptied ? { ...rest, base, synced } : { ...now, base, synced });
  }

  /** Takes what the server has in place of what is here. */
  async replace(id: ConversationId, draft: Omit<Draft, "saved_at"> | null): Promise<void> {
    await this.#keep({
      ...(draft ?? { ...NO_REPLY, conversation_id: id, base: 0, synced: true }),
      saved_at: Date.now(),
    });
  }

  /** Another tab wrote it. */
  hear(draft: Draft): void {
    if (this.#timers.has(draft.conversation_id)) return;
    const known = this.get(draft.conversation_id)?.saved_at ?? 0;
    if (known < draft.saved_at || (known === draft.saved_at && draft.synced)) this.#show(draft);
  }

  #set(id: ConversationId, change: Partial<Draft>): void {
    const draft = this.get(id) ?? { ...NO_REPLY, conversation_id: id, saved_at: 0 };
    // Strictly later, so that each version is told from the next.
    const saved_at = Math.max(Date.now(), (draft.saved_at ?? 0) + 1);
    const now = { ...draft, ...change };
    const emptied = {
      reply: isReplyEmpty(now) && (!isReplyEmpty(draft) || draft.emptied?.reply === true),
      note: isNoteEmpty(now) && (!isNoteEmpty(draft) || draft.emptied?.note === true),
    };
    this.#show({ ...now, saved_at, synced: false, emptied });
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.#save(id), SAVE_AFTER_MS),
    );
    this.onwritten(id);
  }

  async #save(id: ConversationId): Promise<void> {
    this.#timers.delete(id);
    const draft = this.get(id);
    if (draft) await this.#keep(draft);
  }

  async #keep(draft: Draft): Promise<void> {
    this.#show(draft);
    if (draft.synced && isEmpty(draft) && !draft.quote)
      await this.#database.dropDraft(draft.conversation_id);
    else await this.#database.putDraft(draft);
    this.#tell(draft);
  }

  #show(draft: Draft): void {
    this.#drafts.set(draft.conversation_id, draft);
    this.#topics.touch(draftTopic(draft.conversation_id), DRAFTS_TOPIC);
  }
}

export function isEmpty(draft: Draft | null): boolean {
  return draft === null || (isReplyEmpty(draft) && isNoteEmpty(draft));
}

export function isReplyEmpty(draft: ReplyDraft): boolean {
  return draft.text.trim() === "" && draft.files.length === 0 && !draft.card;
}

export function isNoteEmpty({ note }: Pick<Draft, "note">): boolean {
  return (note?.text ?? "").trim() === "";
}

/** In milliseconds UTC; by the clock of the server where that has it. */
export function writtenAt({ saved_at, base, synced }: Draft): number {
  return synced && base ? base : saved_at;
}

/** Both of two versions that grew apart; what the one has of the other is not there twice. */
export function merged(theirs: Draft, mine: Draft): Omit<Draft, "saved_at"> {
  // What was emptied here was sent or taken back: it does not come again.
  const { reply: no_reply = false, note: no_note = false } = mine.emptied ?? {};
  const note = {
    text: grown(no_note ? "" : (theirs.note?.text ?? ""), mine.note?.text ?? ""),
    mentions: together(theirs.note?.mentions ?? [], mine.note?.mentions ?? []),
  };
  const mail = mine.mail ?? (no_reply ? null : theirs.mail);
  return {
    conversation_id: mine.conversation_id,
    text: grown(no_reply ? "" : theirs.text, mine.text),
    files: together(no_reply ? [] : theirs.files, mine.files),
    quote: mine.quote ?? (no_reply ? null : (theirs.quote ?? null)),
    card: mine.card ?? (no_reply ? null : (theirs.card ?? null)),
    ...(mail && { mail }),
    note,
  };
}

function inWords({ title, text, price, url }: Card): string {
  return [title, text, price, url].filter(Boolean).join("\n");
}

function sameCard(one: Card, other: Card): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function grown(theirs: string, mine: string): string {
  if (mine.includes(theirs)) return mine;
  return theirs.includes(mine) ? theirs : joined(theirs, mine);
}

function joined(first: string, then: string): string {
  return [first, then].filter((part) => part.trim() !== "").join("\n\n");
}

function together<T extends { id: string }>(first: readonly T[], then: readonly T[]): T[] {
  return [...first, ...then.filter(({ id }) => !first.some((one) => one.id === id))];
}
