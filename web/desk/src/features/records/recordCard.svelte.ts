// One record: loaded, changed at once on screen, and the server's answer behind it.
// Must stay true: what I wrote stands on screen until the server answers; what somebody else wrote meanwhile is never
// overwritten unseen: both are shown, and I choose. An older answer never replaces a newer one.

import {
  ProblemError,
  type DeskEvent,
  type Problem,
  type RecordDetail,
  type RecordEdit,
  type RecordId,
} from "@sapa/protocol";
import { sayProblem } from "../../app/problems";
import type { Session } from "../../sync/session";
import type { Conflict } from "../contacts/card.svelte";

export class RecordCard {
  value = $state.raw<RecordDetail | null>(null);
  problem = $state.raw<Problem | null>(null);
  conflicts = $state.raw<Readonly<Record<string, Conflict>>>({});
  /** Why a field was not saved. */
  errors = $state.raw<Readonly<Record<string, string>>>({});
  #waiting = $state.raw<Readonly<Record<string, string>>>({});
  #session: Session;
  #id: RecordId;
  #asked = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(session: Session, id: RecordId) {
    this.#session = session;
    this.#id = id;
    void this.load();
  }

  /** `number`, `title`, or the id of a field: as it is shown. */
  text(name: string): string {
    return this.#waiting[name] ?? this.#stored(name);
  }

  #stored(name: string): string {
    const record = this.value?.record;
    if (name === "number") return record?.number ?? "";
    if (name === "title") return record?.title ?? "";
    return record?.values[name] ?? "";
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const value = await this.#session.api.record(this.#id);
      if (asked === this.#asked) [this.value, this.problem] = [value, null];
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (asked === this.#asked) this.problem = error.problem;
    }
  }

  hear(event: DeskEvent): void {
    if (event.kind === "record.updated" && event.data.record_id === this.#id) void this.load();
  }

  /** Writes a field as somebody who looked at `version`. Answers whether it is saved. */
  async put(name: string, text: string, version: number): Promise<boolean> {
    this.#forget(name);
    const wrote = text.trim();
    if (wrote === this.#stored(name)) return true;
    this.#waiting = { ...this.#waiting, [name]: wrote };
    const body: RecordEdit =
      name === "number" || name === "title"
        ? { version, [name]: wrote }
        : { version, values: { [name]: wrote || null } };
    try {
      const done = this.#queue.then(() => this.#session.api.editRecord(this.#id, body));
      this.#queue = done.catch(() => undefined);
      const record = await done;
      this.#asked += 1;
      if (this.value) this.value = { ...this.value, record };
      return true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#refuse(name, wrote, error.problem);
      return false;
    } finally {
      this.#waiting = without(this.#waiting, name);
    }
  }

  #refuse(name: string, mine: string, problem: Problem): void {
    if (problem.code === "record_changed") {
      const { by, value } = problem.params;
      const conflict = { by: String(by), theirs: String(value), mine };
      this.conflicts = { ...this.conflicts, [name]: conflict };
      void this.load();
    } else {
      this.errors = { ...this.errors, [name]: sayProblem(problem) };
    }
  }

  #forget(name: string): void {
    this.errors = without(this.errors, name);
    this.conflicts = without(this.conflicts, name);
  }

  forgetError(name: string): void {
    this.errors = without(this.errors, name);
  }

  /** Of two that were written: mine over theirs, or theirs as it is. */
  async settle(name: string, mine: boolean): Promise<void> {
    const conflict = this.conflicts[name];
    this.conflicts = without(this.conflicts, name);
    if (!conflict || !mine) return;
    await this.load();
    await this.put(name, conflict.mine, this.value?.record.version ?? 0);
  }
}

function without<T>(all: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== name));
}
