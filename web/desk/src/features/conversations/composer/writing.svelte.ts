// What is being written in one conversation: text, files, quote, typing sign, sending; beside it, the note.
// Must stay true: the text is a draft at every moment; sending empties the box only after the message is safe
// on this device; the holder sent along is the one the writer saw.
// Absent: markup.

import {
  TypingSender,
  type Card,
  type ConversationId,
  type Holder,
  type MailTo,
  type MessageLimits,
  type Quote,
} from "@sapa/protocol";
import { draftTopic, isNoteEmpty, isReplyEmpty } from "../../../sync/drafts";
import { CONNECTION_TOPIC, type Session } from "../../../sync/session";
import { topic } from "../../../sync/store";
import { channelName } from "../../inboxes/channels";
import { openParts } from "../../replies/placeholders";
import { quoteOf } from "../quotes";
import { checkText, partsOf, PARTS_MAX } from "./limits";
import { NoteWriting } from "./note.svelte";
import { Uploads } from "./uploads.svelte";

/** An answer to the customer, or words for the team. */
export type Mode = "reply" | "note";

/** What happens to the chat once the answer is with the server. */
export type Then = "close" | "snooze";

let wanted: { id: ConversationId; mode: Mode } | null = null;

/** What was just put into a chat is to be seen when it is opened next. */
export function openIn(id: ConversationId, mode: Mode): void {
  wanted = { id, mode };
}

export class Writing {
  text = $state("");
  /** The message that is answered. */
  quote = $state.raw<Quote | null>(null);
  /** A link or an offer that goes with the text, or alone. */
  card = $state.raw<Card | null>(null);
  /** Of mails: to whom, if not to all of the last one. */
  mail = $state.raw<MailTo | null>(null);
  /** What the person chose; the composer shows what is allowed. */
  mode = $state<Mode>("reply");
  readonly note: NoteWriting;
  readonly uploads: Uploads;
  /** Who of the team answered while this was written: his answer is to be seen before this one is sent. */
  overtaken = $state<string | null>(null);
  /** Why the channel lets no answer through now. */
  barred = $state<string | null>(null);
  /** The newest entry when the first letter was written, or when the writer chose to go on. */
  #since = 0;
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
    const allow = () => (this.limits = session.store.limitsOf(id));
    allow();
    this.uploads = new Uploads(
      session.api,
      () => this.limits,
      () => this.#save(),
      () => channelName(session.store.item(id)?.conversation.channel ?? "website"),
    );
    this.#typing = new TypingSender((on) => session.sayTyping(id, on));
    this.note = new NoteWriting(session, id);
    this.#adopt();
    this.uploads.goOn(session.left_files.get(id) ?? []);
    session.left_files.delete(id);
    this.#since = this.#newest;
    // Only a note was begun here: it goes on.
    const draft = session.drafts.get(id);
    if (draft && isReplyEmpty(draft) && !isNoteEmpty(draft)) this.mode = "note";
    if (wanted?.id === id) this.mode = wanted.mode;
    wanted = null;
    const { topics } = session.store;
    this.#ends = [
      topics.subscribe(draftTopic(id), () => this.#adopt()),
      topics.subscribe(topic.thread(id), () => this.#quoteAnew()),
      topics.subscribe(topic.me, allow),
      topics.subscribe(topic.inboxes, allow),
      topics.subscribe(CONNECTION_TOPIC, () => {
        if (!session.offline) this.uploads.resume();
      }),
    ];
  }

  /** What the workspace allows; an administrator may change it while this is written. */
  limits = $state.raw<MessageLimits>() as MessageLimits;

  readonly check = $derived.by(() => checkText(this.text, this.limits));

  /** Placeholders that nobody filled in: with one of them nothing is sent. */
  readonly open = $derived.by(() => openParts(this.text));

  readonly ready = $derived.by(
    () =>
      !this.check.too_long &&
      this.open.length === 0 &&
      !this.uploads.busy &&
      !this.uploads.failed &&
      (!this.check.empty || this.uploads.stored.length > 0 || this.card !== null),
  );

  type(text: string): void {
    if (this.text === "") this.#since = this.#newest;
    this.overtaken = null;
    this.#seen = text === "" ? null : (this.#seen ?? this.#holder);
    this.text = text;
    this.#save();
    if (text === "") this.#typing.stop();
    else this.#typing.keystroke();
  }

  answer(quote: Quote | null): void {
    this.quote = quote;
    this.#save();
  }

  /** Its picture is one of the files, and goes with it. */
  carry(card: Card | null): void {
    if (this.text === "" && this.card === null) this.#since = this.#newest;
    this.#seen ??= this.#holder;
    this.card = card;
    this.#save();
  }

  /** Null: as the last mail says. */
  address(mail: MailTo | null): void {
    this.mail = mail;
    this.#save();
  }

  attach(files: readonly File[]): void {
    this.uploads.add(files);
  }

  /** What is too long for one message, as several; none where even that is too much. */
  readonly parts = $derived.by(() => {
    const parts = this.check.too_long ? partsOf(this.text, this.limits) : [];
    return parts.length > 1 && parts.length <= PARTS_MAX ? parts : [];
  });

  readonly divisible = $derived.by(
    () =>
      this.parts.length > 0 && this.open.length === 0 && !this.uploads.busy && !this.uploads.failed,
  );

  /**
   * Answers false when nothing was sent: something is missing, or a colleague's answer is to be seen first.
   * `at` is when it leaves, in milliseconds UTC; at once without it.
   */
  async send(in_parts = false, at: number | null = null): Promise<boolean> {
    if (this.barred) return false;
    if (in_parts ? !this.divisible : !this.ready) return false;
    this.overtaken = this.overtaken === null ? this.#answeredBy() : null;
    if (this.overtaken !== null) {
      // Once more, and it is sent.
      this.#since = this.#newest;
      return false;
    }
    const { text, quote, card, mail, uploads } = this;
    const files = uploads.stored;
    const messages = this.#messages(in_parts ? this.parts : [text.trim()], at);
    const seen = this.#seen;
    this.#seen = null;
    this.#typing.stop();
    this.#sending = true;
    this.text = "";
    this.quote = null;
    this.card = null;
    this.mail = null;
    uploads.clear();
    try {
      await this.#session.outbox.postAll(this.#id, messages);
    } catch (error) {
      // This device could not keep it (a full disk): it stays in the box, before what was typed meanwhile.
      [this.text, this.quote, this.#seen] = [text + this.text, quote, seen];
      [this.card, this.mail] = [card, mail];
      uploads.adopt(files);
      throw error;
    } finally {
      this.#sending = false;
      // Typed meanwhile: that is the draft now.
      this.#save();
    }
    return true;
  }

  /** The quote goes with the first part; the files, the card and the end of the draft with the last. */
  #messages(texts: readonly string[], at: number | null) {
    const holder = this.#seen ?? this.#holder;
    const draft = this.#session.drafts.get(this.#id)?.base || undefined;
    return texts.map((text, index) => {
      const last = index === texts.length - 1;
      return {
        text,
        files: last ? this.uploads.stored : [],
        quote: index === 0 ? this.quote : null,
        ...(last && this.card && { card: this.card }),
        ...(this.mail && { mail: this.mail }),
        holder,
        draft: last ? draft : undefined,
        // Equal times would leave the order open.
        ...(at !== null && { send_at: at + index }),
      };
    });
  }

  leave(): void {
    this.#typing.stop();
    this.note.leave();
    for (const end of this.#ends) end();
    void this.#session.drafts.saveNow(this.#id);
    void this.#session.draftSync.push(this.#id);
    const left = this.uploads.leave();
    if (left.length > 0) this.#session.left_files.set(this.#id, left);
  }

  get #newest(): number {
    return this.#session.store.item(this.#id)?.conversation.last_position ?? 0;
  }

  #answeredBy(): string | null {
    // The chat was not here yet when this was begun: nobody can tell.
    if (this.#since === 0) return null;
    const me = this.#session.store.me.member.id;
    const other = this.#session.store
      .entries(this.#id)
      ?.findLast(
        ({ kind, author, position }) =>
          kind === "message" &&
          author.kind === "member" &&
          author.id !== me &&
          position > this.#since,
      );
    return other ? (other.author.name ?? "") : null;
  }

  get #holder(): Holder {
    return this.#session.store.item(this.#id)?.conversation.holder ?? { kind: "queue" };
  }

  #save(): void {
    const { text, quote, card, uploads } = this;
    // Without its picture it goes without one.
    const kept = card?.picture && !uploads.stored.some(({ id }) => id === card.picture);
    if (kept && !uploads.busy) this.card = { ...card, picture: null };
    this.#session.drafts.setReply(this.#id, {
      text,
      files: uploads.stored,
      quote,
      card: this.card,
      mail: this.mail,
    });
  }

  /** The draft changed elsewhere: another tab, or a refused message that came back. */
  #adopt(): void {
    if (this.#sending) return;
    const reply = this.#session.drafts.reply(this.#id);
    const { text, files, quote = null, card = null, mail = null } = reply;
    if (text !== this.text) this.text = text;
    if (!sameQuote(quote, this.quote)) this.quote = quote;
    if (JSON.stringify(card) !== JSON.stringify(this.card)) this.card = card;
    if (JSON.stringify(mail) !== JSON.stringify(this.mail)) this.mail = mail;
    const same =
      files.length === this.uploads.stored.length &&
      files.every(({ id }) => this.uploads.stored.some((stored) => stored.id === id));
    if (!same && !this.uploads.busy) this.uploads.adopt(files);
    this.#quoteAnew();
  }

  /** What was corrected, or removed, is not read here as it was. */
  #quoteAnew(): void {
    const { quote } = this;
    if (!quote || this.#sending) return;
    const { store } = this.#session;
    const all = [...(store.entries(this.#id) ?? []), ...(store.far(this.#id) ?? [])];
    const entry = all.find(({ id }) => id === quote.id);
    if (entry && !sameQuote(quoteOf(entry), quote)) this.answer(quoteOf(entry));
  }
}

function sameQuote(one: Quote | null, other: Quote | null): boolean {
  return one?.id === other?.id && one?.text === other?.text && one?.files === other?.files;
}
