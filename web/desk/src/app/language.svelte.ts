// The language of the screen. Must stay true: the page's lang follows; a change redraws everything at once.
// Absent: the words (messages/*.json) and the member's stored choice (features/people).

import type { Locale } from "@sapa/protocol";
import { getLocale, setLocale } from "../paraglide/runtime";

export const LANGUAGES: readonly { value: Locale; label: string }[] = [
  { value: "en", label: "English" },
  { value: "id", label: "Bahasa Indonesia" },
];

let current = $state<Locale>("en");

export const language = {
  get current(): Locale {
    return current;
  },
};

export function startLanguage(): void {
  current = getLocale();
  document.documentElement.lang = current;
}

export function speak(locale: Locale): void {
  if (locale === current) return;
  void setLocale(locale, { reload: false });
  document.documentElement.lang = locale;
  current = locale;
}
