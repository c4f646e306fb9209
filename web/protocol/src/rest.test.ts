import { describe, expect, it } from "vitest";
import { ProblemError } from "./problem";
import { createClient } from "./rest";

function answering(status: number, body: string): { calls: Request[]; fetch: typeof fetch } {
  const calls: Request[] = [];
  const answer: typeof fetch = (input, init) => {
    calls.push(new Request(new URL(String(input), "https://desk.test"), init));
    return Promise.resolve(new Response(status === 204 ? null : body, { status }));
  };
  return { calls, fetch: answer };
}

async function problemFrom(status: number, body: string): Promise<ProblemError> {
  const client = createClient({ fetch: answering(status, body).fetch });
  const refusal: unknown = await client.json("GET", "/x").catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ProblemError);
  return refusal as ProblemError;
}

describe("requests", () => {
  it("carry query, JSON body and bearer", async () => {
    const { calls, fetch } = answering(200, '{"ok":true}');
    const client = createClient({ base: "/api", fetch, authorization: () => "Bearer t" });
    const query = { view: "mine", cursor: undefined, limit: 50 };
    expect(await client.json("POST", "/list", { query, body: { a: 1 } })).toEqual({ ok: true });
    const call = calls[0]!;
    expect(new URL(call.url).pathname + new URL(call.url).search).toBe(
      "/api/list?view=mine&limit=50",
    );
    expect(call.headers.get("authorization")).toBe("Bearer t");
    expect(call.headers.get("content-type")).toBe("application/json");
    expect(await call.json()).toEqual({ a: 1 });
  });
});

describe("refusals", () => {
  it("keep the server's code and params", async () => {
    const body =
      '{"type":"x","title":"t","status":422,"code":"text_too_long","params":{"max":2000}}';
    const refusal = await problemFrom(422, body);
    expect(refusal.code).toBe("text_too_long");
    expect(refusal.problem.params).toEqual({ max: 2000 });
    expect(refusal.temporary).toBe(false);
  });

  it("of a proxy in between are temporary", async () => {
    const refusal = await problemFrom(502, "<html>Bad gateway</html>");
    expect(refusal.code).toBe("unavailable");
    expect(refusal.temporary).toBe(true);
  });

  it("that make no sense are named so", async () => {
    expect((await problemFrom(200, "<html>")).code).toBe("unexpected_answer");
    expect((await problemFrom(404, "")).code).toBe("unexpected_answer");
  });

  it("of the network have the same form", async () => {
    const client = createClient({ fetch: () => Promise.reject(new TypeError("failed")) });
    const refusal: unknown = await client.json("GET", "/x").catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    expect((refusal as ProblemError).code).toBe("unreachable");
    expect((refusal as ProblemError).temporary).toBe(true);
  });
});
