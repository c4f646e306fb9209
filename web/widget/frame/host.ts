// The frame's end of the bridge to the loader on the customer's page.
// Must stay true: the port is taken once, from our parent, from exactly the origin in the address.
// Opened on its own (no parent), the chat simply counts as open.

import { PORT, READY, type ToFrame, type ToLoader } from "../bridge";

export interface Host {
  readonly alone: boolean;
  tell(message: ToLoader): void;
}

export function connectHost(origin: string, hear: (message: ToFrame) => void): Host {
  const alone = window.parent === window;
  let port: MessagePort | null = null;
  const waiting: ToLoader[] = [];

  addEventListener("message", (event) => {
    const trusted = event.source === window.parent && event.origin === origin;
    if (port || !trusted || event.data !== PORT || !event.ports[0]) return;
    port = event.ports[0];
    port.onmessage = ({ data }: MessageEvent<ToFrame>) => hear(data);
    for (const message of waiting.splice(0)) port.postMessage(message);
  });
  if (!alone) window.parent.postMessage(READY, origin);

  return {
    alone,
    tell(message) {
      if (port) port.postMessage(message);
      else if (!alone) waiting.push(message);
    },
  };
}
