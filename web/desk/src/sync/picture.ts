// What the desk showed last, so that a reload paints at once and then catches up.
// Must stay true: it holds what the store knew at one position of the stream, so that following from there
// completes it; only a reload of the same tab, by the member who is signed in, on the same build, gets it;
// nothing is left of it after a sign-out or an ended sign-in; without IndexedDB the desk only starts slower.
// Absent: unsent messages and drafts (database.ts).

import type {
  ConversationId,
  ConversationPage,
  ConversationView,
  Desk,
  Entry,
} from "@sapa/protocol";
import { deleteDB, openDB } from "idb";

const DATABASE = "sapa-desk-picture";
const STORE = "pictures";
/** In this tab, and in this browser: who the picture belongs to. */
const OWNER = "sapa-desk-owner";
/** The name of our own file changes with every build, and with it perhaps the shapes kept here. */
const BUILD = import.meta.url;

export interface KeptThread {
  id: ConversationId;
  entries: readonly Entry[];
  complete: boolean;
}

export interface Picture {
  desk: Omit<Desk, "drafts">;
  pages: Partial<Record<ConversationView, ConversationPage>>;
  threads: KeptThread[];
}

interface Kept {
  build: string;
  picture: Picture;
}

/** The member of this tab, who from now on may be shown again after a reload. */
export function ownPicture(desk: Pick<Desk, "me">): void {
  attempt(() => {
    sessionStorage.setItem(OWNER, ownerOf(desk));
    localStorage.setItem(OWNER, ownerOf(desk));
  });
}

export async function recallPicture(): Promise<Picture | null> {
  const owner = attempt(() => sessionStorage.getItem(OWNER));
  // Somebody else signed in here since.
  if (!owner || owner !== attempt(() => localStorage.getItem(OWNER))) return null;
  try {
    const database = await open();
    const kept = (await database.get(STORE, owner)) as Kept | undefined;
    database.close();
    return kept?.build === BUILD ? kept.picture : null;
  } catch {
    return null;
  }
}

export async function forgetPicture(): Promise<void> {
  attempt(() => {
    sessionStorage.removeItem(OWNER);
    localStorage.removeItem(OWNER);
  });
  await deleteDB(DATABASE).catch(() => undefined);
}

/** Keeps the newest picture; `stop` before it is forgotten. */
export class PictureKeeper {
  #opening = open().catch(() => null);
  #database: Awaited<ReturnType<typeof open>> | null = null;

  constructor() {
    void this.#opening.then((database) => (this.#database = database));
  }

  keep(picture: Picture): void {
    try {
      // Committed without waiting for an answer: a page that is being left does not live to hear one.
      const saving = this.#database?.transaction(STORE, "readwrite");
      void saving?.store.put({ build: BUILD, picture } satisfies Kept, ownerOf(picture.desk));
      saving?.commit();
      saving?.done.catch(() => undefined);
    } catch {
      // Another tab signed out and erased it, or the disk is full: nothing depends on it.
    }
  }

  stop(): void {
    this.#database = null;
    void this.#opening.then((database) => database?.close());
  }
}

function open() {
  return openDB(DATABASE, 1, {
    upgrade: (fresh) => void fresh.createObjectStore(STORE),
    // Another tab signs out and erases: it must not wait for this one to be closed.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  });
}

function ownerOf({ me }: Pick<Desk, "me">): string {
  return `${me.workspace.id}:${me.member.id}`;
}

/** Storage may be forbidden. */
function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
