// Which colleagues have a conversation before their eyes.
// Must stay true: who is looking repeats it, and is forgotten 30 seconds after he last did; who looks away, or closes the
// desk, says so at once; a newcomer learns at once who is there; nothing is stored anywhere.
// Absent: the socket, and who counts as looking (the session's lookAt).

import type { Author, ConversationId } from "@sapa/protocol";

const REPEAT_MS = 12_000;
/** Whose network broke cannot say that he left. One repeat may be lost on the way. */
export const EXPIRES_MS = 30_000;

interface Viewer {
  author: Author;
  timer: ReturnType<typeof setTimeout>;
}

export class Viewers {
  #say: (id: ConversationId, on: boolean) => void;
  #changed: () => void;
  #here: ConversationId | null = null;
  #repeat: ReturnType<typeof setInterval> | undefined;
  #viewers = new Map<ConversationId, Map<string, Viewer>>();

  constructor(say: (id: ConversationId, on: boolean) => void, changed: () => void) {
    this.#say = say;
    this.#changed = changed;
  }

  of(id: ConversationId): Author[] {
    return [...(this.#viewers.get(id)?.values() ?? [])].map(({ author }) => author);
  }

  look(id: ConversationId | null): void {
    clearInterval(this.#repeat);
    if (this.#here && this.#here !== id) this.#say(this.#here, false);
    this.#here = id;
    if (id === null) return;
    this.#say(id, true);
    this.#repeat = setInterval(() => this.#say(id, true), REPEAT_MS);
  }

  hear(id: ConversationId, author: Author, on: boolean): void {
    if (author.id === null) return;
    const here = this.#viewers.get(id) ?? new Map<string, Viewer>();
    const known = here.get(author.id);
    clearTimeout(known?.timer);
    if (on) {
      const timer = setTimeout(() => this.hear(id, author, false), EXPIRES_MS);
      here.set(author.id, { author, timer });
      this.#viewers.set(id, here);
      if (!known && id === this.#here) this.#say(id, true);
    } else {
      here.delete(author.id);
    }
    if ((known === undefined) === on) this.#changed();
  }

  /** The conversation became somebody else's. Who may not see it any more cannot say that he looks away: whoever still
      looks says so again. */
  askAnew(id: ConversationId): void {
    const here = this.#viewers.get(id);
    if (here) {
      for (const { timer } of here.values()) clearTimeout(timer);
      this.#viewers.delete(id);
      this.#changed();
    }
    if (id === this.#here) this.#say(id, true);
  }

  /** The connection broke: who left meanwhile could not be heard. */
  forget(): void {
    for (const here of this.#viewers.values()) {
      for (const { timer } of here.values()) clearTimeout(timer);
    }
    this.#viewers.clear();
    this.#changed();
  }

  stop(): void {
    this.look(null);
    this.forget();
  }
}
