// What a screen reader is told about new customer messages.
// Must stay true: history that loads is never read out; more than three within two seconds become one sentence.

import type { Entry } from "@sapa/protocol";
import { m } from "../../../paraglide/messages";

const TOGETHER_MS = 2_000;
const SINGLE_MAX = 3;

export class Announcer {
  words = $state("");
  #name: () => string;
  #waiting: Entry[] = [];
  #newest = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: () => string) {
    this.#name = name;
  }

  /** Call with the thread each time it changed; the first call only remembers where it ends. */
  hear(entries: readonly Entry[]): void {
    const last = entries.at(-1)?.position ?? 0;
    const news = entries.filter(
      (entry) =>
        entry.position > this.#newest &&
        entry.author.kind === "contact" &&
        entry.kind === "message",
    );
    this.#newest = Number.isFinite(this.#newest) ? Math.max(this.#newest, last) : last;
    if (news.length === 0) return;
    this.#waiting.push(...news);
    this.#timer ??= setTimeout(() => this.#say(), TOGETHER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#timer = undefined;
    const entries = this.#waiting.splice(0);
    const name = this.#name();
    this.words =
      entries.length > SINGLE_MAX
        ? m.announce_many({ count: entries.length, name })
        : entries
            .map(({ text }) => m.announce_one({ name, text: text ?? m.announce_file() }))
            .join(" ");
  }
}
