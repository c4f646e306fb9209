// To whom an answer by mail goes, as the server decides it too: to all of the customer's last mail, never to the inbox
// itself.

import type { Entry, MailAddress } from "@sapa/protocol";

/** The address for answers, as our own mails name it: a code behind a plus. */
const TOKEN = /\+[a-z2-7]{26}@/u;

/** Null when nobody wrote by mail yet: the server knows the address. */
export function answersTo(
  entries: readonly Entry[],
  own: string | null | undefined,
): { to: MailAddress[]; cc: MailAddress[]; subject: string } | null {
  const last = entries.findLast(
    ({ kind, author }) => kind === "message" && author.kind === "contact",
  );
  const mail = last?.mail;
  if (!mail) return null;
  const from = mail.reply_to.length > 0 ? mail.reply_to : mail.from ? [mail.from] : [];
  const to = from.filter(({ address }) => address !== own);
  const others = [...mail.to, ...mail.cc].filter(
    ({ address }) =>
      address !== own && !TOKEN.test(address) && !to.some((one) => one.address === address),
  );
  const cc = others.filter(
    ({ address }, at) => others.findIndex((one) => one.address === address) === at,
  );
  return { to, cc, subject: mail.subject ? again(mail.subject) : "" };
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
