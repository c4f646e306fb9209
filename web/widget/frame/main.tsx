// Starts the frame: reads inbox and embedding origin from the address, wires chat, host and screen.

import { isInboxId } from "@sapa/protocol";
import { render, h } from "preact";
import { Chat } from "./chat";
import { paint, paletteOf } from "./color";
import { extras, type Extras } from "./extras";
import { connectHost } from "./host";
import { App } from "./view/App";

const EXTRAS_AFTER_MS = 3_000;

const inbox_id = location.pathname.split("/")[2] ?? "";
const origin = new URLSearchParams(location.search).get("o") ?? location.origin;

if (isInboxId(inbox_id)) {
  const chat = new Chat(inbox_id, origin);
  const host = connectHost(origin, ([what, value]) => {
    if (what === "token") chat.adopt(value);
    else if (what === "page") chat.look(value);
    else if (what === "data") later(({ tellData }) => tellData(chat, value));
    else {
      chat.setOpened(what === "open");
      keepWayBack(what === "open");
    }
  });
  addEventListener("popstate", () => host.tell(["close"]));
  let told = { color: "", token: "", unread: -1 };

  const tell = () => {
    const { config, unread } = chat.state;
    const now = { color: config?.color ?? "", token: chat.token ?? "", unread };
    const palette = paletteOf(now.color);
    if (now.color !== told.color) paint(palette);
    if (now.token && now.color && (now.token !== told.token || now.color !== told.color)) {
      const token = chat.storage.denied ? now.token : "";
      host.tell(["known", palette.fill, token]);
    }
    if (unread !== told.unread) host.tell(["unread", unread]);
    told = now;
  };
  const draw = () => {
    tell();
    render(
      <App chat={chat} state={chat.state} host={host} close={close} />,
      document.getElementById("frame")!,
    );
  };
  const close = host.alone ? null : () => host.tell(["close"]);

  void chat.start().then(() => {
    // One drawing per turn, however many changes came in it.
    let planned = false;
    chat.subscribe(() => {
      if (planned) return;
      planned = true;
      queueMicrotask(() => {
        planned = false;
        draw();
      });
    });
    draw();
    if (host.alone) chat.setOpened(true);
    // What comes later is fetched now, so that it is there when the network is not.
    setTimeout(() => later(({ loadProblems }) => loadProblems()), EXTRAS_AFTER_MS);
  });
}

/** Without network it is left out. */
function later(run: (parts: Extras) => unknown): void {
  extras().then(run, () => undefined);
}

// On a phone the chat covers the page, so the back gesture closes it. The entry belongs to the frame's own
// history; the customer's page and its router see nothing of it.
function keepWayBack(opened: boolean): void {
  if (!opened && history.state) history.back();
  else if (opened && matchMedia("(max-width: 480px)").matches) history.pushState(1, "");
}
