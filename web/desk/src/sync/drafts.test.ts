import type { Card, FileId, Quote, StoredFile } from "@sapa/protocol";
import cases from "../../fixtures/given-back.json";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inMemory, newestOf, type ReplyDraft } from "./database";
import { Drafts, isEmpty, merged } from "./drafts";
import { conversationId, entryId, MARC, ME } from "./samples";
import { Topics } from "./topics";

type GivenBack = Record<"first" | "then" | "together", ReplyDraft>;

const CHAT = conversationId(1);

/** The server holds the same cases (`draft.rs`). */
const givenBack = Object.entries(cases) as unknown as [string, GivenBack][];

const reply = (text: string, quote: Quote | null = null) => ({ text, files: [], quote });

const open = (database = inMemory(), tell = vi.fn()) => ({
  database,
  tell,
  drafts: new Drafts(database, new Topics((run) => run()), tell),
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("drafts", () => {
  // R135
  it("saves 300 ms after the last key, and once", async () => {
    const { drafts, database, tell } = open();
    for (const text of ["H", "He", "Hel"]) {
      drafts.setReply(CHAT, reply(text));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(await database.drafts()).toEqual([]);
    await vi.advanceTimersByTimeAsync(150);
    expect((await database.drafts()).map(({ text }) => text)).toEqual(["Hel"]);
    expect(tell).toHaveBeenCalledOnce();
  });

  // R137
  it("survives a reload, also when the page is left before the timer", async () => {
    const { drafts, database } = open();
    drafts.setReply(CHAT, reply("Hello"));
    await drafts.saveAll();
    const again = open(database).drafts;
    await again.restore();
    expect(again.get(CHAT)?.text).toBe("Hello");
  });

  it("survives a reload that is quicker than the disk", () => {
    const { drafts, database } = open();
    database.putDraft = () => new Promise(() => {});
    drafts.setReply(CHAT, reply("Hello"));
    void drafts.saveAll();
    const again = open(database).drafts;
    return again.restore().then(() => expect(again.get(CHAT)?.text).toBe("Hello"));
  });

  it("takes the newest of what disk and tab kept", () => {
    const draft = (text: string, saved_at: number) => ({
      conversation_id: CHAT,
      text,
      files: [],
      saved_at,
    });
    expect(newestOf([draft("old", 1), draft("new", 2)])).toEqual([draft("new", 2)]);
    expect(newestOf([draft("new", 2), draft("old", 1)])).toEqual([draft("new", 2)]);
  });

  it("gives a refused text back in front of what was written since", () => {
    const { drafts } = open();
    drafts.setReply(CHAT, reply("newer"));
    drafts.giveBack(CHAT, reply("refused"));
    expect(drafts.get(CHAT)?.text).toBe("refused\n\nnewer");
  });

  it("gives a second card back as words, without its picture", () => {
    const { drafts } = open();
    const card = (title: string, picture: FileId | null): Card => ({
      kind: "offer",
      url: `https://shop.example/${title}`,
      title,
      text: null,
      price: null,
      picture,
    });
    const stored = (id: FileId): StoredFile => ({
      id,
      name: "a",
      media_type: "image/png",
      size: 1,
      kind: "image",
      width: 1,
      height: 1,
      preview: "ready",
      absent: null,
    });
    const [picture, paper] = [stored("fil_2"), stored("fil_3")];
    drafts.giveBack(CHAT, { ...reply("first"), card: card("beans", null) });
    drafts.giveBack(CHAT, { ...reply("see"), files: [picture, paper], card: card("mug", "fil_2") });
    expect(drafts.reply(CHAT)).toMatchObject({
      text: "see\n\nmug\nhttps://shop.example/mug\n\nfirst",
      files: [paper],
      card: { title: "beans" },
    });
  });

  it.each(givenBack)(
    "gives back what the server makes of it: %s",
    (_name, { first, then, together }) => {
      const { drafts } = open();
      drafts.setReply(CHAT, then);
      drafts.giveBack(CHAT, first);
      expect(drafts.reply(CHAT)).toMatchObject(together);
      // The same again from the server doubles nothing.
      const draft = { ...together, conversation_id: CHAT, saved_at: 0 };
      expect(merged(draft, { ...drafts.reply(CHAT), conversation_id: CHAT, saved_at: 1 })).toEqual({
        ...together,
        conversation_id: CHAT,
        note: { text: "", mentions: [] },
      });
    },
  );

  it("keeps answer and note apart, and gives each its own text back", async () => {
    const { drafts, database } = open();
    const quote: Quote = {
      id: entryId(1),
      position: 1,
      author: { kind: "contact", id: null, name: "Nadia" },
      text: "Where is it?",
      files: 0,
    };
    const olga = { id: ME, name: "Olga" };
    const marc = { id: MARC, name: "Marc" };
    drafts.setReply(CHAT, reply("On its way", quote));
    drafts.setNote(CHAT, { text: "@Marc?", mentions: [marc] });
    drafts.giveBack(CHAT, { text: "@Olga!", files: [], mentions: [olga, marc] });
    drafts.giveBack(CHAT, reply("First"));
    await drafts.saveAll();
    const again = open(database).drafts;
    await again.restore();
    expect(again.reply(CHAT)).toMatchObject({ text: "First\n\nOn its way", quote });
    expect(again.note(CHAT)).toEqual({ text: "@Olga!\n\n@Marc?", mentions: [olga, marc] });
  });

  it("follows another tab, but not while it is written to here", async () => {
    const { drafts } = open();
    const other = { conversation_id: CHAT, files: [], saved_at: Date.now() + 10 };
    drafts.hear({ ...other, text: "from there" });
    expect(drafts.get(CHAT)?.text).toBe("from there");
    drafts.setReply(CHAT, reply("from here"));
    drafts.hear({ ...other, text: "too late", saved_at: Date.now() + 50 });
    expect(drafts.get(CHAT)?.text).toBe("from here");
  });

  it("counts blanks as empty", () => {
    const { drafts } = open();
    expect(isEmpty(drafts.get(CHAT))).toBe(true);
    drafts.setReply(CHAT, reply(" \n"));
    expect(isEmpty(drafts.get(CHAT))).toBe(true);
    drafts.setNote(CHAT, { text: "x", mentions: [] });
    expect(isEmpty(drafts.get(CHAT))).toBe(false);
  });
});
