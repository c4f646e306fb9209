// Where the mail servers of common providers are, by the domain of an address: a guess, which can be written over.

import type { MailServer } from "@sapa/protocol";

export interface Guess {
  imap: MailServer;
  smtp: MailServer;
  /** They take what stands behind a plus. */
  plus: boolean;
  /** A person's usual password does not open them: one for programs does. */
  app_password: boolean;
}

const PROVIDERS: readonly [
  domains: string[],
  imap: string,
  smtp: [host: string, port: number],
  plus: boolean,
][] = [
  [["gmail.com", "googlemail.com"], "imap.gmail.com", ["smtp.gmail.com", 465], true],
  [
    ["outlook.com", "hotmail.com", "live.com", "msn.com"],
    "outlook.office365.com",
    ["smtp.office365.com", 587],
    true,
  ],
  [["icloud.com", "me.com", "mac.com"], "imap.mail.me.com", ["smtp.mail.me.com", 587], true],
  [
    ["yahoo.com", "yahoo.co.id", "ymail.com"],
    "imap.mail.yahoo.com",
    ["smtp.mail.yahoo.com", 465],
    false,
  ],
  [["zoho.com", "zohomail.com"], "imap.zoho.com", ["smtp.zoho.com", 465], true],
  [["fastmail.com", "fastmail.fm"], "imap.fastmail.com", ["smtp.fastmail.com", 465], true],
  [["yandex.com", "yandex.ru"], "imap.yandex.com", ["smtp.yandex.com", 465], true],
  [["gmx.com", "gmx.net", "gmx.de"], "imap.gmx.com", ["mail.gmx.com", 587], false],
];

const smtpServer = (host: string, port: number): MailServer => ({
  host,
  port,
  encryption: port === 465 ? "tls" : "starttls",
});

/** Of a domain that nobody knows: the names that hosts usually give them. */
export function guess(address: string): Guess | null {
  const domain = address.trim().toLowerCase().split("@")[1] ?? "";
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/u.test(domain)) return null;
  const known = PROVIDERS.find(([domains]) => domains.includes(domain));
  const [imap, smtp, plus] = known
    ? [known[1], smtpServer(...known[2]), known[3]]
    : [`imap.${domain}`, smtpServer(`smtp.${domain}`, 465), false];
  const server: MailServer = { host: imap, port: 993, encryption: "tls" };
  return { imap: server, smtp, plus, app_password: known !== undefined };
}
