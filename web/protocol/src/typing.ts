// Typing indicators, both directions.
// Must stay true: a sender repeats at most every 3 s and always says when it ends; what is received
// expires by itself after 8 s, so a lost "off" never leaves dots behind.
// Absent: the socket. The caller passes what to do.

const REPEAT_MS = 3_000;
const IDLE_MS = 5_000;
export const TYPING_EXPIRES_MS = 8_000;

/** Call `keystroke` on every change of the text and `stop` on sending, clearing or leaving. */
export class TypingSender {
  #say: (on: boolean) => void;
  #said_at: number | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (on: boolean) => void) {
    this.#say = say;
  }

  keystroke(now_ms: number = Date.now()): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
    if (this.#said_at !== null && now_ms - this.#said_at < REPEAT_MS) return;
    this.#said_at = now_ms;
    this.#say(true);
  }

  stop(): void {
    clearTimeout(this.#idle);
    if (this.#said_at === null) return;
    this.#said_at = null;
    this.#say(false);
  }
}

/** Who is typing, by key (a conversation, an author); forgets on its own. */
export class TypingBoard<K, V> {
  #changed: (key: K) => void;
  #typing = new Map<K, { value: V; timer: ReturnType<typeof setTimeout> }>();

  constructor(changed: (key: K) => void) {
    this.#changed = changed;
  }

  hear(key: K, value: V, on: boolean): void {
    clearTimeout(this.#typing.get(key)?.timer);
    if (on) {
      const timer = setTimeout(() => this.hear(key, value, false), TYPING_EXPIRES_MS);
      this.#typing.set(key, { value, timer });
    } else {
      this.#typing.delete(key);
    }
    this.#changed(key);
  }

  forget(): void {
    for (const [key, { value }] of [...this.#typing]) this.hear(key, value, false);
  }

  get(key: K): V | undefined {
    return this.#typing.get(key)?.value;
  }
}
