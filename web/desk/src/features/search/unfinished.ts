// Filters in what is typed that say nothing yet, so that the person is told what each wants.
// Must stay true: what is named here the server takes as plain words, or leaves out; what stands in quotes is no filter.

const QUOTES = /[“”„«»]/g;
/** What begins with a quote is text, spaces and all. */
const QUOTED = /(^|\s)"[^"]*("|$)/g;
const FILTER = /(?:^|\s)(from|in|tag|has|after|before):((?:"[^"]*(?:"|$)|[^\s"])*)/gi;
const WORD = /[\p{L}\p{N}]/u;

export type FilterName = "from" | "in" | "tag" | "has" | "after" | "before";

/** Each once, in the order in which they are written. */
export function unfinished(typed: string): FilterName[] {
  const text = typed.replace(QUOTES, '"').replace(QUOTED, " ");
  const found = [...text.matchAll(FILTER)].map(([, name = "", value = ""]) => ({
    name: name.toLowerCase() as FilterName,
    value: value.replaceAll('"', ""),
  }));
  const lacking = found.filter(({ name, value }) => !says(name, value));
  return [...new Set(lacking.map(({ name }) => name))];
}

function says(name: FilterName, value: string): boolean {
  if (name === "has") return value.toLowerCase() === "file";
  return name === "after" || name === "before" ? isDay(value) : WORD.test(value);
}

/** Not the 30th of February. */
function isDay(value: string): boolean {
  const date = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(value)?.slice(1).join("-");
  if (!date) return false;
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
