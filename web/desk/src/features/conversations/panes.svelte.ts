// Which chats stand side by side in this tab: one, two or four, of which one is in use; and whether the list beside
// them is folded away.
// Must stay true: the chat in use is the one that the address names; no chat is shown twice; what does not fit is kept
// and comes back with the room for it; no pane is empty but those that somebody emptied, or for which there is no chat;
// the choice outlives a reload.

import { isConversationId, type ConversationId } from "@sapa/protocol";

export const SPLITS = [1, 2, 4] as const;
export type Split = (typeof SPLITS)[number];

const STORAGE_KEY = "sapa-panes";

interface Kept {
  split: Split;
  slots: (ConversationId | null)[];
  active: number;
  folded: boolean;
}

export class Panes {
  /** What was asked for. */
  split = $state<Split>(1);
  /** The list of my chats makes room for the panes. */
  folded = $state(false);
  #slots = $state.raw<readonly (ConversationId | null)[]>([null]);
  #active = $state(0);
  #room: () => Split;

  constructor(room: () => Split) {
    this.#room = room;
    const { split, slots, active, folded } = kept();
    this.split = split;
    this.folded = folded;
    this.#slots = slots;
    this.#active = active;
  }

  /** How many there is space for. */
  get room(): Split {
    return this.#room();
  }

  get shown(): Split {
    return this.split > this.room ? this.room : this.split;
  }

  /** The place of the chat in use. */
  get active(): number {
    return this.shown === 1 ? 0 : this.#place;
  }

  /** The same among all that are kept. */
  get #place(): number {
    return this.shown === 1 ? this.#active : Math.min(this.#active, this.shown - 1);
  }

  /** What stands where; null where nothing does yet. */
  get slots(): (ConversationId | null)[] {
    if (this.shown === 1) return [this.#slots[this.#active] ?? null];
    return Array.from({ length: this.shown }, (_, at) => this.#slots[at] ?? null);
  }

  has(id: ConversationId): boolean {
    return this.shown > 1 && this.slots.includes(id);
  }

  /**
   * The address names another chat: the pane that has it is in use now, or the one in use shows it. An address without
   * one, as of another list, takes none away from several: answered is the chat that it should name.
   */
  follow(id: ConversationId | null): ConversationId | null {
    const kept = this.#slots[this.#place] ?? null;
    if (id === null && this.shown > 1 && kept) return kept;
    const at = id ? this.#slots.indexOf(id) : -1;
    if (at !== -1 && (this.shown === 1 || at < this.shown)) this.#active = at;
    else this.#put(this.#place, id);
    this.#keep();
    return id;
  }

  /** The next number of panes, and from the most back to one. Answers like `choose`. */
  cycle(fill: readonly ConversationId[]): ConversationId | null {
    const fitting = SPLITS.filter((one) => one <= this.room);
    return this.choose(fitting[(fitting.indexOf(this.shown) + 1) % fitting.length] ?? 1, fill);
  }

  /** Empty panes show what of `fill` is not there yet. Answers the chat in use from now on. */
  choose(split: Split, fill: readonly ConversationId[]): ConversationId | null {
    const current = this.#slots[this.#active] ?? null;
    this.split = split;
    if (split === 1) [this.#slots, this.#active] = [[current], 0];
    else {
      const slots = Array.from({ length: split }, (_, at) => this.#slots[at] ?? null);
      if (current && !slots.includes(current)) slots[0] = current;
      const used = current ? slots.indexOf(current) : Math.min(this.#active, split - 1);
      const free = fill.filter((id) => !slots.includes(id));
      // The one in use first: nobody is left before nothing.
      slots[used] ??= free.shift() ?? null;
      [this.#slots, this.#active] = [slots.map((id) => id ?? free.shift() ?? null), used];
    }
    this.#keep();
    return this.#slots[this.#active] ?? null;
  }

  fold(folded: boolean): void {
    this.folded = folded;
    this.#keep();
  }

  /** Shows nothing there any more. */
  empty(at: number): void {
    this.#put(at, null);
    this.#keep();
  }

  /** The place that is in use from now on. */
  use(at: number): void {
    this.#active = at;
    this.#keep();
  }

  #put(at: number, id: ConversationId | null): void {
    const slots = [...this.#slots];
    while (slots.length <= at) slots.push(null);
    // Kept beyond what fits: it changes places, it is not doubled.
    const double = id ? slots.indexOf(id) : -1;
    if (double !== -1) slots[double] = slots[at] ?? null;
    slots[at] = id;
    this.#slots = slots;
  }

  #keep(): void {
    try {
      const { split, folded } = this;
      const kept: Kept = { split, slots: [...this.#slots], active: this.#active, folded };
      sessionStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
    } catch {
      // Storage refused: the choice holds until the page is left.
    }
  }
}

function kept(): Kept {
  try {
    const {
      split,
      slots,
      active = 0,
      folded = false,
    } = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "{}") as Kept;
    if (SPLITS.includes(split) && Array.isArray(slots)) {
      const ids = slots.map((id) => (id && isConversationId(id) ? id : null));
      return { split, slots: ids, active: Math.max(0, Math.min(active, split - 1)), folded };
    }
  } catch {
    // Nothing was kept.
  }
  return { split: 1, slots: [null], active: 0, folded: false };
}
