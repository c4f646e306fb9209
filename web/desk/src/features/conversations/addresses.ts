// Addresses of the web: where a visitor is, and where a card leads.
// Must stay true: they are text from outside; only what begins with http or https becomes a link.

import { readableHost } from "@sapa/protocol/host";

/** Without the site: what tells one page from another. */
export function pathOf(url: string): string {
  const parsed = parse(url);
  return parsed ? parsed.pathname + parsed.search : url;
}

/** The address when it is one of the web. */
export function webAddress(url: string): string | undefined {
  const parsed = parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
}

/** The address when it is one of these sites; none are all. What a page tells by hand may lead anywhere. */
export function ownAddress(url: string, origins: readonly string[]): string | undefined {
  const parsed = parse(url);
  const own = origins.length === 0 || (parsed && origins.includes(parsed.origin));
  return own ? webAddress(url) : undefined;
}

/** The site that an address leads to, as people read it. */
export function hostOf(url: string): string {
  const { host } = parse(url) ?? {};
  return host ? readableHost(host) : url;
}

// Not URL.parse, which browsers of 2023 lack.
function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
