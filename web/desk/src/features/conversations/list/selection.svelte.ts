// Which chats of the list are ticked, and what is done to all of them.
// Must stay true: what is ticked stays so while the list moves, and no longer than it is in the list; another list
// begins with none; a range is given back as it was taken; what the server says of a batch is never overwritten by what it said before.
// Absent: doing it. The server does, one chat after the other (features/conversations/src/batch.rs).

import {
  newBatchId,
  ProblemError,
  type Batch,
  type BatchAct,
  type ConversationId,
} from "@sapa/protocol";
import { SvelteSet } from "svelte/reactivity";
import type { ListId } from "../../../sync/filters";
import type { Session } from "../../../sync/session";
import { askedFor } from "./savedViews";

const ORDER: readonly Batch["state"][] = [
  "choosing",
  "chosen",
  "running",
  "done",
  "taking_back",
  "taken_back",
];

const UNDER_WAY: readonly Batch["state"][] = ["running", "taking_back"];
const REMEMBERED = "sapa-desk-batch";

/** Told again now and then, should word of it be lost. */
const LOOK_MS = 5_000;

export class Selection {
  readonly ids = new SvelteSet<ConversationId>();
  /** Chats can be ticked by a touch, although none is yet. */
  started = $state(false);
  /** All that the list holds, or what is being done. */
  batch = $state.raw<Batch | null>(null);
  /** Asked for, and not yet answered. */
  sending = $state(false);
  /** Rises with every choice of the person: an answer to an older one comes too late. */
  #turn = 0;
  /** What was last asked for and has no answer: the same again is the same batch. */
  #unanswered: Batch["id"] | null = null;
  /** What was heard of it before its answer. */
  #heard: Batch | null = null;
  #list: ListId | null = null;
  /** Where a range begins and ends. */
  #range: [ConversationId, ConversationId] | null = null;

  get active(): boolean {
    return this.started || this.ids.size > 0 || this.batch !== null;
  }

  /** Something is on its way, and nothing else is chosen meanwhile. */
  get busy(): boolean {
    return this.sending || (this.batch !== null && UNDER_WAY.includes(this.batch.state));
  }

  /** As many as would be acted on. */
  get count(): number {
    return this.batch?.total ?? this.ids.size;
  }

  has(id: ConversationId): boolean {
    const state = this.batch?.state;
    return this.ids.has(id) || state === "choosing" || state === "chosen";
  }

  show(list: ListId): void {
    if (this.#list !== list && !this.busy) this.clear();
    this.#list = list;
  }

  toggle(id: ConversationId): void {
    this.#leaveBatch();
    if (!this.ids.delete(id)) this.ids.add(id);
    this.#range = [id, id];
  }

  /** From where the last one was ticked to this one; what went further before is given back. */
  extend(all: readonly ConversationId[], to: ConversationId): void {
    this.#leaveBatch();
    const [from, before] = this.#range ?? [to, to];
    for (const id of between(all, from, before)) this.ids.delete(id);
    for (const id of between(all, from, to)) this.ids.add(id);
    this.#range = [from, to];
  }

  /** One further along the list, from the end of the range or from `here`. Returns where that is. */
  step(
    all: readonly ConversationId[],
    here: ConversationId | null,
    by: 1 | -1,
  ): ConversationId | null {
    const end = this.#range && this.ids.size > 0 ? this.#range[1] : null;
    const from = end ?? here ?? all[0];
    if (!from) return null;
    const to = all[all.indexOf(from) + by] ?? from;
    if (end === null) this.toggle(from);
    this.extend(all, to);
    return to;
  }

  tickAll(all: readonly ConversationId[]): void {
    this.#leaveBatch();
    for (const id of all) this.ids.add(id);
    this.#range = null;
  }

  /** They left the list. */
  drop(gone: readonly ConversationId[]): void {
    for (const id of gone) this.ids.delete(id);
    if (this.#range?.some((end) => gone.includes(end))) this.#range = null;
  }

  clear(): void {
    this.#leaveBatch();
    this.ids.clear();
    this.#range = null;
    this.batch = null;
    this.started = false;
  }

  /** What was done is done: whatever was ticked meanwhile stays so. */
  finish(): void {
    this.batch = null;
    this.started = false;
  }

  /** All that the list holds, loaded or not: the server looks through it and says how many those are. */
  async chooseAll(session: Session, list: ListId): Promise<void> {
    const id = newBatchId();
    const of = { kind: "list" as const, list: askedFor(list) };
    const turn = ++this.#turn;
    const begun = await session.api.beginBatch(id, { of, act: null });
    // Somebody who went to another list, or let go, no longer means these.
    if (turn !== this.#turn) return;
    this.ids.clear();
    this.batch = begun;
  }

  async act(session: Session, act: BatchAct): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      const chosen = this.batch;
      if (chosen) {
        this.#take(await session.api.actOnBatch(chosen.id, act));
        return;
      }
      const of = { kind: "conversations" as const, ids: [...this.ids] };
      const id = (this.#unanswered ??= newBatchId());
      const begun = await session.api.beginBatch(id, { of, act });
      this.#unanswered = null;
      this.batch = begun;
      if (this.#heard) this.#take(this.#heard);
      this.#heard = null;
      this.ids.clear();
      this.#range = null;
    } finally {
      this.sending = false;
    }
  }

  async takeBack(session: Session, id: Batch["id"]): Promise<void> {
    const now = await session.api.takeBatchBack(id);
    // Another one that is under way keeps its place.
    if (this.batch === null) this.batch = now;
    else this.#take(now);
  }

  /** What was under way in this tab goes on being told after a reload. */
  async resume(session: Session): Promise<void> {
    const id = remembered();
    if (!id || this.batch !== null) return;
    try {
      const now = await session.api.batch(id);
      if (this.batch === null && UNDER_WAY.includes(now.state)) this.batch = now;
    } catch (error) {
      // It is known for a day only; without a network the page has other things to tell.
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  /** For a reload. */
  remember(): void {
    const { batch } = this;
    try {
      if (batch && UNDER_WAY.includes(batch.state)) sessionStorage.setItem(REMEMBERED, batch.id);
      else sessionStorage.removeItem(REMEMBERED);
    } catch {
      // Storage may be forbidden: then it ends untold.
    }
  }

  /** Follows the batch; returns how to stop. */
  follow(session: Session): () => void {
    const stop = session.hear((event) => {
      if (event.kind === "batch.updated") this.#take(event.data.batch);
    });
    const timer = setInterval(() => {
      const { batch } = this;
      if (batch === null || (!this.busy && batch.state !== "choosing")) return;
      session.api.batch(batch.id).then(
        (now) => this.#take(now),
        (error: unknown) => {
          const unknown = error instanceof ProblemError && error.problem.status === 404;
          if (unknown && this.batch === batch) this.clear();
        },
      );
    }, LOOK_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  #take(now: Batch): void {
    const { batch } = this;
    if (now.id === this.#unanswered) this.#heard = now;
    if (batch?.id !== now.id) return;
    const further = ORDER.indexOf(now.state) - ORDER.indexOf(batch.state);
    if (further > 0 || (further === 0 && sum(now) >= sum(batch))) this.batch = now;
  }

  /** Whoever ticks one himself no longer means all of them. */
  #leaveBatch(): void {
    this.#turn += 1;
    if (this.sending) return;
    this.#unanswered = null;
    if (!this.busy) this.batch = null;
  }
}

export const selection = new Selection();

/** What was said of a batch, in numbers that only grow. */
function sum({ total, done, refused }: Batch): number {
  return total + done + refusedOf(refused);
}

export function refusedOf(refused: Batch["refused"]): number {
  return refused.reduce((sum, { conversations }) => sum + conversations, 0);
}

function remembered(): Batch["id"] | null {
  try {
    return sessionStorage.getItem(REMEMBERED) as Batch["id"] | null;
  } catch {
    return null;
  }
}

function between(
  all: readonly ConversationId[],
  one: ConversationId,
  other: ConversationId,
): readonly ConversationId[] {
  const ends = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
  const [from = -1, to = -1] = ends;
  return from < 0 ? [] : all.slice(from, to + 1);
}
