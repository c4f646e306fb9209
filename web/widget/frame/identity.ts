// Who the visitor is, as the site's server signed it, with Sapa.identify(): here the server is asked.
// Must stay true: nothing that one person said is shown to another: who is named anew, or not any more, was put away
// before (chat.ts); what is not proven goes on as a stranger's chat. What was told last counts.

import { createVisitorApi, ProblemError } from "@sapa/protocol";
import { createVisitorExtras } from "@sapa/protocol/visitorExtras";
import { PERSON, subjectOf, type Chat } from "./chat";
import { tellDataAgain } from "./data";

const RETRY_MS = 3_000;

let newest: string | null = null;
/** One after the other: each changes the token that the next one shows. */
let turns: Promise<unknown> = Promise.resolve();
/** What is asked before the first message has to be answered first. */
let unanswered = false;
let listening = false;

/** `told` is what the page told: a token, or nothing when its visitor signed out. */
export function prove(chat: Chat, told: unknown): Promise<unknown> {
  const identity = (newest = typeof told === "string" && told ? told : null);
  if (identity !== null) turns = turns.catch(() => undefined).then(() => insist(chat, identity));
  return turns;
}

async function insist(chat: Chat, identity: string): Promise<void> {
  while (identity === newest) {
    const asked = ask(chat, identity);
    chat.proving = asked.catch(() => undefined);
    if (await asked) return;
    await new Promise((resume) => setTimeout(resume, RETRY_MS));
  }
}

/** Whether there is an answer. */
async function ask(chat: Chat, identity: string): Promise<boolean> {
  const before = chat.token;
  try {
    const { token } = await createVisitorExtras(bearing(before)).identify({
      identity,
      visitor: chat.newcomer,
    });
    if (newest !== null && subjectOf(newest) === subjectOf(identity)) take(chat, identity, token);
    else drop(chat, before, token);
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (!error.temporary) refuse(chat, error);
    return !error.temporary;
  }
}

function take(chat: Chat, identity: string, token: string | null): void {
  chat.storage.set(PERSON, subjectOf(identity));
  if (token !== null) chat.become(token);
  tellDataAgain(chat);
}

/** Meanwhile the page said something else: of what was proven nothing is shown, and its session ends. */
function drop(chat: Chat, before: string | null, token: string | null): void {
  createVisitorApi(bearing(token ?? before))
    .forget()
    .catch(() => undefined);
  if (before === chat.token) chat.become(null);
}

function refuse(chat: Chat, { code, problem }: ProblemError): void {
  // Who has to answer first is a stranger until he did.
  unanswered = code === "pre_chat_incomplete" || code === "consent_outdated";
  if (unanswered) return listen(chat);
  // Of the same person nothing was proven anew, and nothing is taken from him.
  // eslint-disable-next-line no-console -- for whoever runs the site
  console.warn("Sapa.identify:", code, problem.params);
}

function listen(chat: Chat): void {
  if (listening) return;
  listening = true;
  chat.subscribe(() => {
    if (!unanswered || chat.token === null) return;
    unanswered = false;
    void prove(chat, newest);
  });
}

function bearing(token: string | null) {
  return { authorization: () => token && `Bearer ${token}` };
}
