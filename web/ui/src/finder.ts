// Finds options by typed words, whatever their case and accents; those that begin with them come first.

export interface Option {
  id: string;
  label: string;
  /** More words to be found by. */
  words?: string;
  /** Why it cannot be chosen now. */
  reason?: string | null;
}

export interface Group<T extends Option> {
  heading: string | null;
  options: readonly T[];
}

export function find<T extends Option>(groups: readonly Group<T>[], typed: string): Group<T>[] {
  const parts = plain(typed).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return groups.filter(({ options }) => options.length > 0);
  return groups
    .map((group) => ({ ...group, options: matching(group.options, parts) }))
    .filter(({ options }) => options.length > 0);
}

function matching<T extends Option>(options: readonly T[], parts: readonly string[]): T[] {
  const first = parts[0] ?? "";
  return options
    .map((option) => ({ option, label: plain(option.label), words: plain(option.words ?? "") }))
    .filter(({ label, words }) =>
      parts.every((part) => label.includes(part) || words.includes(part)),
    )
    .sort((a, b) => Number(b.label.startsWith(first)) - Number(a.label.startsWith(first)))
    .map(({ option }) => option);
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}
