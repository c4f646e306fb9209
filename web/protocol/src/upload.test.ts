import { beforeEach, expect, it, vi } from "vitest";
import type { UploadId } from "./ids";
import { ProblemError } from "./problem";
import { PART_BYTES, upload } from "./upload";

const ID = "upl_1" as UploadId;
const SIZE = 2 * PART_BYTES + 5;

interface Asked {
  method: string;
  url: string;
  bytes: number;
}

let asked: Asked[];
/** What the server has, and how it answers the next part. */
let received: number;
let next: "takes" | "breaks off" | "tells another place";

class FakeRequest {
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  status = 0;
  responseText = "";
  onload = () => {};
  onerror = () => {};
  #method = "";
  #url = "";
  open(method: string, url: string) {
    [this.#method, this.#url] = [method, url];
  }
  setRequestHeader() {}
  send(content: Blob) {
    asked.push({ method: this.#method, url: this.#url, bytes: content.size });
    this.upload.onprogress?.({ loaded: content.size });
    queueMicrotask(() => {
      const how = next;
      next = "takes";
      if (how === "breaks off") return this.onerror();
      if (how === "tells another place") {
        this.status = 409;
        const problem = { type: "", title: "", status: 409, code: "upload_offset" };
        this.responseText = JSON.stringify({ ...problem, params: { offset: received } });
      } else {
        this.status = 200;
        received += content.size;
        this.responseText = JSON.stringify(state());
      }
      this.onload();
    });
  }
}

const state = () => ({
  id: ID,
  size: SIZE,
  offset: received,
  file: received === SIZE ? { id: "fil_1" } : null,
});

const client = {
  base: "/w/api/v1",
  authorization: () => null,
  json: <T>() => Promise.resolve(state() as T),
};
const content = new Blob([new Uint8Array(SIZE)]);
const offsets = () => asked.map(({ url }) => Number(/offset=(\d+)/.exec(url)?.[1]));

beforeEach(() => {
  [asked, received, next] = [[], 0, "takes"];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  return () => vi.unstubAllGlobals();
});

it("goes on behind what the server has, under the same id", async () => {
  next = "breaks off";
  received = PART_BYTES;
  await expect(upload(client, "a", content, { id: ID })).rejects.toThrow("unreachable");
  const shares: number[] = [];
  const file = await upload(client, "a", content, {
    id: ID,
    onProgress: (sent) => shares.push(sent),
  });
  expect(file.id).toBe("fil_1");
  expect(offsets()).toEqual([PART_BYTES, PART_BYTES, 2 * PART_BYTES]);
  expect(asked.at(-1)?.bytes).toBe(5);
  expect(shares[0]).toBe(PART_BYTES);
  expect(shares.at(-1)).toBe(SIZE);
});

it("goes where the server says, and asks no server for ever that only says so", async () => {
  next = "tells another place";
  received = 7;
  const client_behind = {
    ...client,
    json: <T>() => Promise.resolve({ ...state(), offset: 0 } as T),
  };
  await upload(client_behind, "a", content, { id: ID });
  expect(offsets().slice(0, 2)).toEqual([0, 7]);
  [received, next] = [0, "tells another place"];
  await expect(upload(client, "a", content, { id: ID })).rejects.toBeInstanceOf(ProblemError);
});

it("sends what is small at once", async () => {
  const small = new Blob(["words"]);
  await upload(client, "a b", small, { id: ID });
  expect(asked).toEqual([{ method: "POST", url: "/w/api/v1/files?name=a%20b", bytes: 5 }]);
});
