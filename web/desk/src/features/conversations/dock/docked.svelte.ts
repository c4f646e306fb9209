// Which chats are kept in a window over the other sections of the desk, in this tab: a few, of which one may be open.
// Must stay true: no chat is there twice; the oldest makes room for one too many; the choice outlives a reload, and
// belongs to the member who made it.
// Absent: drawing, and where it is shown (app/Shell.svelte).

import { isConversationId, type ConversationId, type MemberId } from "@sapa/protocol";
import { MediaQuery } from "svelte/reactivity";

const STORAGE_KEY = "sapa-docked";
export const DOCKED_MAX = 5;

interface Kept {
  member: MemberId;
  ids: ConversationId[];
  open: ConversationId | null;
}

export class Docked {
  /** In the order in which they came. */
  ids = $state.raw<readonly ConversationId[]>([]);
  /** The others stand at its foot. */
  open = $state<ConversationId | null>(null);
  /** What was pressed to show it is gone: the keyboard goes on in the window, once it is drawn. */
  entering = $state<ConversationId | null>(null);
  #member: MemberId | null = null;
  #wide = new MediaQuery("(min-width: 640px)");

  /** Whoever signs in next in this tab begins without the windows of the one before. */
  startFor(member: MemberId): void {
    this.#member = member;
    ({ ids: this.ids, open: this.open } = kept(member));
  }

  /** On a phone a chat is a page. */
  get fits(): boolean {
    return this.#wide.current;
  }

  has(id: ConversationId): boolean {
    return this.ids.includes(id);
  }

  show(id: ConversationId): void {
    if (!this.has(id)) this.ids = [...this.ids.slice(1 - DOCKED_MAX), id];
    this.open = id;
    this.#keep();
  }

  /** Shows it, and turns the keyboard to it. */
  enter(id: ConversationId): void {
    this.show(id);
    this.entering = id;
  }

  /** It is no more: another has what was in it, and stands in its place. */
  replace(id: ConversationId, by: ConversationId): void {
    const others = this.ids.filter((one) => one !== by);
    this.ids = others.map((one) => (one === id ? by : one));
    if (this.open === id) this.open = by;
    this.#keep();
  }

  minimize(): void {
    this.open = null;
    this.#keep();
  }

  remove(id: ConversationId): void {
    this.ids = this.ids.filter((one) => one !== id);
    if (this.open === id) this.open = null;
    this.#keep();
  }

  #keep(): void {
    if (this.#member === null) return;
    try {
      const kept: Kept = { member: this.#member, ids: [...this.ids], open: this.open };
      sessionStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
    } catch {
      // Storage refused: the choice holds until the page is left.
    }
  }
}

function kept(by: MemberId): Pick<Kept, "ids" | "open"> {
  const nothing = { ids: [], open: null };
  try {
    const { member, ids, open } = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "{}") as Kept;
    if (member !== by) return nothing;
    const known = ids.filter(isConversationId).slice(-DOCKED_MAX);
    return { ids: known, open: known.find((id) => id === open) ?? null };
  } catch {
    // Nothing was kept.
    return nothing;
  }
}

export const docked = new Docked();
