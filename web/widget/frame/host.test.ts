import { afterEach, describe, expect, it, vi } from "vitest";
import { PORT, READY, type ToFrame, type ToLoader } from "../bridge";
import { connectHost } from "./host";

const PAGE = "https://shop.example";

function embedded() {
  const posted: unknown[][] = [];
  const page = { postMessage: (...all: unknown[]) => posted.push(all) };
  vi.spyOn(window, "parent", "get").mockReturnValue(page as never);
  const heard: ToFrame[] = [];
  const host = connectHost(PAGE, (message) => heard.push(message));
  const offer = (origin: string, source: unknown, data: unknown = PORT) => {
    const sent: ToLoader[] = [];
    const port = {
      onmessage: null as never,
      postMessage: (message: ToLoader) => sent.push(message),
    };
    const event = new MessageEvent("message", { data, origin });
    Object.defineProperty(event, "source", { value: source });
    Object.defineProperty(event, "ports", { value: [port] });
    window.dispatchEvent(event);
    return { sent, port: port as { onmessage: ((event: { data: ToFrame }) => void) | null } };
  };
  return { posted, page, heard, host, offer };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the hand-over of the port", () => {
  it("is asked for at exactly the embedding origin", () => {
    expect(embedded().posted).toEqual([[READY, PAGE]]);
  });

  it("delivers what was said before, and hears from then on", () => {
    const { host, heard, offer, page } = embedded();
    host.tell(["unread", 2]);
    const { sent, port } = offer(PAGE, page);
    expect(sent).toEqual([["unread", 2]]);
    port.onmessage?.({ data: ["open"] });
    expect(heard).toEqual([["open"]]);
  });

  it.each([
    ["another origin", "https://evil.example", true, PORT],
    ["another window", PAGE, false, PORT],
    ["another word", PAGE, true, "hello"],
  ])("is refused from %s", (_, origin, from_parent, data) => {
    const { host, offer, page } = embedded();
    host.tell(["unread", 1]);
    const { sent, port } = offer(origin, from_parent ? page : {}, data);
    expect(sent).toEqual([]);
    expect(port.onmessage).toBeNull();
  });

  it("happens once", () => {
    const { host, offer, page } = embedded();
    offer(PAGE, page);
    const second = offer(PAGE, page);
    host.tell(["close"]);
    expect(second.sent).toEqual([]);
  });
});
