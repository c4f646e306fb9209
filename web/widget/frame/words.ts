// The words that only the extras say, in the visitor's language. They come with the extras, one language at a time.
// Must stay true: loaded before anything of the extras is drawn (extras.ts waits), so that `w` always has an answer.

import { fill, load, locale, type Params } from "./i18n";
import type en from "./words/en.json";
import enWords from "./words/en.json?url";
import idWords from "./words/id.json?url";

type Words = typeof en;

const WORDS = { en: enWords, id: idWords };

let loaded: typeof locale | null = null;
let words: Words;

export async function loadWords(): Promise<void> {
  if (loaded === locale) return;
  const wanted = locale;
  words = await load<Words>(WORDS[wanted]);
  loaded = wanted;
}

export function w(key: keyof Words, params: Params = {}): string {
  return fill(words[key], params);
}
