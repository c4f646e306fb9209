// Several tabs of one desk: one leader speaks (sound, notifications), all tell each other what they did.
// Must stay true: without Web Locks or BroadcastChannel a tab works alone and counts itself leader.
// Absent: what is said; the session decides.

import type { ConversationId } from "@sapa/protocol";
import type { Draft } from "./database";

export type TabNews =
  | { kind: "outbox" }
  | { kind: "draft"; draft: Draft }
  | { kind: "looking"; tab: string; at: ConversationId | null }
  | { kind: "preferences" }
  | { kind: "signed_out" };

export class Tabs {
  readonly id = crypto.randomUUID();
  #channel: BroadcastChannel | null;
  #leading = !("locks" in navigator);
  #release: () => void = () => {};
  /** Which conversation each other tab has under a person's eyes. */
  #looking = new Map<string, ConversationId | null>();

  constructor(name: string, hear: (news: TabNews) => void) {
    this.#channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : null;
    if (this.#channel) {
      this.#channel.onmessage = ({ data }: MessageEvent<TabNews>) => {
        if (data.kind === "looking") this.#looking.set(data.tab, data.at);
        hear(data);
      };
    }
    void this.#lead(`${name}-leader`);
  }

  get leading(): boolean {
    return this.#leading;
  }

  tell(news: TabNews): void {
    this.#channel?.postMessage(news);
  }

  /** Some other tab is in front of a person with this conversation open. */
  someoneLooksAt(id: ConversationId): boolean {
    return [...this.#looking.values()].includes(id);
  }

  close(): void {
    this.tell({ kind: "looking", tab: this.id, at: null });
    this.#channel?.close();
    // What still ends in this tab has nobody to tell.
    this.#channel = null;
    this.#release();
  }

  async #lead(lock: string): Promise<void> {
    if (!("locks" in navigator)) return;
    const held = new Promise<void>((resolve) => (this.#release = resolve));
    await navigator.locks.request(lock, () => {
      this.#leading = true;
      return held;
    });
  }
}

/** Runs alone among all tabs of this browser. */
export async function alone(name: string, run: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return run();
  await navigator.locks.request(name, run);
}
