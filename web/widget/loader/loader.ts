// The one script on the customer's page: draws the launcher, brings the frame in on intent.
// Must stay true: fetches nothing, stores only "this visitor has a conversation" (and its
// token where the frame may store nothing), runs under a policy
// without connect, style or Trusted Types rights; talks to nobody but our frame at our origin.
// Absent: messages. They stay inside the frame.

import { PORT, READY, type ToFrame, type ToLoader } from "../bridge";
import style from "./loader.css?inline";
import en from "./locales/en.json";
import id from "./locales/id.json";

const SPEECH_BUBBLE = "M21 11.5a8.4 8.4 0 0 1-12 7.6L3 21l1.9-6a8.4 8.4 0 1 1 16.1-3.5Z";
const CROSS = "M6 6l12 12M18 6 6 18";
const BADGE_MAX = 99;
const ANSWER_MS = 5_000;

type Call = "open" | "close" | "on";
type Heard = "open" | "close" | "unread";
type Listener = (value?: number) => void;

function start(script: HTMLScriptElement): void {
  const { origin: desk, searchParams } = new URL(script.src);
  const inbox = searchParams.get("inbox");
  const { color, side } = script.dataset;
  const memory = `sapa:${inbox}`;
  const words = navigator.language.startsWith("id") ? id : en;
  const listeners: [Heard, Listener][] = [];
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let opened = false;
  let unread = 0;

  const [known, token] = remembered().split(" ");

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  host.dataset["side"] = side ?? "";
  const panel = document.createElement("section");
  panel.role = "dialog";
  panel.ariaLabel = words.panel;
  const button = document.createElement("button");
  button.ariaHasPopup = "dialog";
  const badge = document.createElement("b");
  const path = drawing(button);
  button.append(badge);
  root.append(panel, button);

  function show(): void {
    panel.classList.toggle("open", opened);
    path.setAttribute("d", opened ? CROSS : SPEECH_BUBBLE);
    badge.textContent = unread && !opened ? `${Math.min(unread, BADGE_MAX)}` : "";
    button.ariaExpanded = `${opened}`;
    button.ariaLabel = opened
      ? words.close
      : unread
        ? words.unread.replace("{count}", `${unread}`)
        : words.open;
  }

  function paint(value: string | null | undefined): void {
    if (value) host.style.setProperty("--color", value);
  }

  function load(): void {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = words.panel;
    frame.allow = "autoplay";
    frame.src = `${desk}/w/${inbox}/?o=${encodeURIComponent(location.origin)}`;
    // A refused frame loads too, as the browser's grey page; only ours answers.
    frame.onload = () => setTimeout(leave, ANSWER_MS);
    panel.append(frame);
  }

  function leave(): void {
    if (port) return;
    host.remove();
    // eslint-disable-next-line no-console -- for whoever runs the site
    console.warn(`Sapa: no chat. Is ${location.origin} in "Allowed sites" of the inbox?`);
  }

  function turn(open: boolean): void {
    load();
    if (opened === open) return;
    opened = open;
    show();
    port?.postMessage((open ? "open" : "close") satisfies ToFrame);
    if (open) frame?.focus();
    else button.focus();
    tell(open ? "open" : "close");
  }

  function tell(what: Heard, value?: number): void {
    for (const [wanted, listener] of listeners) if (wanted === what) listener(value);
  }

  function hear({ data }: MessageEvent<ToLoader>): void {
    if (data.type === "close") return turn(false);
    if (data.type === "known") {
      paint(data.color);
      return remember(`${data.color} ${data.token}`);
    }
    unread = data.count;
    show();
    tell("unread", unread);
  }

  // The page may forbid storage; then the frame simply waits for intent.
  function remember(value: string): void {
    try {
      localStorage.setItem(memory, value);
    } catch {
      // Nothing to do.
    }
  }
  function remembered(): string {
    try {
      return localStorage.getItem(memory) ?? "";
    } catch {
      return "";
    }
  }

  addEventListener("message", ({ data, source, origin }) => {
    if (data !== READY || origin !== desk || !frame || source !== frame.contentWindow) return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    frame.contentWindow!.postMessage(PORT, desk, [channel.port2]);
    if (token) port.postMessage({ token } satisfies ToFrame);
    if (opened) port.postMessage("open" satisfies ToFrame);
  });

  button.onpointerenter = button.onfocus = load;
  button.addEventListener("touchstart", load, { passive: true });
  button.onclick = () => turn(!opened);
  button.onkeydown = ({ key }) => {
    if (key === "Escape") turn(false);
  };

  paint(known);
  paint(color);
  show();
  document.body.append(host);
  if (known) (window.requestIdleCallback ?? setTimeout)(load);

  const api = {
    open: () => turn(true),
    close: () => opened && turn(false),
    on: (what: Heard, listener: Listener) => listeners.push([what, listener]),
    // Calls made before the script arrived: (window.Sapa ||= []).push(["open"]).
    push: ([call, ...rest]: [Call, ...never[]]) =>
      (api[call] as (...given: never[]) => void)(...rest),
  };
  const page = window as { Sapa?: unknown };
  const early = page.Sapa;
  page.Sapa = api;
  if (Array.isArray(early)) early.forEach(api.push);
}

function drawing(button: HTMLElement): SVGPathElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path") as SVGPathElement;
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  svg.append(path);
  button.append(svg);
  return path;
}

const script = document.currentScript as HTMLScriptElement;
if (document.body) start(script);
else addEventListener("DOMContentLoaded", () => start(script));
