// The example client of docs/api-inbox.md, run as its readers run it.
// Must stay true: only processes started here are ended.

import { spawn, type ChildProcess } from "node:child_process";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const EXAMPLE = fileURLToPath(new URL("../../../docs/examples/echo.mjs", import.meta.url));
const WAIT_MS = 20_000;
const LOOK_MS = 20;

export interface Connection {
  SAPA_URL: string;
  SAPA_INBOX: string;
  SAPA_TOKEN: string;
  SAPA_SECRET: string;
  PORT: string;
}

export class Echo {
  #output = "";

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text: Buffer) => (this.#output += text.toString()));
  }

  static async start(connection: Connection): Promise<Echo> {
    const env = { ...process.env, ...connection };
    const echo = new Echo(spawn(process.execPath, [EXAMPLE], { env, stdio: "pipe" }));
    await echo.prints(`listening on ${connection.PORT}`);
    return echo;
  }

  /** The customer writes. */
  async say(text: string): Promise<void> {
    const { stdin } = this.child;
    if (stdin) Readable.from([`${text}\n`]).pipe(stdin, { end: false });
    await this.prints("posted ent_");
  }

  async prints(text: string): Promise<void> {
    const until = Date.now() + WAIT_MS;
    while (!this.#output.includes(text)) {
      if (Date.now() > until || this.child.exitCode !== null)
        throw new Error(`the example did not print ${text}:\n${this.#output}`);
      await sleep(LOOK_MS);
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }
}
