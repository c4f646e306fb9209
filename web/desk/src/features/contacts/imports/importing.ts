// An import of contacts in words, and the plan that its form makes. Pure functions.
// Must stay true: what the form shows is what is sent; a column stands for one thing, and each thing for one column.

import type {
  Attribute,
  ContactImport,
  ImportDates,
  ImportExisting,
  ImportFindBy,
  ImportPlan,
  ImportState,
  InboxId,
  ShownImport,
  TagId,
} from "@sapa/protocol";
import { m } from "../../../paraglide/messages";
import { codesOf, fieldName, FIELDS } from "../fields";

/** As the form holds it; what is not chosen is an empty text. */
export interface Choices {
  columns: string[];
  find_by: ImportFindBy | "";
  existing: ImportExisting;
  inbox_id: string;
  tag_id: string;
  dates: ImportDates;
}

interface Option<T extends string> {
  value: T;
  label: string;
}

/** What goes on by itself, and is looked at until it is over. */
const MOVING: readonly ImportState[] = ["checking", "running", "taking_back"];

export function isMoving(state: ImportState): boolean {
  return MOVING.includes(state);
}

export function stateName(state: ImportState): string {
  return {
    read: m.imports_state_read,
    checking: m.imports_state_checking,
    checked: m.imports_state_checked,
    running: m.imports_state_running,
    stopped: m.imports_state_stopped,
    done: m.imports_state_done,
    taking_back: m.imports_state_taking_back,
    taken_back: m.imports_state_taken_back,
  }[state]();
}

/** Of three: the columns, the trial, the import. */
export function stepOf(state: ImportState): 0 | 1 | 2 {
  if (state === "read") return 0;
  return state === "checking" || state === "checked" ? 1 : 2;
}

/** How much of what goes on is done. */
export function shareOf(one: ContactImport): { done: number; of: number } {
  if (one.state !== "taking_back") return { done: one.reached, of: one.total };
  return { done: one.taken_back + one.kept, of: one.made + one.changed };
}

/** What a column may become, besides nothing. */
export function targetsOf(attributes: readonly Attribute[], external: boolean): Option<string>[] {
  const known = attributes.filter(({ archived, read_only }) => !archived && !read_only);
  return [
    ...FIELDS.map((field) => ({ value: field, label: fieldName(field) })),
    { value: "tags", label: m.tags() },
    { value: "note", label: m.contact_note() },
    ...(external ? [{ value: "external_id", label: m.imports_external_id() }] : []),
    ...known.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

export function firstChoices({ columns, plan }: ShownImport, possible: readonly string[]): Choices {
  const named = plan?.columns ?? columns.map(({ guess }) => guess ?? null);
  const chosen = named.map((name) => (name && possible.includes(name) ? name : ""));
  const first = findChoices(chosen)[0]?.value ?? "";
  return {
    columns: chosen,
    find_by: plan ? (plan.find_by ?? "") : first,
    existing: plan?.existing ?? "fill",
    inbox_id: plan?.inbox_id ?? "",
    tag_id: plan?.tag_ids?.[0] ?? "",
    dates: plan?.dates ?? "day_first",
  };
}

/** By what somebody can be found who is known already. */
export function findChoices(columns: readonly string[]): Option<ImportFindBy>[] {
  const all: Option<ImportFindBy>[] = [
    { value: "email", label: m.email() },
    { value: "phone", label: m.phone() },
    { value: "external_id", label: m.imports_external_id() },
  ];
  return all.filter(({ value }) => columns.includes(value));
}

/** The column becomes this; what became it before becomes nothing. */
export function withTarget(choices: Choices, at: number, target: string): Choices {
  const columns = choices.columns.map((one, index) =>
    index === at ? target : one === target ? "" : one,
  );
  const left = findChoices(columns).map(({ value }) => value);
  const stays = left.some((one) => one === choices.find_by);
  // Whoever chose that nobody is looked for is not asked again.
  const chose_none = choices.find_by === "" && findChoices(choices.columns).length > 0;
  const find_by = stays || chose_none ? choices.find_by : (left[0] ?? "");
  return { ...choices, columns, find_by };
}

/** Why it cannot be tried yet. */
export function missing(choices: Choices): string | null {
  const said = choices.columns.filter((one) => !["", "tags", "note", "external_id"].includes(one));
  if (said.length === 0) return m.imports_nothing_chosen();
  if (choices.columns.includes("external_id") && !choices.inbox_id)
    return m.imports_inbox_missing();
  return null;
}

export function planOf(choices: Choices): ImportPlan {
  const has = (name: string) => choices.columns.includes(name);
  return {
    columns: choices.columns.map((one) => one || null),
    find_by: choices.find_by || null,
    existing: choices.existing,
    inbox_id: has("external_id") ? (choices.inbox_id as InboxId) : null,
    tag_ids: choices.tag_id ? [choices.tag_id as TagId] : [],
    dates: choices.dates,
    countries: has("country") ? codesOf("country") : {},
    languages: has("language") ? codesOf("language") : {},
  };
}
