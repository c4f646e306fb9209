// What is being written in one conversation: text, files, typing sign, sending.
// Must stay true: the text is a draft at every moment; sending empties the box only after the message is safe
// on this device; the holder sent along is the one the writer saw.
// Absent: markup.

import { TypingSender, type ConversationId, type Holder } from "@sapa/protocol";
import { draftTopic } from "../../../sync/drafts";
import type { Session } from "../../../sync/session";
import { checkText } from "./limits";
import { Uploads } from "./uploads.svelte";

export class Writing {
  text = $state("");
  readonly uploads: Uploads;
  #session: Session;
  #id: ConversationId;
  #typing: TypingSender;
  #ends: (() => void)[];
  /** Between emptying the box and emptying the draft. */
  #sending = false;
  /** Who held the conversation when the first letter was written. */
  #seen: Holder | null = null;

  constructor(session: Session, id: ConversationId) {
    this.#session = session;
    this.#id = id;
    this.uploads = new Uploads(
      session.api,
      () => this.limits,
      () => this.#save(),
    );
    this.#typing = new TypingSender((on) => session.sayTyping(id, on));
    this.#adopt();
    const { topics } = session.store;
    this.#ends = [topics.subscribe(draftTopic(id), () => this.#adopt())];
  }

  get limits() {
    return this.#session.store.me.workspace.limits;
  }

  readonly check = $derived.by(() => checkText(this.text, this.limits));

  readonly ready = $derived.by(
    () =>
      !this.check.too_long &&
      !this.uploads.busy &&
      !this.uploads.failed &&
      (!this.check.empty || this.uploads.stored.length > 0),
  );

  type(text: string): void {
    this.#seen = text === "" ? null : (this.#seen ?? this.#holder);
    this.text = text;
    this.#save();
    if (text === "") this.#typing.stop();
    else this.#typing.keystroke();
  }

  attach(files: readonly File[]): void {
    this.uploads.add(files);
  }

  async send(): Promise<boolean> {
    if (!this.ready) return false;
    const holder = this.#seen ?? this.#holder;
    this.#seen = null;
    const message = { text: this.text.trim(), files: this.uploads.stored, holder };
    this.#typing.stop();
    this.#sending = true;
    this.text = "";
    this.uploads.clear();
    try {
      await this.#session.outbox.post(this.#id, message);
    } catch (error) {
      // This device could not keep it (a full disk): nothing may get lost.
      this.#session.drafts.giveBack(this.#id, message.text, message.files);
      throw error;
    } finally {
      this.#sending = false;
    }
    // Typed meanwhile: that is the draft now.
    this.#save();
    return true;
  }

  leave(): void {
    this.#typing.stop();
    for (const end of this.#ends) end();
    void this.#session.drafts.saveNow(this.#id);
    // Files still on their way belong to a composer that is gone.
    this.uploads.clear();
  }

  get #holder(): Holder {
    return this.#session.store.item(this.#id)?.conversation.holder ?? { kind: "queue" };
  }

  #save(): void {
    this.#session.drafts.set(this.#id, this.text, this.uploads.stored);
  }

  /** The draft changed elsewhere: another tab, or a refused message that came back. */
  #adopt(): void {
    if (this.#sending) return;
    const draft = this.#session.drafts.get(this.#id);
    const text = draft?.text ?? "";
    if (text !== this.text) this.text = text;
    const files = draft?.files ?? [];
    const same =
      files.length === this.uploads.stored.length &&
      files.every(({ id }) => this.uploads.stored.some((stored) => stored.id === id));
    if (!same && !this.uploads.busy) this.uploads.adopt(files);
  }
}
