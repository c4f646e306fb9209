// Reads a list of site addresses that a person typed, one per line or separated by commas.
// Must stay true: the result is exact origins (scheme and host), as browsers send them.

export interface Origins {
  origins: string[];
  /** What could not be read as an address. */
  bad: string[];
}

export function originsOf(text: string): Origins {
  const origins = new Set<string>();
  const bad: string[] = [];
  for (const word of text.split(/[\s,]+/).filter(Boolean)) {
    const address = /^https?:\/\//i.test(word) ? word : `https://${word}`;
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url && (url.hostname.includes(".") || url.hostname === "localhost"))
      origins.add(url.origin);
    else bad.push(word);
  }
  return { origins: [...origins], bad };
}
