// To whom an answer by mail goes, as the server decides it too: to all of the customer's last mail, or of an answer to it
// that he got; never to an inbox itself.

import type { Entry, Mail, MailAddress, MailTo } from "@sapa/protocol";

/** The address for answers, as our own mails name it: a code behind a plus. */
const TOKEN = /\+[a-z2-7]{26}@/u;
/** As the server reads addresses; it has the last word. */
const ADDRESS =
  /^[\x21\x23-\x27\x2a\x2b\x2d-\x39\x3d\x3f\x41-\x5a\x5e-\x7e]{1,64}@[^\s@<>(),;:"\\[\].]+(?:\.[^\s@<>(),;:"\\[\].]+)*$/u;

/** As the last mail says, and signed. */
export const USUAL: MailTo = { to: null, cc: [], subject: null, unsigned: false };

export interface Recipients {
  to: readonly MailAddress[];
  cc: readonly MailAddress[];
  subject: string;
  /** Whoever wrote last, alone. */
  sender: readonly MailAddress[];
}

/** Null when nobody wrote by mail yet: the server knows the address. `own` are the addresses of our inboxes. */
export function answersTo(entries: readonly Entry[], own: readonly string[]): Recipients | null {
  const is = (kind: "contact" | "member") => (entry: Entry) =>
    entry.kind === "message" && entry.author.kind === kind;
  const last = entries.findLast(is("contact"));
  const mail = last?.mail;
  if (!mail) return null;
  const from = mail.reply_to.length > 0 ? mail.reply_to : mail.from ? [mail.from] : [];
  const sender = from.filter((one) => !isOwn(one, own));
  const subject = mail.subject ? again(mail.subject) : "";
  const answer = entries.findLast(is("member"));
  if (answer?.mail && answer.position > last.position && reaches(answer.mail, sender)) {
    return { to: answer.mail.to, cc: answer.mail.cc, subject, sender };
  }
  const others = [...mail.to, ...mail.cc].filter(
    (one) => !isOwn(one, own) && !sender.some(({ address }) => address === one.address),
  );
  return { to: sender, cc: distinct(others), subject, sender };
}

function reaches(answer: Mail, sender: readonly MailAddress[]): boolean {
  return answer.to.some((one) => sender.some(({ address }) => address === one.address));
}

/** Everybody who wrote in the conversation, or was written to, the newest first. */
export function participants(entries: readonly Entry[], own: readonly string[]): MailAddress[] {
  const all = [...entries]
    .reverse()
    .flatMap(({ mail }) =>
      mail ? [...(mail.from ? [mail.from] : []), ...mail.to, ...mail.cc] : [],
    );
  return distinct(all.filter((one) => !isOwn(one, own)));
}

function isOwn({ address }: MailAddress, own: readonly string[]): boolean {
  return own.includes(address) || TOKEN.test(address);
}

function distinct(all: readonly MailAddress[]): MailAddress[] {
  return all.filter(({ address }, at) => all.findIndex((one) => one.address === address) === at);
}

/** `Re:` once. */
export function again(subject: string): string {
  return `Re: ${subject.replace(/^(?:(?:re|aw|sv|antw|bls|balas|rif|r|tr):\s*)+/iu, "")}`;
}

/** Addresses with commas between them. */
export function addressesIn(text: string): string[] {
  return text
    .split(/[,;\s]+/u)
    .map((one) => one.trim())
    .filter(Boolean);
}

/** The first that is no address. */
export function wrongIn(addresses: readonly string[]): string | null {
  return addresses.find((one) => !ADDRESS.test(one)) ?? null;
}
