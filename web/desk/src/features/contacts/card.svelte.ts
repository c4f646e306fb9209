// What is known of one contact: loaded, changed at once on screen, and the server's answer behind it.
// Must stay true: what I wrote stands on screen until the server answers; what somebody else wrote meanwhile is never
// overwritten unseen: both are shown, and I choose. An older answer never replaces a newer one.
// Absent: markup, and what a field may hold, which the server says.

import {
  ProblemError,
  type AttributeId,
  type Contact,
  type ContactField,
  type ContactId,
  type ContactNoteId,
  type ContactProfile,
  type DeskEvent,
  type Problem,
  type Tag,
} from "@sapa/protocol";
import { sayProblem } from "../../app/problems";
import type { Session } from "../../sync/session";
import { isField } from "./fields";

/** A field of the profile, or the id of an attribute. */
export type FieldName = ContactField | AttributeId;

/** What two wrote into one field. */
export interface Conflict {
  by: string;
  theirs: string;
  mine: string;
}

export class Card {
  value = $state.raw<ContactProfile | null>(null);
  problem = $state.raw<Problem | null>(null);
  conflicts = $state.raw<Readonly<Record<string, Conflict>>>({});
  /** Why a field was not saved. */
  errors = $state.raw<Readonly<Record<string, string>>>({});
  /** What I wrote and the server did not answer yet. */
  #waiting = $state.raw<Readonly<Record<string, string>>>({});
  #session: Session;
  #id: ContactId;
  #asked = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(session: Session, id: ContactId) {
    this.#session = session;
    this.#id = id;
    void this.load();
  }

  /** The text of a field as it is shown. */
  text(name: FieldName): string {
    return this.#waiting[name] ?? this.#stored(name);
  }

  #stored(name: FieldName): string {
    const from = isField(name) ? this.value?.fields : this.value?.attributes;
    return from?.[name] ?? "";
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const value = await this.#session.api.contact(this.#id);
      if (asked === this.#asked) [this.value, this.problem] = [value, null];
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (asked === this.#asked) this.problem = error.problem;
    }
  }

  hear(event: DeskEvent): void {
    const known = this.value;
    if (event.kind === "contact.updated" && event.data.contact_id === this.#id) void this.load();
    if (event.kind !== "conversation.updated" || !known) return;
    const { contact } = event.data.conversation;
    // A channel told something of him.
    const shown = ({ name, email, phone, verified }: Contact) =>
      JSON.stringify([name, email, phone, contact.id === known.contact.id && verified]);
    // He may be reached as somebody who was merged into him.
    const his = contact.id === this.#id || contact.id === known.contact.id;
    if (his && shown(contact) !== shown(known.contact)) void this.load();
  }

  /** One after the other, so that each answer is the newest. */
  async #do(run: () => Promise<ContactProfile>): Promise<void> {
    const done = this.#queue.then(async () => {
      const value = await run();
      this.#asked += 1;
      this.value = value;
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** Writes a field as somebody who looked at `version`. Answers whether it is saved. */
  async put(name: FieldName, text: string, version: number): Promise<boolean> {
    this.errors = without(this.errors, name);
    this.conflicts = without(this.conflicts, name);
    if (text.trim() === this.#stored(name)) return true;
    this.#waiting = { ...this.#waiting, [name]: text.trim() };
    const asked = { [name]: text.trim() || null };
    const body = isField(name) ? { version, fields: asked } : { version, attributes: asked };
    try {
      await this.#do(() => this.#session.api.editContact(this.#id, body));
      return true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { code, params } = error.problem;
      if (code === "contact_changed") {
        const conflict = { by: String(params.by), theirs: String(params.value), mine: text.trim() };
        this.conflicts = { ...this.conflicts, [name]: conflict };
        void this.load();
      } else {
        this.errors = { ...this.errors, [name]: sayProblem(error.problem) };
      }
      return false;
    } finally {
      this.#waiting = without(this.#waiting, name);
    }
  }

  forgetError(name: FieldName): void {
    this.errors = without(this.errors, name);
  }

  /** Of two that were written: mine over theirs, or theirs as it is. */
  async settle(name: FieldName, mine: boolean): Promise<void> {
    const conflict = this.conflicts[name];
    this.conflicts = without(this.conflicts, name);
    if (!conflict || !mine) return;
    await this.load();
    await this.put(name, conflict.mine, this.value?.version ?? 0);
  }

  async tag(tag: Tag, on: boolean): Promise<void> {
    const before = this.value;
    if (!before) return;
    const others = before.tag_ids.filter((id) => id !== tag.id);
    this.value = { ...before, tag_ids: on ? [...others, tag.id] : others };
    const { api } = this.#session;
    try {
      await this.#do(() =>
        on ? api.tagContact(this.#id, tag.id) : api.untagContact(this.#id, tag.id),
      );
    } catch (error) {
      this.value = before;
      throw error;
    }
  }

  async note(id: ContactNoteId, text: string): Promise<void> {
    const { items } = await this.#session.api.noteContact(this.#id, id, text);
    if (this.value) this.value = { ...this.value, notes: items };
  }

  async removeNote(id: ContactNoteId): Promise<void> {
    const { items } = await this.#session.api.removeContactNote(this.#id, id);
    if (this.value) this.value = { ...this.value, notes: items };
  }
}

function without<T>(all: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== name));
}
