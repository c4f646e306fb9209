// Words with a number in them. Whatever needs them comes with the extras.

import { locale, t, tag, type Key } from "./i18n";

type Plural = Key extends infer K ? (K extends `${infer Name}.one` ? Name : never) : never;

export function tn(key: Plural, count: number): string {
  const form = new Intl.PluralRules(locale).select(count) === "one" ? "one" : "other";
  return t(`${key}.${form}`, { count: new Intl.NumberFormat(tag).format(count) });
}
