// Meta's Graph, as far as a Facebook page and an account of Instagram can tell: it says whose they are, keeps what is said,
// and pushes what people send, signed.
// Must stay true: it answers as the Graph does, in the shape of its answers and refusals.

import { createHmac } from "node:crypto";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync } from "node:zlib";

export const PAGE_TOKEN = "EAAGgeheim";
export const PAGE_SECRET = "rahasia-aplikasi";
export const PAGE_ID = "3030";
export const ACCOUNT_ID = "4040";
export const POST_ID = "1788";
export const POST = "https://www.instagram.com/p/GAYO/";
const SCOPES = [
  "pages_messaging",
  "pages_manage_metadata",
  "instagram_basic",
  "instagram_manage_messages",
];

type Body = Record<string, unknown>;

export class Pages {
  /** Without what only says that something was read. */
  readonly said: Body[] = [];
  seen = 0;
  readonly names = new Map<string, string>();
  #refusals: [number, number][] = [];
  #subscribed: string[] | null = null;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Pages> {
    const pages: Pages = new Pages(
      createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on("data", (part: Buffer) => parts.push(part));
        request.on("end", () => {
          const url = new URL(request.url ?? "/", "http://graph");
          if (url.pathname === "/story.png") return picture(response);
          const right = request.headers.authorization === `Bearer ${PAGE_TOKEN}`;
          if (!right) return refused(response, 190, 0);
          const path = url.pathname.replace("/v25.0/", "");
          return pages.#answer(request.method ?? "GET", path, Buffer.concat(parts), response);
        });
      }),
    );
    await new Promise<void>((resolve) => pages.server.listen(0, "127.0.0.1", resolve));
    return pages;
  }

  get url(): string {
    return `${this.origin}/v25.0`;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next thing that is said is refused so. */
  refuse(code: number, below: number): void {
    this.#refusals.push([code, below]);
  }

  /** It tells us nothing any more. */
  forget(): void {
    this.#subscribed = null;
  }

  /** Meta tells the server of something that somebody did, so many hours ago. */
  async push(
    callback: string,
    account: string,
    from: string,
    what: Body,
    ago_h = 0,
  ): Promise<void> {
    const about = { sender: { id: from }, recipient: { id: account } };
    const timestamp = Date.now() - ago_h * 3_600_000;
    await this.#push(callback, {
      id: account,
      time: timestamp,
      messaging: [{ ...about, timestamp, ...what }],
    });
  }

  /** Somebody writes below the post of the account. */
  async comment(callback: string, id: string, from: Body, text: string): Promise<void> {
    const value = { id, text, from, media: { id: POST_ID, media_product_type: "FEED" } };
    const change = { field: "comments", value };
    await this.#push(callback, { id: ACCOUNT_ID, time: Date.now(), changes: [change] });
  }

  async #push(callback: string, entry: Body): Promise<void> {
    const body = JSON.stringify({ object: "page", entry: [entry] });
    const signature = createHmac("sha256", PAGE_SECRET).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${signature}`,
    };
    const answer = await fetch(callback, { method: "POST", headers, body });
    if (answer.status !== 200) throw new Error(`the webhook answered ${answer.status}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #answer(method: string, path: string, body: Buffer, response: ServerResponse): void {
    if (path.endsWith("/subscribed_apps")) {
      if (method === "POST") {
        const asked = JSON.parse(body.toString()) as { subscribed_fields?: string };
        this.#subscribed = asked.subscribed_fields?.split(",") ?? null;
        return fine(response, { success: true });
      }
      const fields = this.#subscribed;
      return fine(response, { data: fields ? [{ id: "5", subscribed_fields: fields }] : [] });
    }
    if (path === "debug_token")
      return fine(response, { data: { is_valid: true, scopes: SCOPES, app_id: "5" } });
    if (path === PAGE_ID) return fine(response, { id: PAGE_ID, name: "Kopi Senja" });
    if (path === "me")
      return fine(response, { id: "5050", user_id: ACCOUNT_ID, username: "kopi.senja" });
    if (path === "me/media") return fine(response, { data: [{ id: POST_ID, permalink: POST }] });
    const name = this.names.get(path);
    if (name) return fine(response, { id: path, name, first_name: name });
    if (method !== "POST") return refused(response, 100, 0);
    const said = JSON.parse(body.toString()) as Body;
    if (said["sender_action"] === "mark_seen") {
      this.seen += 1;
      return fine(response, { recipient_id: "7" });
    }
    this.said.push(said);
    const refusal = this.#refusals.shift();
    if (refusal) return refused(response, ...refusal);
    return fine(response, { recipient_id: "7", message_id: `m_out${this.said.length}` });
  }
}

function fine(response: ServerResponse, body: Body): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function refused(response: ServerResponse, code: number, error_subcode: number): void {
  response.writeHead(400, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { code, error_subcode, message: "not now" } }));
}

/** A picture in warm colors, 240 by 320. */
function picture(response: ServerResponse): void {
  const [width, height] = [240, 320];
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows.set([240 - y / 3, 150 - x / 4, 60 + y / 5], y * (width * 3 + 1) + 1 + x * 3);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const parts = [
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  response.writeHead(200, { "content-type": "image/png" });
  response.end(Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]));
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([size, body, sum]);
}

function crc(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}
