// The note that is being written in one conversation.
// Must stay true: the text is a draft at every moment, apart from the answer's; it leaves through the outbox;
// nobody outside hears that it is being written.
// Absent: markup, and the list of names (MentionList.svelte).

import type { ConversationId, Mention } from "@sapa/protocol";
import { draftTopic } from "../../../sync/drafts";
import type { Session } from "../../../sync/session";
import { stillNamed } from "../mentions";
import { checkText } from "./limits";

export class NoteWriting {
  text = $state("");
  mentions = $state.raw<readonly Mention[]>([]);
  #session: Session;
  #id: ConversationId;
  #end: () => void;
  /** Between emptying the box and emptying the draft. */
  #sending = false;

  constructor(session: Session, id: ConversationId) {
    this.#session = session;
    this.#id = id;
    this.#adopt();
    this.#end = session.store.topics.subscribe(draftTopic(id), () => this.#adopt());
  }

  readonly check = $derived.by(() => checkText(this.text, this.#session.store.me.workspace.limits));

  readonly ready = $derived.by(() => !this.check.too_long && !this.check.empty);

  type(text: string): void {
    this.text = text;
    this.#save();
  }

  name(mention: Mention, text: string): void {
    this.mentions = [...this.mentions, mention];
    this.type(text);
  }

  async send(): Promise<boolean> {
    if (!this.ready) return false;
    const text = this.text.trim();
    const holder = this.#session.store.item(this.#id)?.conversation.holder ?? { kind: "queue" };
    const draft = this.#session.drafts.get(this.#id)?.base || undefined;
    const note = { text, files: [], mentions: stillNamed(text, this.mentions), holder, draft };
    this.#sending = true;
    this.text = "";
    this.mentions = [];
    try {
      await this.#session.outbox.post(this.#id, note);
    } catch (error) {
      // This device could not keep it (a full disk): nothing may get lost.
      this.#session.drafts.giveBack(this.#id, note);
      throw error;
    } finally {
      this.#sending = false;
    }
    // Typed meanwhile: that is the draft now.
    this.#save();
    return true;
  }

  leave(): void {
    this.#end();
  }

  #save(): void {
    const { text } = this;
    this.#session.drafts.setNote(this.#id, { text, mentions: stillNamed(text, this.mentions) });
  }

  /** The draft changed elsewhere: another tab, or a refused note that came back. */
  #adopt(): void {
    if (this.#sending) return;
    const { text, mentions } = this.#session.drafts.note(this.#id);
    if (text === this.text) return;
    this.text = text;
    this.mentions = mentions;
  }
}
