// A customer of an API inbox, in one file: Node 20 or newer, no packages.
//
//   SAPA_URL=https://desk.example.com SAPA_INBOX=inb_… SAPA_TOKEN=… SAPA_SECRET=whsec_… PORT=8099 \
//     node echo.mjs
//
// Each line that you type is a message of the customer "budi". What the team answers arrives at /hook, is checked,
// printed, and reported as delivered and read. Set the inbox's webhook address to http://<this machine>:8099/hook.
// The guide is docs/api-inbox.md.

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const TOLERANCE_S = 5 * 60;
const BODY_BYTES = 1024 * 1024;

/** Whether a webhook came from Sapa. `body` is the raw text: parsed and written again it would be another one. */
export function verify(secret, headers, body, now_s = Date.now() / 1000) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  // Old requests are somebody's recording.
  if (!(Math.abs(now_s - Number(timestamp)) <= TOLERANCE_S)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const wanted = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  // Several while the secret is being replaced: one that fits is enough.
  return String(headers["webhook-signature"])
    .split(" ")
    .some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ""), "base64");
      return one.startsWith("v1,") && given.length === wanted.length && timingSafeEqual(given, wanted);
    });
}

/** Requests to one API inbox. */
export function client({ url, inbox, token }) {
  const base = `${url}/api/v1/inboxes/${inbox}`;
  async function request(method, path, body) {
    const response = await fetch(base + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }
  return {
    /** Safe to repeat with the same `external_id`: it stays one message. */
    say: (contact, text, external_id = randomUUID()) =>
      request("POST", "/messages", {
        contact,
        message: { external_id, text, created_at: Date.now() },
      }),
    status: (message, status, error = null) =>
      request("POST", `/messages/${encodeURIComponent(message)}/status`, { status, error }),
  };
}

/** Hears webhooks. `onevent` gets each event once, in the order of its conversation. */
export function listen(secret, port, onevent) {
  const seen = new Set();
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) {
      body += part;
      if (body.length > BODY_BYTES) return response.writeHead(413).end();
    }
    if (!verify(secret, request.headers, body)) return response.writeHead(401).end();
    const id = request.headers["webhook-id"];
    try {
      // The same event may come again when an answer of ours was lost.
      if (!seen.has(id)) await onevent(JSON.parse(body));
      seen.add(id);
      response.writeHead(204).end();
    } catch (error) {
      console.error(error.message);
      response.writeHead(500).end();
    }
  });
  return new Promise((resolve) => server.listen(port, () => resolve(server)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { SAPA_URL, SAPA_INBOX, SAPA_TOKEN, SAPA_SECRET, PORT = "8099" } = process.env;
  const sapa = client({ url: SAPA_URL, inbox: SAPA_INBOX, token: SAPA_TOKEN });
  const budi = { external_id: "budi", name: "Budi Santoso", phone: "+62 812 3456 789" };

  await listen(SAPA_SECRET, Number(PORT), async ({ type, data }) => {
    console.log(`${type} ${data.message?.author ?? ""}: ${data.message?.text ?? ""}`);
    if (type !== "message.created") return;
    // After the answer to the webhook, as it would be with a real phone.
    setTimeout(async () => {
      await sapa.status(data.message.id, "delivered").catch(console.error);
      await sapa.status(data.message.id, "read").catch(console.error);
    }, 500);
  });
  console.log(`listening on ${PORT}`);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim()) console.log(`posted ${(await sapa.say(budi, line)).id}`);
  }
}
