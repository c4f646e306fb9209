// Which contacts the table shows, as its address says it, and its columns. Pure functions.
// Must stay true: what an address asks for and cannot be is left out; parsing what was formatted is the same.

import type { Attribute, AttributeId, ContactQuery, TagId } from "@sapa/protocol";
import { spanOf } from "../../app/days";
import { m } from "../../paraglide/messages";
import { fieldName, FIELDS, isField } from "./fields";

export type HasChoice = "any" | "with" | "without";

/** As the forms hold it: days as they are typed. */
export interface Wanted {
  q: string;
  sort: "newest" | "oldest" | "name";
  tag: string;
  channel: string;
  email: HasChoice;
  phone: HasChoice;
  from: string;
  until: string;
  attribute: string;
  value: string;
}

export const EVERYBODY: Wanted = {
  q: "",
  sort: "newest",
  tag: "",
  channel: "",
  email: "any",
  phone: "any",
  from: "",
  until: "",
  attribute: "",
  value: "",
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function among<T extends string>(text: string | null, all: readonly T[], usual: T): T {
  return all.find((one) => one === text) ?? usual;
}

export function parseWanted(search: URLSearchParams): Wanted {
  const text = (name: keyof Wanted) => search.get(name) ?? "";
  const has = (name: "email" | "phone") =>
    among(search.get(name), ["any", "with", "without"], "any");
  const day = (name: "from" | "until") => (DAY.test(text(name)) ? text(name) : "");
  return {
    q: text("q"),
    sort: among(search.get("sort"), ["newest", "oldest", "name"], "newest"),
    tag: text("tag"),
    channel: text("channel"),
    email: has("email"),
    phone: has("phone"),
    from: day("from"),
    until: day("until"),
    attribute: text("attribute"),
    value: text("value"),
  };
}

export function formatWanted(wanted: Wanted): string {
  const search = new URLSearchParams();
  for (const name of Object.keys(EVERYBODY) as (keyof Wanted)[]) {
    if (wanted[name] !== EVERYBODY[name]) search.set(name, wanted[name]);
  }
  const text = search.toString();
  return text && `?${text}`;
}

/** How many filters narrow it, besides what is searched for. */
export function filtersOf(wanted: Wanted): number {
  const narrows = [
    wanted.tag,
    wanted.channel,
    wanted.email !== "any",
    wanted.phone !== "any",
    wanted.from || wanted.until,
    wanted.attribute && wanted.value.trim(),
  ];
  return narrows.filter(Boolean).length;
}

/** What the server is asked for. */
export function asked(wanted: Wanted): ContactQuery {
  const { from: since, until } = spanOf(wanted.from, wanted.until);
  const by = wanted.attribute && wanted.value.trim();
  return {
    q: wanted.q.trim() || undefined,
    sort: wanted.sort === "newest" ? undefined : wanted.sort,
    tag: (wanted.tag as TagId) || undefined,
    channel: wanted.channel || undefined,
    email: wanted.email === "any" ? undefined : wanted.email,
    phone: wanted.phone === "any" ? undefined : wanted.phone,
    since,
    until: until === undefined ? undefined : until + 1,
    attribute: by ? (wanted.attribute as AttributeId) : undefined,
    value: by || undefined,
  };
}

export interface Column {
  id: string;
  label: string;
}

/** All that the table can show beside names. */
export function columnsOf(attributes: readonly Attribute[]): Column[] {
  const known = attributes.filter(({ archived }) => !archived);
  return [
    ...FIELDS.map((field) => ({ id: field, label: fieldName(field) })),
    { id: "tags", label: m.tags() },
    { id: "created_at", label: m.contact_since() },
    ...known.map(({ id, name }) => ({ id, label: name })),
  ];
}

export { isField };
