// What a token may do and how long it lives, as its form edits them.
// Must stay true: pure; whether a right can be given to a program is the server's, which refuses what it cannot.

import { intlTag } from "@sapa/protocol/time";
import { getLocale } from "../../paraglide/runtime";

/** Lives that are offered beside a date. */
export const DAYS = [30, 90, 365] as const;
const DAY_MS = 86_400_000;
const LOOKING: readonly string[] = ["conversation:view", "audit:view"];
const PEOPLE_ONLY = "member:manage";

/** `area:action` of those that I hold and that a program can hold in my name, from `area:action:scope`. */
export function holdable(mine: readonly string[]): string[] {
  const names = mine.map((right) => right.slice(0, right.lastIndexOf(":")));
  return names.filter((right) => right !== PEOPLE_ONLY);
}

export function looking(rights: readonly string[]): string[] {
  return rights.filter((right) => LOOKING.includes(right));
}

export function onlyLooks(rights: readonly string[]): boolean {
  return rights.every((right) => LOOKING.includes(right));
}

/** The day so many days from now, where the person is, as a date field has it. */
export function dateIn(days: number, now: number): string {
  const then = new Date(now + days * DAY_MS);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
}

/** The end of that day, where the person is. */
export function endOf(date: string): number {
  return new Date(`${date}T23:59:59`).getTime();
}

export function dateWords(at: number): string {
  return new Intl.DateTimeFormat(intlTag(getLocale()), { dateStyle: "medium" }).format(at);
}
