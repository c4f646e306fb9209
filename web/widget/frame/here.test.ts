import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Chat } from "./chat";

const asked: { method: string; url: string; body: Record<string, unknown> }[] = [];
let answer: unknown;

function chatWith(config: object, token: string | null = null) {
  const kept = new Map<string, unknown>();
  const chat = {
    pages: {
      here: { url: "https://shop.example/a", title: "A", at: 0 },
      way: { source: "", pages: [{ url: "https://shop.example/a", title: "A", at: 0 }] },
      invitation: null as string | null,
    },
    state: { config: { visitors_now: true, pre_chat: null, ...config }, known: {}, opened: false },
    token,
    newcomer: { inbox_id: "inb_1", origin: "https://shop.example", locale: "en" },
    storage: { get: (name: string) => kept.get(name) ?? null, set: kept.set.bind(kept) },
    subscribe: () => undefined,
    greet: vi.fn(),
  };
  return { chat, kept, told: chat as unknown as Chat };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  asked.length = 0;
  answer = { again_ms: 15_000, invitation: null };
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const body = JSON.parse((init.body as string | undefined) ?? "{}") as Record<string, unknown>;
    asked.push({ method: init.method!, url, body });
    return Promise.resolve(
      init.method === "PUT" && !url.endsWith("/invitation")
        ? Response.json(answer)
        : new Response(null, { status: 204 }),
    );
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("tells where he is again and again, under one name for the visit", async () => {
  const { tellHere } = await import("./here");
  const { told } = chatWith({});
  tellHere(told);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ url }) => url)).size).toBe(1);
  expect(asked[0]!.body).toMatchObject({ url: "https://shop.example/a", visits: 1, looks: true });
});

it.each([
  ["the inbox lists nobody", { visitors_now: false }, null],
  ["he has to agree first", { pre_chat: { consent_text: "May we?" } }, null],
])("tells and keeps nothing where %s", async (_why, config, token) => {
  const { tellHere } = await import("./here");
  const { told, kept } = chatWith(config, token);
  tellHere(told);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([asked.length, kept.size]).toEqual([0, 0]);
});

it("tells of whoever agreed, and stops when the server does not list him", async () => {
  const { tellHere } = await import("./here");
  answer = { again_ms: 0, invitation: null };
  const { told } = chatWith({ pre_chat: { consent_text: "May we?" } }, "token");
  tellHere(told);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toHaveLength(1);
});

it("says an invitation once, and tells what became of it", async () => {
  const { declineInvitation, takeInvitation, tellHere } = await import("./here");
  answer = { again_ms: 15_000, invitation: { by: "Citra", text: "May I help?" } };
  const { chat, told } = chatWith({});
  tellHere(told);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(chat.greet).toHaveBeenCalledExactlyOnceWith("May I help?");
  expect(chat.pages.invitation).toMatch(/^svs_/);
  expect(takeInvitation()).toEqual({ by: "Citra", text: "May I help?" });
  expect(takeInvitation()).toBeNull();
  declineInvitation();
  const fates = asked.filter(({ url }) => url.endsWith("/invitation"));
  expect(fates.map(({ body }) => body.fate)).toEqual(["shown", "dismissed"]);
});
