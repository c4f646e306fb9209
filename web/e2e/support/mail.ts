// Real mail servers on the other side: Dovecot and an SMTP server, with folders that can be looked into.

import { spawn, type ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  chmodSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const MAIL_PASSWORD = "kopi-susu";

interface Said {
  imap: number;
  smtp: number;
  folder: string;
}

export class MailServers {
  #number = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly said: Said,
  ) {}

  static async start(): Promise<MailServers> {
    const program = fileURLToPath(new URL("../../../scripts/mail-server", import.meta.url));
    const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    const [line] = (await once(createInterface(child.stdout!), "line")) as [string];
    return new MailServers(child, JSON.parse(line) as Said);
  }

  async stop(): Promise<void> {
    this.child.stdin!.end();
    if (this.child.exitCode === null) await once(this.child, "exit");
  }

  #folder(address: string, part: string): string {
    return `${this.said.folder}/mail/${address}/Maildir/${part}`;
  }

  /** As its server puts it there. */
  deliver(address: string, mail: string): void {
    for (const part of ["tmp", "cur", "new"])
      mkdirSync(this.#folder(address, part), { recursive: true });
    for (const part of ["", "/Maildir", "/Maildir/tmp", "/Maildir/cur", "/Maildir/new"])
      chmodSync(`${this.said.folder}/mail/${address}${part}`, 0o777);
    this.#number += 1;
    const name = `${1_793_600_000 + this.#number}.${this.#number}.e2e`;
    writeFileSync(`${this.#folder(address, "tmp")}/${name}`, mail.replaceAll("\n", "\r\n"), {
      mode: 0o666,
    });
    chmodSync(`${this.#folder(address, "tmp")}/${name}`, 0o666);
    renameSync(
      `${this.#folder(address, "tmp")}/${name}`,
      `${this.#folder(address, "new")}/${name}`,
    );
  }

  /** What somebody got. */
  mails(address: string): string[] {
    return ["new", "cur"]
      .map((part) => this.#folder(address, part))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) =>
        readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8")),
      );
  }
}
