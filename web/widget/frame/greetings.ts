// Which greeting is said next, and when.
// Must stay true: pure; each is said once to a visitor, and none while he has an open conversation.

import type { Greeting, Opening } from "@sapa/protocol";

export interface Due {
  greeting: Greeting;
  /** From the moment at which he came to the page. */
  after_ms: number;
}

export function nextGreeting(
  greetings: readonly Greeting[],
  url: string,
  opening: Opening | null | undefined,
  said: readonly string[],
): Due | null {
  const fits = greetings.filter(
    ({ text, page, only_open }) =>
      !said.includes(text) &&
      url.toLowerCase().includes(page.toLowerCase()) &&
      !(only_open && opening?.open === false),
  );
  const [first] = fits.toSorted((a, b) => a.after_seconds - b.after_seconds);
  return first ? { greeting: first, after_ms: first.after_seconds * 1_000 } : null;
}
