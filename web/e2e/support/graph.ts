// Meta's Graph, as far as a WhatsApp number can tell: it says whose the number is, keeps what is said, and pushes what
// customers send, signed.
// Must stay true: it answers as the Graph does, in the shape of its answers and refusals.

import { createHmac } from "node:crypto";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const GRAPH_TOKEN = "EAAGgeheim";
export const APP_SECRET = "rahasia-aplikasi";
export const NUMBER_ID = "1010";
export const BUSINESS_ID = "2020";

type Body = Record<string, unknown>;

const TEMPLATES = [
  {
    name: "pesanan_siap",
    language: "id",
    status: "APPROVED",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "TEXT", text: "Kopi Senja" },
      { type: "BODY", text: "Halo {{1}}, pesanan {{2}} sudah siap diambil." },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Terima kasih" }] },
    ],
  },
  {
    name: "promo_foto",
    language: "id",
    status: "APPROVED",
    category: "MARKETING",
    components: [
      { type: "HEADER", format: "IMAGE" },
      { type: "BODY", text: "Baru dari Gayo!" },
    ],
  },
];

export class Graph {
  /** Without what only says that something was read. */
  readonly said: Body[] = [];
  #refusals: number[] = [];
  #last = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Graph> {
    const graph: Graph = new Graph(
      createServer((request, response) => {
        const parts: Buffer[] = [];
        request.on("data", (part: Buffer) => parts.push(part));
        request.on("end", () => {
          const right = request.headers.authorization === `Bearer ${GRAPH_TOKEN}`;
          if (!right) return refused(response, 190);
          const path = new URL(request.url ?? "/", "http://graph").pathname.replace("/v25.0/", "");
          return graph.#answer(request.method ?? "GET", path, Buffer.concat(parts), response);
        });
      }),
    );
    await new Promise<void>((resolve) => graph.server.listen(0, "127.0.0.1", resolve));
    return graph;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v25.0`;
  }

  /** The next thing that is said is refused with this code. */
  refuse(code: number): void {
    this.#refusals.push(code);
  }

  /** Meta tells the server of it. */
  async push(callback: string, value: Body): Promise<void> {
    const metadata = { phone_number_id: NUMBER_ID };
    const change = { field: "messages", value: { metadata, ...value } };
    const body = JSON.stringify({ entry: [{ id: BUSINESS_ID, changes: [change] }] });
    const signature = createHmac("sha256", APP_SECRET).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${signature}`,
    };
    const answer = await fetch(callback, { method: "POST", headers, body });
    if (answer.status !== 200) throw new Error(`the webhook answered ${answer.status}`);
  }

  /** Somebody writes, so many hours ago. */
  async tell(callback: string, from: string, name: string, text: string, ago_h = 0): Promise<void> {
    const timestamp = String(Math.floor(Date.now() / 1_000 - ago_h * 3_600));
    const message = { id: `wamid.in${++this.#last}`, from, timestamp, type: "text" };
    const contacts = [{ wa_id: from, profile: { name } }];
    await this.push(callback, { contacts, messages: [{ ...message, text: { body: text } }] });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #answer(method: string, path: string, body: Buffer, response: ServerResponse): void {
    if (path === "debug_token") {
      const scopes = ["whatsapp_business_messaging", "whatsapp_business_management"];
      return fine(response, { data: { is_valid: true, scopes, expires_at: 0 } });
    }
    if (path === NUMBER_ID)
      return fine(response, {
        verified_name: "Kopi Senja",
        display_phone_number: "+62 811-2345-678",
        quality_rating: "GREEN",
      });
    if (path === `${BUSINESS_ID}/phone_numbers`)
      return fine(response, { data: [{ id: NUMBER_ID }] });
    if (path === `${BUSINESS_ID}/subscribed_apps`) return fine(response, { data: [{}] });
    if (path === `${BUSINESS_ID}/message_templates`) return fine(response, { data: TEMPLATES });
    if (method !== "POST") return refused(response, 100);
    const said = JSON.parse(body.toString()) as Body;
    if (said["status"] === "read") return fine(response, { success: true });
    this.said.push(said);
    const code = this.#refusals.shift();
    if (code !== undefined) return refused(response, code);
    return fine(response, { messages: [{ id: `wamid.out${this.said.length}` }] });
  }
}

function fine(response: ServerResponse, body: Body): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function refused(response: ServerResponse, code: number): void {
  response.writeHead(400, { "content-type": "application/json" });
  response.end(
    JSON.stringify({ error: { code, message: "no", error_data: { details: "not now" } } }),
  );
}
