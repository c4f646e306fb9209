// The quick replies of a conversation, found by what is typed, with the words that fill them.
// Must stay true: they are prepared once for each list, not with each key.
// Absent: markup.

import type { ConversationItem, QuickReplyItem, TeamId } from "@sapa/protocol";
import { watch } from "../../app/bind.svelte";
import { QUICK_REPLIES_TOPIC } from "../../sync/quickReplies";
import type { Session } from "../../sync/session";
import { topic } from "../../sync/store";
import { matching, prepared } from "./match";
import { valuesFor } from "./placeholders";

/** More nobody looks through: he types another letter. */
const SHOWN = 50;

export class Finding {
  /** Where the pointer or the arrows stand. */
  chosen = $state(0);
  #session: Session;
  #item: () => ConversationItem;
  #typed: () => string;
  #watched: {
    readonly current: { all: readonly QuickReplyItem[] | null; teams: readonly TeamId[] };
  };

  constructor(session: Session, item: () => ConversationItem, typed: () => string) {
    this.#session = session;
    this.#item = item;
    this.#typed = typed;
    this.#watched = watch(
      session.store.topics,
      () => [QUICK_REPLIES_TOPIC, topic.inboxes, topic.teams, topic.me],
      () => ({ all: session.quickReplies.all, teams: session.store.myTeams }),
    );
    $effect(() => {
      void typed();
      this.chosen = 0;
    });
  }

  readonly #inbox = $derived.by(() => this.#item().conversation.inbox_id);

  readonly #prepared = $derived.by(() => {
    const { all, teams } = this.#watched.current;
    return all && prepared(all, { inbox: this.#inbox, teams });
  });

  readonly found = $derived.by(() => matching(this.#prepared ?? [], this.#typed()).slice(0, SHOWN));

  readonly active = $derived.by(() => Math.min(this.chosen, this.found.length - 1));

  readonly values = $derived.by(() => {
    void this.#watched.current;
    const { store } = this.#session;
    return valuesFor(this.#item().conversation.contact, store.me, store.inbox(this.#inbox));
  });

  /** They are not loaded yet. */
  get waiting(): boolean {
    return this.#prepared === null;
  }

  /** There are none at all. */
  get empty(): boolean {
    return this.#prepared?.length === 0;
  }

  get current(): QuickReplyItem | undefined {
    return this.found[this.active];
  }

  move(by: 1 | -1): void {
    const { length } = this.found;
    if (length > 0) this.chosen = (this.active + by + length) % length;
  }
}
