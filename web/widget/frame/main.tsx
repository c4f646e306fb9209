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
const asked = new URLSearchParams(location.search);
const origin = asked.get("o") ?? location.origin;
// The page's, also where the words are of a language that runs the other way.
document.documentElement.dir = asked.get("d") ?? "";

if (isInboxId(inbox_id)) {
  const chat = new Chat(inbox_id, origin);
  const host = connectHost(origin, ([what, value]) => {
    if (what === "token") chat.adopt(value);
    else if (what === "page") chat.look(value);
    else if (what === "data") later(({ tellData }) => tellData(chat, value));
    else if (what === "identify") {
      chat.identify(value);
      later(({ prove }) => prove(chat, value));
    } else {
      chat.setOpened(what === "open");
      later(({ keepWayBack }) => keepWayBack(what === "open"));
    }
  });
  addEventListener("popstate", () => host.tell(["close"]));
  let told = { color: "", news: "", unread: -1 };

  const tell = () => {
    const { config, unread, away } = chat.state;
    const { souvenir } = chat;
    const color = config?.color ?? "";
    const palette = paletteOf(color);
    const fill = away ? "none" : palette.fill;
    // Who has no conversation is none of the page's business.
    const news = souvenir && souvenir + fill;
    if (color !== told.color) paint(palette);
    if (color && news !== told.news) {
      if (away) host.tell(["close"]);
      host.tell(["known", fill, chat.storage.denied ? souvenir : ""]);
    }
    if (unread !== told.unread) host.tell(["unread", unread]);
    told = { color, news, unread };
  };
  const draw = () => {
    tell();
    render(
      <App chat={chat} state={chat.state} host={host} close={close} />,
      document.getElementById("frame")!,
    );
  };
  const close = host.alone ? null : () => host.tell(["close"]);

  void chat.start(host.alone).then(() => {
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
    setTimeout(() => later(({ settle }) => settle(chat)), EXTRAS_AFTER_MS);
  });
}

let arriving: Promise<Extras> | undefined;

/** Without network it waits, and everything runs in the order it was told. */
function later(run: (parts: Extras) => unknown): void {
  void (arriving ??= arrival()).then(run);
}

function arrival(): Promise<Extras> {
  return extras().catch(() =>
    new Promise((resume) => setTimeout(resume, EXTRAS_AFTER_MS)).then(arrival),
  );
}
