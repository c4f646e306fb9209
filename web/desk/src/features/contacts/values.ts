// Values of attributes, and their kinds, as people read them. Pure functions.

import type { Attribute, AttributeKind } from "@sapa/protocol";
import { language } from "../../app/language.svelte";
import { m } from "../../paraglide/messages";

export const KINDS: readonly AttributeKind[] = ["text", "number", "date", "choice", "link", "flag"];

export function kindName(kind: AttributeKind): string {
  return {
    text: m.attribute_kind_text,
    number: m.attribute_kind_number,
    date: m.attribute_kind_date,
    choice: m.attribute_kind_choice,
    link: m.attribute_kind_link,
    flag: m.attribute_kind_flag,
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
