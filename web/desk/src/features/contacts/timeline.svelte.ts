// Everything with one person, as far as it is loaded: a piece of it, and what comes before and after.
// Must stay true: an answer to an older question never overwrites that to a newer one; each entry stands in it once; what
// happens now comes in at the end only where the end is shown.
// Absent: markup, and the words of entries.

import {
  ProblemError,
  type ContactId,
  type ContactTimeline,
  type ConversationItem,
  type DeskEvent,
  type InboxId,
  type Problem,
  type StaffApi,
  type TimelineEntry,
  type TimelineRequest,
} from "@sapa/protocol";

const PAGE = 50;

export class Timeline {
  items = $state.raw<readonly TimelineEntry[]>([]);
  conversations = $state.raw<readonly ConversationItem[]>([]);
  /** Where to go on in each direction; nothing: there is no more. */
  before = $state.raw<string | null>(null);
  after = $state.raw<string | null>(null);
  busy = $state(true);
  problem = $state.raw<Problem | null>(null);
  #api: StaffApi;
  #contact: ContactId;
  #inbox: InboxId | undefined;
  #running: AbortController | null = null;

  constructor(api: StaffApi, contact: ContactId) {
    this.#api = api;
    this.#contact = contact;
  }

  /** Only of this inbox, or of all. */
  narrow(inbox: InboxId | undefined): Promise<boolean> {
    this.#inbox = inbox;
    return this.newest();
  }

  newest(): Promise<boolean> {
    return this.#load({}, (page) => page.items);
  }

  oldest(): Promise<boolean> {
    return this.#load({ after: "start" }, (page) => page.items);
  }

  async earlier(): Promise<boolean> {
    const { before, after } = this;
    if (before === null || this.busy) return false;
    const come = await this.#load({ before }, ({ items }) => joined(items, this.items));
    if (come) this.after = after;
    return come;
  }

  async later(): Promise<boolean> {
    const { before, after } = this;
    if (after === null || this.busy) return false;
    const come = await this.#load({ after }, ({ items }) => joined(this.items, items));
    if (come) this.before = before;
    return come;
  }

  /** Whether something came in at the end. */
  async hear(event: DeskEvent): Promise<boolean> {
    if (event.kind !== "conversation.updated") return false;
    const { conversation, entries } = event.data;
    const known = this.conversations.some((one) => one.conversation.id === conversation.id);
    if (entries.length === 0 || !(known || conversation.contact.id === this.#contact)) return false;
    // What was corrected or removed stands where it stood.
    this.items = this.items.map((item) => {
      const changed = entries.find(({ id }) => id === item.entry.id);
      return changed ? { ...item, entry: changed } : item;
    });
    const has = (id: string) => this.items.some(({ entry }) => entry.id === id);
    if (this.after !== null || entries.every(({ id }) => has(id))) return false;
    const last = this.items.at(-1)?.entry;
    if (!last) return this.newest();
    const { before } = this;
    const place = `${last.at}.${last.position}.${last.conversation_id}`;
    const come = await this.#load({ after: place }, ({ items }) => joined(this.items, items));
    if (come) this.before = before;
    return come;
  }

  stop(): void {
    this.#running?.abort();
  }

  async #load(
    place: TimelineRequest,
    put: (page: ContactTimeline) => readonly TimelineEntry[],
  ): Promise<boolean> {
    this.stop();
    const { signal } = (this.#running = new AbortController());
    this.busy = true;
    try {
      const asked = { ...place, inbox_id: this.#inbox, limit: PAGE };
      const page = await this.#api.contactTimeline(this.#contact, asked, signal);
      if (signal.aborted) return false;
      [this.items, this.conversations, this.problem] = [put(page), page.conversations, null];
      [this.before, this.after] = [page.before ?? null, page.after ?? null];
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof ProblemError)) throw error;
      this.problem = error.problem;
    }
    this.busy = false;
    return this.problem === null;
  }
}

function joined(
  earlier: readonly TimelineEntry[],
  later: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const known = new Set(earlier.map(({ entry }) => entry.id));
  return [...earlier, ...later.filter(({ entry }) => !known.has(entry.id))];
}
