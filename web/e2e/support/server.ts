// A real server on a folder and a port of its own.
// Must stay true: only processes started here are ended; the folder goes with the server.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const PROGRAM =
  process.env["SAPA_TEST_PROGRAM"] ||
  fileURLToPath(new URL("../../../target/release/sapa", import.meta.url));
const READY_MS = 30_000;
const LOOK_MS = 20;

export class Server {
  #child: ChildProcess | null = null;
  #output = "";

  private constructor(
    private readonly command: "serve" | "demo",
    private readonly folder: string,
    private readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  /** `settings` by their names in the environment. */
  static async start(
    command: "serve" | "demo",
    settings: Record<string, string> = {},
  ): Promise<Server> {
    const server = new Server(
      command,
      await mkdtemp(join(tmpdir(), "sapa-e2e-")),
      await freePort(),
      settings,
    );
    await server.start();
    return server;
  }

  /** The name that browsers trust with a sign-in without HTTPS. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  get password(): string {
    return this.#find(/password\s+(\S+)/);
  }

  get setupLink(): string {
    return this.#find(/"link":"([^"]+)"/);
  }

  async start(): Promise<void> {
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith("SAPA_")),
    );
    const listen = `127.0.0.1:${this.port}`;
    const child = spawn(PROGRAM, [this.command, "--data", this.folder, "--listen", listen], {
      env: { ...env, ...this.settings },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text: Buffer) => (this.#output += text.toString()));
    }
    const until = Date.now() + READY_MS;
    while (!(await this.#isReady())) {
      if (child.exitCode !== null || Date.now() > until) {
        throw new Error(`the server is not ready:\n${this.#output}`);
      }
      await sleep(LOOK_MS);
    }
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  async #isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => null);
    return answer?.ok ?? false;
  }

  #find(pattern: RegExp): string {
    const found = pattern.exec(this.#output)?.[1];
    if (!found) throw new Error(`${pattern} is not in the output:\n${this.#output}`);
    return found;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
