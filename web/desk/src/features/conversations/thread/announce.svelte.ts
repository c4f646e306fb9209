// What a screen reader is told about new customer messages, and colleagues' notes.
// Must stay true: history that loads is never read out; more than three within two seconds become one sentence.

import type { Entry, Mark, MemberId } from "@sapa/protocol";
import { plainOf } from "@sapa/protocol/links";
import { ALL_MARKS } from "@sapa/protocol/marks";
import { isolated } from "../../../app/isolate";
import { m } from "../../../paraglide/messages";

const TOGETHER_MS = 2_000;
const SINGLE_MAX = 3;

export class Announcer {
  words = $state("");
  #name: () => string;
  #marks: () => readonly Mark[];
  #me: MemberId;
  #waiting: Entry[] = [];
  #newest = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: () => string, marks: () => readonly Mark[], me: MemberId) {
    this.#name = name;
    this.#marks = marks;
    this.#me = me;
  }

  /** Call with the thread each time it changed; the first call only remembers where it ends. */
  hear(entries: readonly Entry[]): void {
    const last = entries.at(-1)?.position ?? 0;
    const news = entries.filter(
      (entry) =>
        entry.position > this.#newest &&
        ((entry.author.kind === "contact" && entry.kind === "message") ||
          (entry.kind === "note" && entry.author.id !== this.#me)),
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
    const [name, marks] = [this.#name(), this.#marks()];
    this.words =
      entries.length > SINGLE_MAX
        ? m.announce_many({ count: entries.length, name })
        : entries.map((entry) => sentenceOf(entry, name, marks)).join(" ");
  }
}

function sentenceOf({ kind, author, text }: Entry, name: string, marks: readonly Mark[]): string {
  if (kind === "note") {
    const words = plainOf(text ?? "", ALL_MARKS);
    return m.announce_note({ name: isolated(author.name ?? m.somebody()), text: words });
  }
  return m.announce_one({ name, text: text ? plainOf(text, marks) : m.announce_file() });
}
