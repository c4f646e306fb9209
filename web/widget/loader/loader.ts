// The one script on the customer's page: draws the launcher, brings the frame in on intent.
// Must stay true: fetches nothing, stores only "this visitor has a conversation" (and its
// token where the frame may store nothing), runs under a policy
// without connect, style or Trusted Types rights; talks to nobody but our frame at our origin.
// Absent: messages. They stay inside the frame; and what a call of the page means, which the frame knows.

import { PORT, READY, type HostPage, type ToFrame, type ToLoader } from "../bridge";
import greeting from "./greeting.css?inline";
import style from "./loader.css?inline";
import en from "./locales/en.json";
import id from "./locales/id.json";

/** Of the build: whether the inbox may say something before anybody opens the chat. */
declare const GREETS: boolean;

const SPEECH_BUBBLE = "M21 11.5a8.4 8.4 0 0 1-12 7.6L3 21l1.9-6a8.4 8.4 0 1 1 16.1-3.5Z";
const CROSS = "M6 6l12 12m0-12L6 18";
const BADGE_MAX = 99;
const ANSWER_MS = 5_000;
/** A single-page site draws its page, and names it, after the address changed. */
const DRAWN_MS = 500;

/** The browser makes a text of what is none: spelled out, it would not fit. */
type Text = never;
type Call = ["open" | "close" | "on" | "page" | "data" | "identify", ...never[]];
type Heard = "open" | "close" | "unread";
type Listener = (value?: number) => void;

function start(script: HTMLScriptElement): void {
  const { origin: desk, searchParams } = new URL(script.src);
  const inbox = searchParams.get("inbox");
  const { color, side } = script.dataset;
  const memory = `sapa:${inbox}`;
  const words = navigator.language.startsWith("id") ? id : en;
  const listeners: [Heard, Listener][] = [];
  /** Said before the frame could hear. */
  const waiting: ToFrame[] = [];
  const site = window as { Sapa?: unknown; navigation?: EventTarget };
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let opened = false;
  let unread = 0;

  const [known, token] = attempt(() => localStorage.getItem(memory))?.split(" ") ?? "";

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(GREETS ? style + greeting : style);
  root.adoptedStyleSheets = [sheet];
  // At the end of the page's lines; a side that the page names turns the lines of what is drawn here.
  host.dir = side ? (side === "left" ? "rtl" : "ltr") : "";
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
    badge.textContent = opened || !unread ? "" : (Math.min(unread, BADGE_MAX) as Text);
    button.ariaExpanded = opened as Text;
    button.ariaLabel = opened
      ? words.close
      : unread
        ? `${words.open}, ${unread} ${words.unread}`
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
    frame.src = `${desk}/w/${inbox}/?o=${location.origin}&d=${getComputedStyle(document.body).direction}`;
    // A refused frame loads too, as the browser's grey page; only ours answers.
    frame.onload = () => setTimeout(leave, ANSWER_MS);
    panel.append(frame);
  }

  function leave(): void {
    if (port) return;
    host.remove();
    // eslint-disable-next-line no-console -- for whoever runs the site
    console.warn(`Sapa: is ${location.origin} in "Allowed sites"?`);
  }

  function turn(open: boolean): void {
    if (opened === open) return;
    const what = open ? "open" : "close";
    opened = open;
    load();
    show();
    say([what]);
    if (open) frame!.focus();
    else button.focus();
    tell(what);
  }

  function say(what: ToFrame): void {
    if (port) port.postMessage(what);
    else waiting.push(what);
  }

  function page(given?: Partial<HostPage>): void {
    say([
      "page",
      { href: location.href, title: document.title, referrer: document.referrer, ...given },
    ]);
  }

  function tell(what: Heard, value?: number): void {
    listeners.forEach(([wanted, listener]) => wanted === what && listener(value));
  }

  function hear({ data: [what, value, token] }: MessageEvent<ToLoader>): void {
    if (what === "known") {
      paint(value);
      return attempt(() => localStorage.setItem(memory, `${value} ${token}`));
    }
    if (GREETS && what === "open") return turn(true);
    if (GREETS && what === "peek") {
      panel.classList.toggle("peek", value > 0);
      return panel.style.setProperty("--peek", `${value}px`);
    }
    if (what === "close") return turn(false);
    unread = value as number;
    show();
    tell(what as "unread", value);
  }

  // The page may forbid storage; then the frame simply waits for intent.
  function attempt<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch {
      // Nothing to do.
    }
  }

  addEventListener("message", ({ data, source, origin }) => {
    if (data !== READY || origin !== desk || source !== frame?.contentWindow) return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    source!.postMessage(PORT, desk, [channel.port2]);
    waiting.forEach(say);
  });

  button.onpointerenter = button.onfocus = load;
  button.onclick = () => turn(!opened);
  button.onkeydown = ({ key }) => {
    if (key === "Escape") turn(false);
  };

  paint(known || color);
  show();
  document.body.append(host);
  if (known || GREETS) (window.requestIdleCallback ?? setTimeout)(load);
  if (token) say(["token", token]);
  page();
  // Where the browser tells nobody, a single-page site tells us.
  site.navigation?.addEventListener("navigatesuccess", () => setTimeout(page, DRAWN_MS));

  const api = {
    open: () => turn(true),
    close: () => turn(false),
    page,
    // As text: what a framework watches, or holds a function, could not cross over.
    data: (value: unknown) => say(["data", JSON.stringify(value)]),
    // At once: what is signed does not hold for long.
    identify: (token?: string) => {
      if (token) load();
      say(["identify", token]);
    },
    on: (what: Heard, listener: Listener) => listeners.push([what, listener]),
    // Calls made before the script arrived: (window.Sapa ||= []).push(["open"]).
    push: ([call, ...rest]: Call) =>
      api[call]
        ? (api[call] as (...given: never[]) => void)(...rest)
        : // eslint-disable-next-line no-console -- for whoever runs the site
          console.warn("Sapa: no call", call),
  };
  const early = site.Sapa as { forEach?: (run: (call: Call) => void) => void } | undefined;
  site.Sapa = api;
  early?.forEach?.(api.push);
}

function drawing(button: HTMLElement): SVGPathElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path") as SVGPathElement;
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.append(path);
  button.append(svg);
  return path;
}

const script = document.currentScript as HTMLScriptElement;
if (document.body) start(script);
else addEventListener("DOMContentLoaded", () => start(script));
