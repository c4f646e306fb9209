// A conversation as a text to keep: day by day, each line with its time, in the reader's language and zone.
// Must stay true: a line that begins with a time is ours, whatever somebody wrote.
// Absent: who may see what, and how it is said. The desk and the widget each say it in their own words.

const PAGE_ENTRIES = 100;
/** More than anybody says; then the oldest are left out, which the text tells. */
const PAGES = 200;

/** Not only where we would break: some readers do at other marks too. */
const BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

type Ask<E> = (query: {
  before?: number;
  limit: number;
}) => Promise<{ entries: E[]; has_more: boolean }>;

export interface Told<E> {
  entries: E[];
  whole: boolean;
}

/** What was said or done at a time: what stands beside the time, and lines below it. */
export interface Said {
  at: number;
  lines: readonly string[];
}

/** Everything, oldest first. */
export async function everything<E extends { position: number }>(ask: Ask<E>): Promise<Told<E>> {
  let entries: E[] = [];
  for (let page = 0; page < PAGES; page++) {
    const before = entries[0]?.position;
    const more = await ask({ limit: PAGE_ENTRIES, ...(before === undefined ? {} : { before }) });
    entries = [...more.entries, ...entries];
    if (!more.has_more) return { entries, whole: true };
  }
  return { entries, whole: false };
}

export function transcriptOf(head: readonly string[], said: readonly Said[], tag: string): string {
  const day = new Intl.DateTimeFormat(tag, { dateStyle: "full" });
  const minute = new Intl.DateTimeFormat(tag, { timeStyle: "short" });
  const lines = [...head];
  let today = "";
  for (const { at, lines: words } of said) {
    const date = day.format(at);
    if (date !== today) lines.push("", `== ${date} ==`, "");
    today = date;
    const [first = "", ...more] = words;
    lines.push(`[${minute.format(at)}] ${first}`, ...more.map((line) => `    ${line}`));
  }
  return lines.map((line) => `${line.replace(BREAKS, " ")}\r\n`).join("");
}

/** When it was saved, and by which clock all of it is told. */
export function savedAt(now: number, tag: string): { time: string; zone: string } {
  const saved = new Intl.DateTimeFormat(tag, { dateStyle: "long", timeStyle: "short" });
  return { time: saved.format(now), zone: saved.resolvedOptions().timeZone };
}

export function linesOf(text: string | null): string[] {
  return text ? text.split(BREAKS) : [];
}

/** A name of a file with the day in it, without what no file system takes. */
export function transcriptName(title: string, now: number): string {
  const day = new Intl.DateTimeFormat("sv").format(now);
  return `${title} ${day}.txt`.replace(/[\\/:*?"<>|]/g, "-").trim();
}
