// What pages tell of their visitors, as people read it. Pure functions.
// Must stay true: what is not of its kind is shown as it was told, and only addresses of the web become links.

import type { DataField, DataKind } from "@sapa/protocol";
import { language } from "../../app/language.svelte";
import { m } from "../../paraglide/messages";
import { attributeText, moneyText } from "./values";

export const DATA_KINDS: readonly DataKind[] = ["text", "number", "money", "date", "flag", "link"];

export function dataKindName(kind: DataKind): string {
  return {
    text: m.attribute_kind_text,
    number: m.attribute_kind_number,
    money: m.data_kind_money,
    date: m.attribute_kind_date,
    flag: m.attribute_kind_flag,
    link: m.attribute_kind_link,
  }[kind]();
}

export function dataText({ kind }: Pick<DataField, "kind">, text: string): string {
  if (kind === "money") return moneyText(text);
  if (kind === "flag") return flag(text);
  if (kind === "date" && text.includes("T")) return moment(text);
  return kind === "link" || kind === "text" ? text : attributeText({ kind }, text);
}

export function dataLink(
  { kind }: Pick<DataField, "kind">,
  text: string,
  webAddress: (url: string) => string | undefined,
): string | undefined {
  return kind === "link" ? webAddress(text) : undefined;
}

function flag(text: string): string {
  const said = text.trim().toLowerCase();
  if (["true", "1", "yes"].includes(said)) return m.flag_yes();
  return ["false", "0", "no"].includes(said) ? m.flag_no() : text;
}

function moment(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const style = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(language.current, style).format(at);
}
