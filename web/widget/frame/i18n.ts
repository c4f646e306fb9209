// The frame's words in the visitor's language. Own code instead of a library: forty short texts, and
// the smallest i18n runtime would be a tenth of the frame's budget.
// Must stay true: keys are checked by the compiler here and across locales by scripts/locales.mjs; texts are
// data beside the code, and only one language is loaded.
// Absent: the sentences about refusals (refusals.ts), loaded when there is one.

import type { Locale } from "@sapa/protocol";
import { intlTag } from "@sapa/protocol/time";
import type en from "./locales/en.json";
import enTexts from "./locales/en.json?url";
import idTexts from "./locales/id.json?url";

type Texts = typeof en;
export type Key = keyof Texts;
export type Params = Record<string, string | number>;

const TEXTS = { en: enTexts, id: idTexts };

export let locale: Locale;
/** The same language with the visitor's region, for dates and numbers. */
export let tag: string;
let texts: Texts;

/** The visitor's own language when we speak it, otherwise the inbox's. */
export async function chooseLocale(wanted: string, fallback: Locale): Promise<void> {
  const language = wanted.slice(0, 2).toLowerCase();
  const chosen = language === "en" || language === "id" ? language : fallback;
  if (chosen === locale) return;
  texts = await load(TEXTS[chosen]);
  locale = chosen;
  tag = intlTag(chosen);
  document.documentElement.lang = locale;
}

export function t(key: Key, params: Params = {}): string {
  return fill(texts[key], params);
}

export async function load<T>(address: string): Promise<T> {
  const response = await fetch(address);
  return (await response.json()) as T;
}

export function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => isolated(`${params[name] ?? ""}`)).trim();
}

/** A name from outside must not turn the words around it. */
function isolated(value: string): string {
  const plain = value.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
  return /[\u0590-\u08ff\u200f]/.test(plain) ? `\u2068${plain}\u2069` : plain;
}
