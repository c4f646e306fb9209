// Starts the frame: reads inbox and embedding origin from the address, wires chat, host and screen.

import { isInboxId } from "@sapa/protocol";
import { render, h } from "preact";
import { Chat } from "./chat";
import { paint } from "./color";
import { extras } from "./extras";
import { connectHost } from "./host";
import { loadProblems } from "./i18n";
import { App } from "./view/App";

const EXTRAS_AFTER_MS = 3_000;

const inbox_id = location.pathname.split("/")[2] ?? "";
const origin = new URLSearchParams(location.search).get("o") ?? location.origin;

if (isInboxId(inbox_id)) {
  const chat = new Chat(inbox_id, origin);
  const host = connectHost(origin, (message) => chat.setOpened(message === "open"));
  let told = { color: "", known: false, unread: -1 };

  const tell = () => {
    const now = {
      color: chat.state.config?.color ?? "",
      known: chat.registered,
      unread: chat.state.unread,
    };
    if (now.color !== told.color) paint(now.color);
    if (now.known && (!told.known || now.color !== told.color)) {
      host.tell({ type: "known", color: now.color });
    }
    if (now.unread !== told.unread) host.tell({ type: "unread", count: now.unread });
    told = now;
  };
  const draw = () => {
    tell();
    render(<App chat={chat} state={chat.state} close={close} />, document.getElementById("chat")!);
  };
  const close = host.alone ? null : () => host.tell({ type: "close" });

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
  void chat.start().then(() => {
    if (host.alone) chat.setOpened(true);
    draw();
    // What comes later is fetched now, so that it is there when the network is not.
    setTimeout(() => void Promise.allSettled([extras(), loadProblems()]), EXTRAS_AFTER_MS);
  });
}
