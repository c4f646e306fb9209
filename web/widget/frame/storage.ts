// What a visitor's browser keeps for one inbox: token, last thread, draft, sound.
// Must stay true: a browser that forbids storage still chats, it only forgets on reload.
// Absent: unsent messages (outbox.ts), because they carry files.

export class Storage {
  #prefix: string;
  #memory = new Map<string, string>();

  constructor(inbox_id: string) {
    this.#prefix = `sapa:${inbox_id}:`;
  }

  /** Something is kept in memory only, because the browser denied storing it. */
  get denied(): boolean {
    return this.#memory.size > 0;
  }

  get<T>(name: string): T | null {
    const key = this.#prefix + name;
    try {
      const text = this.#memory.get(key) ?? localStorage.getItem(key);
      return text === null ? null : (JSON.parse(text) as T);
    } catch {
      return null;
    }
  }

  set(name: string, value: unknown): void {
    const key = this.#prefix + name;
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(key, text);
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, text);
    }
  }

  remove(name: string): void {
    const key = this.#prefix + name;
    this.#memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // Forbidden storage holds nothing to remove.
    }
  }
}
