// Values of attributes, and their kinds, as people read them. Pure functions.

import type { Attribute, AttributeKind } from "@sapa/protocol";
import { language } from "../../app/language.svelte";
import { m } from "../../paraglide/messages";

export const KINDS: readonly AttributeKind[] = [
  "text",
  "number",
  "date",
  "choice",
  "link",
  "flag",
  "money",
];

export function kindName(kind: AttributeKind): string {
  return {
    text: m.attribute_kind_text,
    number: m.attribute_kind_number,
    date: m.attribute_kind_date,
    choice: m.attribute_kind_choice,
    link: m.attribute_kind_link,
    flag: m.attribute_kind_flag,
    money: m.data_kind_money,
  }[kind]();
}

export function attributeText({ kind }: Pick<Attribute, "kind">, text: string): string {
  if (!text) return "";
  switch (kind) {
    case "flag":
      return text === "true" ? m.flag_yes() : m.flag_no();
    case "date": {
      // A day of the calendar, wherever it is read.
      const day = new Date(`${text}T00:00:00Z`);
      if (Number.isNaN(day.getTime())) return text;
      return new Intl.DateTimeFormat(language.current, {
        dateStyle: "medium",
        timeZone: "UTC",
      }).format(day);
    }
    case "money":
      return moneyText(text);
    case "number":
      return /^-?\d{1,15}(\.\d+)?$/.test(text)
        ? new Intl.NumberFormat(language.current, { maximumFractionDigits: 15 }).format(
            Number(text),
          )
        : text;
    default:
      return text;
  }
}

const AMOUNT = /^(?:([A-Z]{3})\s*)?(-?\d{1,15}(?:\.\d{1,6})?)(?:\s*([A-Z]{3}))?$/;

/** `125000 IDR`, `IDR 125000`, or a number alone. */
export function moneyText(text: string): string {
  const [, before, amount, after] = AMOUNT.exec(text.trim()) ?? [];
  if (amount === undefined || (before && after)) return text;
  const currency = before ?? after;
  try {
    const style = currency ? ({ style: "currency", currency } as const) : {};
    return new Intl.NumberFormat(language.current, style).format(Number(amount));
  } catch {
    return text;
  }
}
