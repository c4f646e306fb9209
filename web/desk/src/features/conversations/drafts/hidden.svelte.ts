// Of which drafts the chat is hidden from their author.
// Must stay true: hidden is only what the server said so of, for this version of the draft; what it did not answer is
// asked again with the next connection.

import {
  ProblemError,
  type ConversationId,
  type ConversationItem,
  type ServerDraft,
} from "@sapa/protocol";
import type { Draft } from "../../../sync/database";

interface Answer {
  items: readonly ServerDraft[];
  conversations: readonly ConversationItem[];
}

type Versions = Readonly<Record<ConversationId, number>>;

export class Hidden {
  /** With the version of the draft that was answered. */
  #said = $state.raw<Versions>({});
  #asked: Versions = {};

  has({ conversation_id, base = 0 }: Draft): boolean {
    return (this.#said[conversation_id] ?? -1) >= base;
  }

  /** Takes a page of drafts with those of their chats that are not hidden. */
  take({ items, conversations }: Answer): void {
    const seen = conversations.map(({ conversation }) => conversation.id);
    for (const { conversation_id: id, saved_at } of items) {
      if (!seen.includes(id)) this.#said = { ...this.#said, [id]: saved_at };
    }
  }

  /** Of these the chats are not here; what is known of others is forgotten. */
  keep(missing: readonly Draft[]): void {
    this.#asked = of(missing, this.#asked);
    const said = of(missing, this.#said);
    // Nothing is told of when nothing changed: who listens asks for this again.
    if (Object.keys(said).length < Object.keys(this.#said).length) this.#said = said;
  }

  /** Asks once for a chat that no page told of, such as that of a draft which waits to be sent to the server. */
  async ask(draft: Draft, find: (id: ConversationId) => Promise<void>): Promise<void> {
    const { conversation_id: id, base = 0 } = draft;
    if (this.has(draft) || this.#asked[id] === base) return;
    this.#asked = { ...this.#asked, [id]: base };
    try {
      await find(id);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.status === 404) this.#said = { ...this.#said, [id]: base };
    }
  }

  /** There is a connection again. */
  again(): void {
    this.#asked = {};
  }
}

function of(drafts: readonly Draft[], versions: Versions): Versions {
  return Object.fromEntries(
    drafts.flatMap(({ conversation_id: id }) => {
      const version = versions[id];
      return version === undefined ? [] : [[id, version]];
    }),
  );
}
