// Drafts on the server: they follow the member to his other devices.
// Must stay true: what was written here is never overwritten by what comes from there; two versions that grew apart
// become one that holds both; without a connection drafts wait here, and nothing depends on it.
// Absent: keeping them on this device (drafts.ts).

import {
  ProblemError,
  type ConversationId,
  type DraftRequest,
  type DraftSaved,
  type ServerDraft,
} from "@sapa/protocol";
import type { Draft } from "./database";
import { isEmpty, isNoteEmpty, isReplyEmpty, merged, type Drafts } from "./drafts";

/** As many the server hands over at once, the newest (`DRAFTS` in desk.rs). */
const SNAPSHOT_DRAFTS = 500;
/** A pause in writing. */
const PUSH_AFTER_MS = 1_500;
/** Browsers let no more go on when a page is left. */
const LEAVING_BYTES = 60_000;

export interface DraftApi {
  drafts(query: { conversation: ConversationId }): Promise<{ items: ServerDraft[] }>;
  saveDraft(id: ConversationId, draft: DraftRequest): Promise<{ saved_at: number }>;
  discardDraft(id: ConversationId): Promise<void>;
}

type Versions = ReadonlyMap<ConversationId, number>;

export class DraftSync {
  #drafts: Drafts;
  #api: DraftApi;
  /** Whose requests go on when the page is left. */
  #leaving: Pick<DraftApi, "saveDraft">;
  #timers = new Map<ConversationId, ReturnType<typeof setTimeout>>();
  #pushing = new Set<ConversationId>();
  /** Told while a push was on its way. */
  #told = new Map<ConversationId, DraftSaved>();
  #stopped = false;

  constructor(drafts: Drafts, api: DraftApi, leaving: Pick<DraftApi, "saveDraft"> = api) {
    this.#drafts = drafts;
    this.#api = api;
    this.#leaving = leaving;
    drafts.onwritten = (id) => this.#soon(id);
  }

  /** Which versions are known here. */
  versions(): Versions {
    return new Map(this.#drafts.all.map((one) => [one.conversation_id, one.base ?? 0]));
  }

  /**
   * Takes over the server's drafts, the newest first, but for those that moved on since it was asked, at `known`. Which
   * are older than the last of a full list nobody knows: they stay.
   */
  async reconcile(theirs: readonly ServerDraft[], known = this.versions()): Promise<void> {
    const floor = theirs.length < SNAPSHOT_DRAFTS ? 0 : (theirs.at(-1)?.saved_at ?? 0);
    const here = this.#drafts.all
      .filter(({ synced, base = 0 }) => synced && base >= floor)
      .map((one) => one.conversation_id);
    const there = new Map(theirs.map((draft) => [draft.conversation_id, draft]));
    for (const id of new Set([...here, ...there.keys()])) {
      await this.#adoptUnmoved(id, there.get(id) ?? null, known);
    }
  }

  /** Takes over some of the server's drafts, as `reconcile` all of them. */
  async take(theirs: readonly ServerDraft[], known: Versions): Promise<void> {
    for (const draft of theirs) await this.#adoptUnmoved(draft.conversation_id, draft, known);
  }

  /** The server has another version; perhaps this device made it. */
  async hear(saved: DraftSaved): Promise<void> {
    const { conversation_id: id, saved_at } = saved.data;
    if (this.#pushing.has(id)) return void this.#told.set(id, saved);
    const mine = this.#drafts.get(id);
    // What was written here finds out when it is saved.
    if (mine?.synced === false || (mine?.base ?? 0) >= saved_at) return;
    await this.#fetch(id).then(
      (theirs) => this.#adopt(id, theirs),
      () => undefined,
    );
  }

  /** Words that were to be sent are on the server as a draft again, whatever was emptied here when they were. */
  async takeBack(id: ConversationId): Promise<void> {
    const theirs = await this.#fetch(id).catch(() => null);
    if (theirs?.reply) this.#drafts.giveBack(id, theirs.reply);
  }

  /** There is a connection: what waited goes now. */
  wake(): void {
    for (const draft of this.#drafts.all) {
      if (!draft.synced && !(isEmpty(draft) && !draft.base)) void this.push(draft.conversation_id);
    }
  }

  /** The page is being left. */
  leave(): void {
    for (const id of [...this.#timers.keys()]) void this.push(id, true);
  }

  stop(): void {
    this.leave();
    this.#stopped = true;
  }

  /** Also of a conversation that was taken away. */
  async discard(id: ConversationId): Promise<void> {
    await this.#api.discardDraft(id);
    await this.#drafts.replace(id, null);
  }

  async push(id: ConversationId, leaving = false): Promise<void> {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const draft = this.#drafts.get(id);
    if (!draft || draft.synced || this.#stopped) return;
    if (this.#pushing.has(id)) return this.#soon(id);
    this.#pushing.add(id);
    try {
      const body = requestOf(draft);
      const light = leaving && JSON.stringify(body).length < LEAVING_BYTES;
      const api = light ? this.#leaving : this.#api;
      const { saved_at } = await api.saveDraft(id, body);
      await this.#drafts.confirm(draft, saved_at);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === "draft_moved") {
        await this.#merge(id).catch(() => undefined);
      }
      // Otherwise it is kept here: without a connection, or of a conversation that was taken away.
    } finally {
      this.#pushing.delete(id);
      const told = this.#told.get(id);
      this.#told.delete(id);
      if (told) void this.hear(told);
    }
  }

  #soon(id: ConversationId): void {
    if (this.#stopped) return;
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.push(id), PUSH_AFTER_MS),
    );
  }

  async #adoptUnmoved(
    id: ConversationId,
    theirs: ServerDraft | null,
    known: Versions,
  ): Promise<void> {
    const moved = (this.#drafts.get(id)?.base ?? 0) !== (known.get(id) ?? 0);
    if (!moved && !this.#pushing.has(id)) await this.#adopt(id, theirs);
  }

  async #adopt(id: ConversationId, theirs: ServerDraft | null): Promise<void> {
    const mine = this.#drafts.get(id);
    // Also what was emptied here: it was sent, or taken back, and the server is told soon.
    const emptied = mine?.base === theirs?.saved_at;
    if (mine && !mine.synced && (!isEmpty(mine) || emptied)) return;
    if (theirs ? mine?.synced && mine.base === theirs.saved_at : !mine || isEmpty(mine)) return;
    await this.#drafts.replace(id, theirs && draftOf(theirs));
  }

  async #merge(id: ConversationId): Promise<void> {
    const theirs = await this.#fetch(id);
    const mine = this.#drafts.get(id);
    if (!mine) return;
    const base = theirs?.saved_at ?? 0;
    const both = theirs ? merged({ ...draftOf(theirs), saved_at: 0 }, mine) : mine;
    await this.#drafts.replace(id, { ...both, base, synced: false });
    this.#soon(id);
  }

  async #fetch(id: ConversationId): Promise<ServerDraft | null> {
    const { items } = await this.#api.drafts({ conversation: id });
    return items[0] ?? null;
  }
}

function draftOf({ conversation_id, reply, note, saved_at }: ServerDraft): Omit<Draft, "saved_at"> {
  return {
    conversation_id,
    text: reply?.text ?? "",
    files: reply?.files ?? [],
    quote: reply?.quote ?? null,
    card: reply?.card ?? null,
    ...(reply?.mail && { mail: reply.mail }),
    ...(note && { note }),
    base: saved_at,
    synced: true,
  };
}

function requestOf(draft: Draft): DraftRequest {
  const { text, files, quote = null, card = null, mail = null, note, base = 0 } = draft;
  return {
    base,
    reply: isReplyEmpty(draft) && !quote ? null : { text, files, quote, card, mail },
    note: note && !isNoteEmpty(draft) ? note : null,
  };
}
