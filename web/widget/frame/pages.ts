// The pages of the site on which the visitor is, and where he came from.
// Must stay true: they leave the browser only with the message that begins a session and, one by one, while it lasts;
// of who has to agree first nothing is kept in the browser before. An inbox that keeps no page visits hears of none.

import type { SentTrail, SiteVisitorId, WidgetConfig } from "@sapa/protocol";
import type { HostPage } from "../bridge";
import type { Storage } from "./storage";

const KEPT_PAGES = 20;
const KEPT_MS = 24 * 3_600_000;
const SETTLED_MS = 1_000;

interface Way {
  source: string | null;
  pages: { url: string; title: string; at: number }[];
}

/** What of the chat decides about them. */
export interface Place {
  config: WidgetConfig | null;
  /** The visitor has a session that is not closed. */
  open: boolean;
  /** He is a visitor already, so he agreed to what is asked. */
  known: boolean;
}

export class Pages {
  #storage: Storage;
  #place: () => Place;
  #send: (page: { url: string; title: string }) => Promise<void>;
  /** How he came, and the pages since. */
  way: Way;
  /** Where he is. */
  here: Way["pages"][number] | undefined;
  /** The address for which the page told another one. */
  #replaced: string | undefined;
  /** What the inbox said to him here. */
  greeted: string | null = null;
  /** Under which name a member invited him here. */
  invitation: SiteVisitorId | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    storage: Storage,
    place: () => Place,
    send: (page: { url: string; title: string }) => Promise<void>,
  ) {
    this.#storage = storage;
    this.#place = place;
    this.#send = send;
    const { source, pages } = storage.get<Way>("pages") ?? { source: null, pages: [] };
    this.way = { source, pages: pages.filter(({ at }) => at > Date.now() - KEPT_MS) };
  }

  hear({ href, url, title, referrer }: HostPage, origin: string): void {
    const [page, shown] = [parse(url ?? href, origin), parse(href)];
    if (!page || !shown) return;
    page.hash = shown.hash = "";
    // What the page tells by hand stands for what the browser shows.
    if (url === undefined && shown.href === this.#replaced) return;
    const { pages } = this.way;
    if (url !== undefined) {
      this.#replaced = shown.href;
      if (pages.at(-1)?.url === shown.href) pages.pop();
    }
    if (pages.at(-1)?.url === page.href) pages.pop();
    this.here = { url: page.href, title: `${title ?? ""}`, at: Date.now() };
    pages.push(this.here);
    const { origin: from } = parse(referrer) ?? page;
    // Who is met in the middle of the site came somehow, and the server has to know.
    if (!pages[1] || from !== page.origin) this.way.source = referrer;
    this.#keep(pages.slice(-KEPT_PAGES));
    this.settle();
  }

  /** What goes with a message: nothing while the session lasts. */
  get trail(): SentTrail | null {
    const { config, open } = this.#place();
    const { source, pages } = this.way;
    const viewed = config?.page_visits === false ? [] : pages;
    if (open || (viewed.length === 0 && !this.greeted)) return null;
    const now = Date.now();
    return {
      source,
      pages: viewed.map(({ at, ...page }) => ({ ...page, ago_ms: now - at })),
      greeted: this.greeted,
      invitation: this.invitation,
    };
  }

  /** What was there at this time was brought along. */
  told(until: number): void {
    this.greeted = null;
    this.#keep(this.way.pages.filter(({ at }) => at > until));
  }

  /** Tells the newest as soon as the visitor stays on it. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { config, open } = this.#place();
      // By now it is known what the inbox asks for.
      this.#keep(this.way.pages);
      const page = this.way.pages.at(-1);
      if (!open || !page || config?.page_visits === false) return;
      const { url, title, at } = page;
      // One that did not arrive is followed by the next.
      this.#send({ url, title }).then(
        () => this.told(at),
        () => undefined,
      );
    }, SETTLED_MS);
  }

  #keep(pages: Way["pages"]): void {
    this.way.pages = pages;
    const { config, known } = this.#place();
    if (config?.page_visits === false) return;
    if (known || (config && !config.pre_chat?.consent_text)) this.#storage.set("pages", this.way);
  }
}

// Not URL.parse, which browsers of 2023 lack.
function parse(url: string, base?: string): URL | null {
  return URL.canParse(url, base) ? new URL(url, base) : null;
}
