import { clientProblem, type DraftRequest, type ServerDraft } from "@sapa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inMemory } from "./database";
import { Drafts } from "./drafts";
import { DraftSync } from "./draftSync";
import { conversationId } from "./samples";
import { Topics } from "./topics";

const CHAT = conversationId(1);

/** The server's side of drafts, as its tests hold it. */
class Server {
  draft: ServerDraft | null = null;
  #version = 1_000;

  readonly api = {
    drafts: async () => ({ items: this.draft ? [this.draft] : [] }),
    saveDraft: vi.fn(async (id: typeof CHAT, { base, reply, note }: DraftRequest) => {
      if (this.draft && this.draft.saved_at !== base) throw clientProblem("draft_moved", 409);
      this.#version += 1;
      const draft = { conversation_id: id, reply: reply ?? null, note: note ?? null };
      this.draft = reply || note ? { ...draft, saved_at: this.#version } : null;
      return { saved_at: this.#version };
    }),
    discardDraft: async () => void (this.draft = null),
  };

  get saved() {
    const data = { conversation_id: CHAT, saved_at: this.#version };
    return { type: "event" as const, kind: "draft.saved" as const, position: 1, data };
  }
}

function device(server: Server, database = inMemory()) {
  const drafts = new Drafts(database, new Topics((run) => run()));
  return { drafts, database, sync: new DraftSync(drafts, server.api) };
}

const reply = (text: string) => ({ text, files: [], quote: null });
const pause = () => vi.advanceTimersByTimeAsync(2_000);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("drafts on the server", () => {
  it("go there once in a pause, and to the other device", async () => {
    const server = new Server();
    const [laptop, phone] = [device(server), device(server)];
    for (const text of ["H", "Hi", "Hi!"]) laptop.drafts.setReply(CHAT, reply(text));
    await pause();
    expect(server.api.saveDraft).toHaveBeenCalledOnce();
    await phone.sync.hear(server.saved);
    expect(phone.drafts.get(CHAT)?.text).toBe("Hi!");
    laptop.drafts.setReply(CHAT, reply(""));
    await pause();
    await phone.sync.hear(server.saved);
    expect([server.draft, phone.drafts.get(CHAT)?.text]).toEqual([null, ""]);
  });

  it("hold both when two devices wrote at once, and neither twice", async () => {
    const server = new Server();
    const [laptop, phone] = [device(server), device(server)];
    laptop.drafts.setReply(CHAT, reply("from the laptop"));
    phone.drafts.setReply(CHAT, reply("from the phone"));
    await pause();
    await pause();
    const both = "from the laptop\n\nfrom the phone";
    expect([server.draft?.reply?.text, phone.drafts.get(CHAT)?.text]).toEqual([both, both]);
    await laptop.sync.hear(server.saved);
    laptop.drafts.setReply(CHAT, reply(`${both}!`));
    phone.drafts.setReply(CHAT, reply(`${both}!?`));
    await pause();
    await pause();
    expect(server.draft?.reply?.text).toBe(`${both}!?`);
  });

  it("never overwrite what is being written here", async () => {
    const server = new Server();
    const [laptop, phone] = [device(server), device(server)];
    phone.drafts.setReply(CHAT, reply("phone"));
    await pause();
    laptop.drafts.setReply(CHAT, reply("laptop"));
    await laptop.sync.hear(server.saved);
    await laptop.sync.reconcile([server.draft!]);
    expect(laptop.drafts.get(CHAT)?.text).toBe("laptop");
  });

  it("wait for a connection, and over a reload", async () => {
    const server = new Server();
    const laptop = device(server);
    server.api.saveDraft.mockRejectedValueOnce(clientProblem("unreachable", 0));
    laptop.drafts.setReply(CHAT, reply("Hi"));
    await pause();
    expect(server.draft).toBeNull();
    const again = device(server, laptop.database);
    await again.drafts.restore();
    await again.sync.reconcile([]);
    expect(again.drafts.get(CHAT)?.text).toBe("Hi");
    again.sync.wake();
    await pause();
    expect(server.draft?.reply?.text).toBe("Hi");
  });

  it("do not come back when they were emptied without a connection", async () => {
    const server = new Server();
    const laptop = device(server);
    laptop.drafts.setReply(CHAT, reply("Hi"));
    await pause();
    server.api.saveDraft.mockRejectedValueOnce(clientProblem("unreachable", 0));
    laptop.drafts.setReply(CHAT, reply(""));
    await pause();
    const again = device(server, laptop.database);
    await again.drafts.restore();
    await again.sync.reconcile([server.draft!]);
    expect(again.drafts.get(CHAT)?.text).toBe("");
    again.sync.wake();
    await pause();
    expect(server.draft).toBeNull();
  });

  it("do not come back into a half that was emptied here", async () => {
    const server = new Server();
    const [laptop, phone] = [device(server), device(server)];
    laptop.drafts.setReply(CHAT, reply("Sent soon"));
    laptop.drafts.setNote(CHAT, { text: "A note", mentions: [] });
    await pause();
    await phone.sync.hear(server.saved);
    phone.drafts.setNote(CHAT, { text: "A note, longer", mentions: [] });
    await pause();
    // Sent here, on what is not the newest version any more.
    laptop.drafts.setReply(CHAT, reply(""));
    await pause();
    await pause();
    const { text, note } = laptop.drafts.get(CHAT)!;
    expect([text, note?.text]).toEqual(["", "A note, longer"]);
    expect([server.draft?.reply, server.draft?.note?.text]).toEqual([null, "A note, longer"]);
  });

  it("are not taken back by a snapshot that is older than what was saved since", async () => {
    const server = new Server();
    const laptop = device(server);
    const known = laptop.sync.versions();
    const snapshot = (await server.api.drafts()).items;
    laptop.drafts.setReply(CHAT, reply("Hi"));
    await pause();
    await laptop.sync.reconcile(snapshot, known);
    expect(laptop.drafts.get(CHAT)?.text).toBe("Hi");
  });

  it("stay when they are older than all of a full list", async () => {
    const server = new Server();
    const laptop = device(server);
    laptop.drafts.setReply(CHAT, reply("Hi"));
    await pause();
    const newer = (n: number): ServerDraft => ({
      conversation_id: conversationId(n + 2),
      reply: null,
      note: { text: "newer", mentions: [] },
      saved_at: 2_000 - n,
    });
    await laptop.sync.reconcile(Array.from({ length: 500 }, (_, n) => newer(n)));
    expect(laptop.drafts.get(CHAT)?.text).toBe("Hi");
    await laptop.sync.reconcile(Array.from({ length: 499 }, (_, n) => newer(n)));
    expect(laptop.drafts.get(CHAT)?.text).toBe("");
  });

  it("are gone here when they were sent elsewhere meanwhile", async () => {
    const server = new Server();
    const laptop = device(server);
    laptop.drafts.setReply(CHAT, reply("Hi"));
    await pause();
    const again = device(server, laptop.database);
    await again.drafts.restore();
    await again.sync.reconcile([]);
    expect(again.drafts.get(CHAT)?.text).toBe("");
    expect(await laptop.database.drafts()).toEqual([]);
  });
});
