// The language of the screen. Must stay true: the page's lang follows; a change redraws everything at once.
// Each word asks for the language, so it is kept at hand: the library would look into the browser's storage each time.
// Absent: the words (messages/*.json) and the member's stored choice (features/people).

import type { Locale } from "@sapa/protocol";
import { getLocale, overwriteGetLocale, setLocale } from "../paraglide/runtime";

export const LANGUAGES: readonly { value: Locale; label: string }[] = [
  { value: "en", label: "English" },
  { value: "id", label: "Bahasa Indonesia" },
];

let current = $state<Locale>("en");
let spoken: Locale = "en";

export const language = {
  get current(): Locale {
    return current;
  },
};

export function startLanguage(): void {
  spoken = current = getLocale();
  overwriteGetLocale(() => spoken);
  document.documentElement.lang = current;
}

export function speak(locale: Locale): void {
  if (locale === current) return;
  void setLocale(locale, { reload: false });
  document.documentElement.lang = locale;
  spoken = current = locale;
}
