// What survives a reload on this device: unsent messages and drafts, per member.
// Must stay true: a browser without IndexedDB (private windows, full disks) still works, only forgetful;
// signing out on purpose wipes it, being signed out does not.
// Absent: what the server knows. It is loaded with one request.

import type {
  Card,
  ConversationId,
  EntryId,
  Holder,
  MailTo,
  MemberId,
  Mention,
  Quote,
  StoredFile,
} from "@sapa/protocol";
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";

const VERSION = 1;

/** A message, or a note, on its way. What older pages left on disk lacks what is optional. */
export interface Unsent {
  id: EntryId;
  conversation_id: ConversationId;
  text: string;
  files: StoredFile[];
  quote?: Quote | null;
  card?: Card | null;
  /** Of mails: to whom, if not to all of the last one. */
  mail?: MailTo | null;
  /** Only notes have it: who is named in them. */
  mentions?: Mention[];
  /** The version of the server's draft that it was. */
  draft?: number | undefined;
  /** Not before this time, in milliseconds UTC of this device. */
  send_at?: number;
  /** Who held the conversation when it was written. */
  holder: Holder;
  at: number;
  /** Sending order within the conversation; rises strictly. */
  order: number;
}

/** An answer that is being written. */
export interface ReplyDraft {
  text: string;
  files: StoredFile[];
  quote?: Quote | null;
  card?: Card | null;
  /** Of mails: to whom, if not to all of the last one. */
  mail?: MailTo | null;
}

export interface NoteDraft {
  text: string;
  mentions: Mention[];
}

export interface Draft extends ReplyDraft {
  conversation_id: ConversationId;
  note?: NoteDraft;
  saved_at: number;
  /** The version of the server's that it is built on. */
  base?: number;
  /** The server has it like this; drafts of older pages are not there yet. */
  synced?: boolean;
  /** Which halves had words and were emptied here since the server had it. */
  emptied?: { reply: boolean; note: boolean };
}

export interface DeskDatabase {
  unsent(): Promise<Unsent[]>;
  putUnsent(message: Unsent): Promise<void>;
  dropUnsent(id: EntryId): Promise<void>;
  drafts(): Promise<Draft[]>;
  putDraft(draft: Draft): Promise<void>;
  dropDraft(id: ConversationId): Promise<void>;
  /** At once, for a page that is being left and may be gone before a disk answers. */
  holdDrafts(drafts: readonly Draft[]): void;
  wipe(): Promise<void>;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: Unsent };
  drafts: { key: string; value: Draft };
}

export async function openDeskDatabase(member: MemberId): Promise<DeskDatabase> {
  const name = `sapa-desk-${member}`;
  try {
    const database = await openDB<Schema>(name, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore("outbox", { keyPath: "id" });
        fresh.createObjectStore("drafts", { keyPath: "conversation_id" });
      },
      // Another tab signs out and wipes: it must not wait for this one to be closed.
      blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    });
    return onDisk(database, name);
  } catch {
    return inMemory();
  }
}

/** Drafts of this tab over a reload: session storage is written before the page is gone. */
function draftsOver(name: string) {
  const key = `${name}-leaving`;
  return {
    put(drafts: readonly Draft[]): void {
      try {
        sessionStorage.setItem(key, JSON.stringify(drafts));
      } catch {
        // Forbidden or full: the disk is still asked.
      }
    },
    take(): Draft[] {
      try {
        const drafts = JSON.parse(sessionStorage.getItem(key) ?? "[]") as Draft[];
        sessionStorage.removeItem(key);
        return drafts;
      } catch {
        return [];
      }
    },
  };
}

export function newestOf(drafts: readonly Draft[]): Draft[] {
  const newest = new Map<ConversationId, Draft>();
  for (const draft of drafts) {
    const known = newest.get(draft.conversation_id);
    if (!known || known.saved_at <= draft.saved_at) newest.set(draft.conversation_id, draft);
  }
  return [...newest.values()];
}

function onDisk(database: IDBPDatabase<Schema>, name: string): DeskDatabase {
  const held = draftsOver(name);
  return {
    unsent: () => database.getAll("outbox"),
    putUnsent: async (message) => void (await database.put("outbox", message)),
    dropUnsent: (id) => database.delete("outbox", id),
    async drafts() {
      const left = held.take();
      const drafts = newestOf([...(await database.getAll("drafts")), ...left]);
      for (const draft of drafts) if (left.includes(draft)) await database.put("drafts", draft);
      return drafts;
    },
    holdDrafts: (drafts) => held.put(drafts),
    async putDraft(draft) {
      // Committed without waiting for an answer: a page that is being left does not live to hear one.
      const saving = database.transaction("drafts", "readwrite");
      void saving.store.put(draft);
      saving.commit();
      await saving.done;
    },
    dropDraft: (id) => database.delete("drafts", id),
    async wipe() {
      held.take();
      database.close();
      await deleteDB(name);
    },
  };
}

export function inMemory(): DeskDatabase {
  const outbox = new Map<EntryId, Unsent>();
  const drafts = new Map<ConversationId, Draft>();
  return {
    unsent: async () => [...outbox.values()],
    putUnsent: async (message) => void outbox.set(message.id, message),
    dropUnsent: async (id) => void outbox.delete(id),
    drafts: async () => [...drafts.values()],
    putDraft: async (draft) => void drafts.set(draft.conversation_id, draft),
    dropDraft: async (id) => void drafts.delete(id),
    holdDrafts: (held) => held.forEach((draft) => drafts.set(draft.conversation_id, draft)),
    async wipe() {
      outbox.clear();
      drafts.clear();
    },
  };
}
