// One request, one error form: everything that is not a success becomes a ProblemError.
// Must stay true: every request has a time limit; a failed network looks like any other refusal
// (code "unreachable"), so callers handle one shape; nothing here repeats a request by itself.
// Absent: endpoints (staff.ts, visitor.ts) and translations (the caller's locale files).

import type { Problem } from "./api";

const REQUEST_TIMEOUT_MS = 20_000;
const UPLOAD_TIMEOUT_MS = 10 * 60_000;

/** Codes that only the client can know; translated like the server's. */
export const CLIENT_PROBLEM_CODES = ["unreachable", "unexpected_answer"] as const;

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  /** The same request may succeed later: the network, a busy or a restarting server. */
  get temporary(): boolean {
    const { status } = this.problem;
    return status === 0 || status === 408 || status === 429 || status >= 500;
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Query = Record<string, string | number | undefined>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal | undefined;
  timeout_ms?: number;
}

/** `authorization` is asked anew for each request: a visitor has no token before the first message. */
export interface ClientOptions {
  base?: string;
  authorization?: () => string | null;
  fetch?: typeof fetch;
}

export interface RestClient {
  json<T>(method: Method, path: string, options?: RequestOptions): Promise<T>;
  empty(method: Method, path: string, options?: RequestOptions): Promise<void>;
  blob(path: string, signal?: AbortSignal): Promise<Blob>;
  upload<T>(path: string, content: Blob, options?: UploadOptions): Promise<T>;
}

export interface UploadOptions {
  onProgress?: ((sent_bytes: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

export function createClient(options: ClientOptions = {}): RestClient {
  const base = options.base ?? "";
  const authorization = options.authorization ?? (() => null);

  async function send(method: Method, path: string, request: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = { accept: "application/json" };
    const bearer = authorization();
    if (bearer !== null) headers["authorization"] = bearer;
    if (request.body !== undefined) headers["content-type"] = "application/json";
    const limit = AbortSignal.timeout(request.timeout_ms ?? REQUEST_TIMEOUT_MS);
    const init: RequestInit = {
      method,
      headers,
      signal: request.signal ? AbortSignal.any([request.signal, limit]) : limit,
    };
    if (request.body !== undefined) init.body = JSON.stringify(request.body);
    let response: Response;
    try {
      response = await (options.fetch ?? fetch)(base + path + search(request.query), init);
    } catch (cause) {
      if (request.signal?.aborted) throw cause;
      throw unreachable();
    }
    if (!response.ok) throw problemOf(response.status, await response.text().catch(() => ""));
    return response;
  }

  return {
    async json<T>(method: Method, path: string, request: RequestOptions = {}): Promise<T> {
      const response = await send(method, path, request);
      try {
        return (await response.json()) as T;
      } catch {
        throw clientProblem("unexpected_answer", response.status);
      }
    },
    async empty(method, path, request = {}) {
      await send(method, path, request);
    },
    async blob(path, signal) {
      const response = await send("GET", path, { signal, timeout_ms: UPLOAD_TIMEOUT_MS });
      return response.blob().catch(() => {
        throw unreachable();
      });
    },
    upload: (path, content, request = {}) => upload(base + path, content, authorization(), request),
  };
}

// XMLHttpRequest, because fetch cannot report how much has been sent.
function upload<T>(
  url: string,
  content: Blob,
  bearer: string | null,
  { onProgress, signal }: UploadOptions,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = UPLOAD_TIMEOUT_MS;
    if (bearer !== null) request.setRequestHeader("authorization", bearer);
    request.setRequestHeader("content-type", "application/octet-stream");
    if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status < 200 || request.status > 299) {
        return reject(problemOf(request.status, request.responseText));
      }
      try {
        resolve(JSON.parse(request.responseText) as T);
      } catch {
        reject(clientProblem("unexpected_answer", request.status));
      }
    };
    request.onerror = request.ontimeout = () => reject(unreachable());
    request.onabort = () => reject(signal?.reason as Error);
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(content);
  });
}

function search(query: Query | undefined): string {
  if (!query) return "";
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params.set(name, String(value));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

function problemOf(status: number, text: string): ProblemError {
  try {
    const answer: unknown = JSON.parse(text);
    if (isProblem(answer)) return new ProblemError({ ...answer, params: answer.params ?? {} });
  } catch {
    // Not ours: a proxy's page, or nothing at all.
  }
  return clientProblem(
    status >= 502 && status <= 504 ? "unavailable" : "unexpected_answer",
    status,
  );
}

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === "object" && answer !== null && "code" in answer && "status" in answer;
}

function unreachable(): ProblemError {
  return clientProblem("unreachable", 0);
}

function clientProblem(code: string, status: number): ProblemError {
  return new ProblemError({ type: "about:blank", title: code, status, code, params: {} });
}
