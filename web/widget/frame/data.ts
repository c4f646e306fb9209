// What the page says of its visitor, with Sapa.data().
// Must stay true: it goes to the server only when there is a conversation; what was told last counts.

import { ProblemError } from "@sapa/protocol";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import type { Chat } from "./chat";

let waiting: Record<string, string> | null = null;
/** Also while it is on its way. */
let newest: Record<string, string> | null = null;
let listening = false;
/** Somebody else's turn begins without it. */
let turn = 0;

/** `json` is what the page told. */
export function tellData(chat: Chat, json: string | undefined): void {
  const told: unknown = JSON.parse(json ?? "null");
  if (typeof told !== "object" || told === null) return;
  const plain = Object.entries(told).filter(([, value]) =>
    /^(string|number|boolean)$/.test(typeof value),
  );
  turn = chat.turn;
  newest = waiting = Object.fromEntries(plain.map(([name, value]) => [name, String(value)]));
  if (!listening) chat.subscribe(() => void send(chat));
  listening = true;
  void send(chat);
}

/** The conversation went over into another one: what is known of its visitor goes along. */
export function tellDataAgain(chat: Chat): void {
  waiting = turn === chat.turn ? newest : null;
  void send(chat);
}

async function send(chat: Chat): Promise<void> {
  if (turn !== chat.turn) waiting = newest = null;
  if (!waiting || !chat.token || !chat.state.known.conversation) return;
  const data = waiting;
  waiting = null;
  const api = createVisitorExtras({ authorization: () => `Bearer ${chat.token}` });
  try {
    await api.tellData({ data });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // eslint-disable-next-line no-console -- for whoever runs the site
    if (!error.temporary) console.warn("Sapa.data:", error.code, error.problem.params);
    else if (newest === data) waiting = data;
  }
}
