// The fields of a contact's profile in words, and their values as people read them. Pure functions.

import type { ContactField } from "@sapa/protocol";
import { language } from "../../app/language.svelte";
import { m } from "../../paraglide/messages";

/** In the order of the profile. */
export const FIELDS = [
  "first_name",
  "last_name",
  "display_name",
  "email",
  "phone",
  "company",
  "country",
  "city",
  "address",
  "language",
] as const satisfies readonly ContactField[];

const NAMES: Record<ContactField, () => string> = {
  display_name: m.field_display_name,
  first_name: m.field_first_name,
  last_name: m.field_last_name,
  email: m.email,
  phone: m.phone,
  country: m.field_country,
  city: m.field_city,
  address: m.field_address,
  language: m.field_language,
  company: m.field_company,
};

export function fieldName(field: ContactField): string {
  return NAMES[field]();
}

export function isField(name: string): name is ContactField {
  return Object.hasOwn(NAMES, name);
}

const COUNTRIES =
  "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD " +
  "CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD " +
  "GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH " +
  "KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV " +
  "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA " +
  "SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US " +
  "UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

const LANGUAGES =
  "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja jv ka kk km " +
  "kn ko ky lo lt lv mk ml mn mr ms my nb ne nl pa pl pt pt-BR ro ru si sk sl sq sr su sv sw ta te th tr uk ur uz vi " +
  "zh zh-TW zu";

interface Choice {
  value: string;
  label: string;
}

function named(type: "region" | "language", code: string): string {
  try {
    return new Intl.DisplayNames([language.current], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What there is to choose, by name, after nothing; a value that is not among them stays one. */
export function choicesOf(field: ContactField, value: string): Choice[] | null {
  if (field !== "country" && field !== "language") return null;
  const [codes, type] =
    field === "country" ? ([COUNTRIES, "region"] as const) : ([LANGUAGES, "language"] as const);
  const all = new Set([...codes.split(" "), ...(value ? [value] : [])]);
  const choices = [...all].map((code) => ({ value: code, label: named(type, code) }));
  const order = new Intl.Collator(language.current);
  return [
    { value: "", label: m.field_nothing() },
    ...choices.toSorted((one, other) => order.compare(one.label, other.label)),
  ];
}

/** What people call countries or languages in the desk's languages, in small letters, with their codes. */
export function codesOf(field: "country" | "language"): Record<string, string> {
  const [codes, type] =
    field === "country" ? ([COUNTRIES, "region"] as const) : ([LANGUAGES, "language"] as const);
  const words: Record<string, string> = {};
  for (const locale of ["en", "id"]) {
    const names = new Intl.DisplayNames([locale], { type });
    for (const code of codes.split(" ")) {
      const name = names.of(code)?.toLowerCase();
      if (!name) continue;
      words[name] ??= code;
      if (field === "language" && locale === "id") words[`bahasa ${name}`] ??= code;
    }
  }
  return words;
}

/** The value in words. */
export function shownValue(field: ContactField, value: string): string {
  if (field === "country") return named("region", value);
  return field === "language" ? named("language", value) : value;
}
