// One request, one error form: everything that is not a success becomes a ProblemError.
// Must stay true: every request has a time limit; a failed network looks like any other refusal
// (code "unreachable"), so callers handle one shape; nothing here repeats a request by itself.
// Absent: files (transfer.ts), endpoints (staff.ts, visitor.ts) and translations (the caller's locale files).

import { clientProblem, problemOf, unreachable } from "./problem";

const REQUEST_TIMEOUT_MS = 20_000;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Query = Record<string, string | number | undefined>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Of a body that is no JSON, and goes as it is. */
  type?: string;
  signal?: AbortSignal | undefined;
  timeout_ms?: number;
  /** It goes on when the page is left. */
  keepalive?: boolean;
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
  send(method: Method, path: string, options: RequestOptions): Promise<Response>;
}

export function createClient(options: ClientOptions = {}): RestClient {
  const base = options.base ?? "";
  const authorization = options.authorization ?? (() => null);

  async function send(method: Method, path: string, request: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = { accept: "application/json" };
    const bearer = authorization();
    if (bearer !== null) headers["authorization"] = bearer;
    if (request.body !== undefined) headers["content-type"] = request.type ?? "application/json";
    const limit = AbortSignal.timeout(request.timeout_ms ?? REQUEST_TIMEOUT_MS);
    const init: RequestInit = {
      method,
      headers,
      keepalive: !!request.keepalive,
      signal: request.signal ? AbortSignal.any([request.signal, limit]) : limit,
    };
    if (request.body !== undefined)
      init.body = request.type ? (request.body as string) : JSON.stringify(request.body);
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
    send,
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
  };
}

/** The part of an address behind the path. */
export function search(query: Query | undefined): string {
  if (!query) return "";
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params.set(name, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}
