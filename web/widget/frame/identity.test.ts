// Who the visitor is, against a small server: real client, stubbed fetch.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Chat } from "./chat";
import "./stream.parts";

const INBOX = "inb_0192aaaaaaaa7aaa8aaaaaaaaaaaaaaa";

let calls: { call: string; bearer: string | null }[];
let answer: { status: number; body: unknown };
let chat: Chat;

/** With a memory of its own, as in a page that was just loaded. */
async function fresh() {
  vi.resetModules();
  const { prove } = await import("./identity");
  return (chat: Chat, told: unknown) => {
    chat.identify(told);
    return prove(chat, told);
  };
}

function token(sub: string): string {
  const part = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, "");
  return `${part({ alg: "HS256" })}.${part({ sub })}.c2ln`;
}

const refused = (code: string, status = 422) => ({
  status,
  body: { type: "", title: "", status, code, params: {} },
});
const identities = () => calls.filter(({ call }) => call.endsWith("/identity"));

beforeEach(() => {
  localStorage.clear();
  calls = [];
  answer = { status: 200, body: { token: "proven" } };
  vi.stubGlobal(
    "WebSocket",
    class {
      close() {}
    },
  );
  vi.stubGlobal("fetch", (input: URL | string, init?: RequestInit) => {
    const bearer = new Headers(init?.headers).get("authorization");
    const call = `${init?.method} ${String(input)}`;
    calls.push({ call, bearer });
    const empty = {
      position: 0,
      conversation: null,
      entries: [],
      has_more: false,
      read_position: 0,
    };
    const said = call.startsWith("POST") && call.endsWith("/identity") ? answer : null;
    const { status, body } =
      said ??
      (call.startsWith("DELETE") ? { status: 204, body: null } : { status: 200, body: empty });
    return Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status }));
  });
  chat = new Chat(INBOX, "https://shop.example");
});
afterEach(() => vi.unstubAllGlobals());

it("goes on as the person with the token that the server gives", async () => {
  const identify = await fresh();
  chat.storage.set("token", "anonymous");
  await identify(chat, token("4711"));
  expect(identities()).toEqual([{ call: "POST /w/api/v1/identity", bearer: "Bearer anonymous" }]);
  expect([chat.token, chat.storage.get("person")]).toEqual(["proven", "4711"]);
  answer = { status: 200, body: { token: null } };
  await identify(chat, token("4711"));
  expect(chat.token).toBe("proven");
});

it("puts another person away before anybody is asked", async () => {
  const identify = await fresh();
  chat.storage.set("token", "of-1");
  chat.storage.set("person", "1");
  chat.storage.set("draft", "my knee");
  const { turn } = chat;
  const asked = identify(chat, token("2"));
  expect([chat.token, chat.storage.get("draft"), chat.turn]).toEqual([null, null, turn + 1]);
  await asked;
  expect(identities().map(({ call, bearer }) => [call.split(" ")[0], bearer])).toEqual([
    ["DELETE", "Bearer of-1"],
    ["POST", null],
  ]);
  expect([chat.token, chat.storage.get("person")]).toEqual(["proven", "2"]);
});

it("ends with the sign-out of a person, and leaves a stranger's chat alone", async () => {
  const identify = await fresh();
  chat.storage.set("token", "anonymous");
  await identify(chat, null);
  expect([chat.token, identities()]).toEqual(["anonymous", []]);
  chat.storage.set("person", "1");
  await identify(chat, undefined);
  expect([chat.token, chat.storage.get("person")]).toEqual([null, null]);
});

it("goes on as a stranger when the token proves nothing, and says so", async () => {
  const identify = await fresh();
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  answer = refused("identity_expired");
  chat.storage.set("token", "anonymous");
  await identify(chat, token("1"));
  expect(chat.token).toBe("anonymous");
  expect(warned.mock.calls[0]?.slice(0, 2)).toEqual(["Sapa.identify:", "identity_expired"]);
  chat.storage.set("person", "1");
  await identify(chat, token("1"));
  expect(chat.token).toBe("anonymous");
  await identify(chat, token("2"));
  expect([chat.token, chat.storage.get("person")]).toEqual([null, null]);
});

it("does not become whom the page named before somebody else", async () => {
  const identify = await fresh();
  const shown: (string | null)[] = [];
  chat.subscribe(() => shown.push(chat.storage.get("person")));
  const first = identify(chat, token("1"));
  while (identities().length === 0) await Promise.resolve();
  await Promise.all([first, identify(chat, token("2"))]);
  expect(shown).not.toContain("1");
  expect(identities().map(({ call }) => call.split(" ")[0])).toEqual(["POST", "DELETE", "POST"]);
  expect(chat.storage.get("person")).toBe("2");
});

it("registers nobody while the server is asked", async () => {
  const identify = await fresh();
  const asked = identify(chat, token("1"));
  while (identities().length === 0) await Promise.resolve();
  await Promise.all([asked, chat.register()]);
  expect(calls.some(({ call }) => call.endsWith("/visitors"))).toBe(false);
  expect(chat.token).toBe("proven");
});

it("goes on after a turn that failed by a mistake", async () => {
  const identify = await fresh();
  answer = { status: 200, body: null };
  await expect(identify(chat, token("1"))).rejects.toThrow();
  answer = { status: 200, body: { token: "proven" } };
  await identify(chat, token("1"));
  expect(chat.token).toBe("proven");
});

it("keeps the person with the token where nothing may be stored", () => {
  chat.storage.set("token", "of-1");
  chat.storage.set("person", "se ñ,or");
  const { souvenir } = chat;
  expect(souvenir).not.toContain(" ");
  localStorage.clear();
  const later = new Chat(INBOX, "https://shop.example");
  later.adopt(souvenir);
  expect([later.token, later.storage.get("person")]).toEqual(["of-1", "se ñ,or"]);
  later.identify(null);
  expect([later.token, later.storage.get("person")]).toEqual([null, null]);
});

it("waits for what is asked before the first message", async () => {
  const identify = await fresh();
  answer = refused("pre_chat_incomplete");
  await identify(chat, token("1"));
  expect([chat.token, identities()]).toHaveLength(2);
  answer = { status: 200, body: { token: "proven" } };
  chat.storage.set("token", "answered");
  chat.greet(null);
  await vi.waitFor(() => expect(chat.token).toBe("proven"));
  expect(identities().at(-1)?.bearer).toBe("Bearer answered");
});
