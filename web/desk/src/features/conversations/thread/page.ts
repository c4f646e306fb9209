// Addresses of pages, as the visitor's browser told them.
// Must stay true: they are text from outside; only what begins with http or https becomes a link.

/** Without the site: what tells one page from another. */
export function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? parsed.pathname + parsed.search : url;
}

/** The address when it is one of the web. */
export function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}
