// Telegram, as far as a bot can tell: it holds updates until they are asked for, and keeps what the bot says.
// Must stay true: it answers as the Bot API does, in the shape of its answers and refusals.

import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export const BOT_TOKEN = "7001:geheim-e2e-token";
/** How long a question for updates is held. */
const HOLD_MS = 1_000;
const LOOK_MS = 20;
/** A picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export interface Call {
  method: string;
  said: Record<string, unknown>;
}

interface Refusal {
  error_code: number;
  description: string;
  parameters?: { retry_after: number };
}

export class Telegram {
  readonly calls: Call[] = [];
  #updates: { update_id: number }[] = [];
  #refusals: (Refusal | null)[] = [];
  #last_update = 500;
  #last_message = 1_000;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Telegram> {
    const telegram: Telegram = new Telegram(
      createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on("data", (part: Buffer) => parts.push(part));
        request.on("end", () => {
          void telegram.#answer(request.url ?? "", Buffer.concat(parts), response);
        });
      }),
    );
    await new Promise<void>((resolve) => telegram.server.listen(0, "127.0.0.1", resolve));
    return telegram;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Budi does something; `content` is what the message holds. */
  tell(content: object, number = ++this.#last_message, kind = "message"): number {
    const from = { id: 42, first_name: "Budi", last_name: "Santoso", language_code: "id" };
    const about = { date: Math.floor(Date.now() / 1_000), chat: { id: 42, type: "private" }, from };
    const message = { message_id: number, ...about, ...content };
    this.#updates.push({ update_id: ++this.#last_update, [kind]: message } as never);
    return number;
  }

  /** The next thing that the bot says is not taken. */
  refuse(refusal: Refusal): void {
    this.#refusals.push(refusal);
  }

  /** The next thing that the bot says is answered with nonsense: whether it was taken nobody knows. */
  mumble(): void {
    this.#refusals.push(null);
  }

  /** What the bot said by this method. */
  said(method: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.method === method).map(({ said }) => said);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #answer(address: string, body: Buffer, response: ServerResponse): Promise<void> {
    const [, bot, method = ""] = /^\/(?:file\/)?bot([^/]+)\/(.+)$/.exec(address) ?? [];
    if (bot !== BOT_TOKEN)
      return refused(response, { error_code: 401, description: "Unauthorized" });
    if (address.startsWith("/file/")) {
      response.writeHead(200, { "content-length": PIXEL.length });
      response.end(PIXEL);
      return;
    }
    const text = body.toString();
    const said = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : { text };
    this.calls.push({ method, said });
    if (method === "getMe")
      return fine(response, { id: 7001, first_name: "Kopi Senja", username: "kopi_bot" });
    if (method === "getWebhookInfo")
      return fine(response, { url: "", pending_update_count: this.#updates.length });
    if (method === "deleteWebhook" || method === "setWebhook") return fine(response, true);
    if (method === "getFile") return fine(response, { file_path: "photos/1.png" });
    if (method === "getUpdates") {
      const offset = Number(said["offset"] ?? 0);
      this.#updates = this.#updates.filter(({ update_id }) => update_id >= offset);
      const until = Date.now() + HOLD_MS;
      while (this.#updates.length === 0 && Date.now() < until) await sleep(LOOK_MS);
      return fine(response, this.#updates);
    }
    const refusal = this.#refusals.shift();
    if (refusal) return refused(response, refusal);
    if (refusal === null) {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html>");
      return;
    }
    return fine(response, { message_id: ++this.#last_message, chat: { id: 42 } });
  }
}

function fine(response: ServerResponse, result: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ ok: true, result }));
}

function refused(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(refusal.error_code, { "content-type": "application/json" });
  response.end(JSON.stringify({ ok: false, ...refusal }));
}
