// Initials and a stable color for a name.
// Must stay true: works by grapheme, so that emoji and combining marks are never cut in half.

const PERSON_COLORS = 10;

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return "?";
  const picked = words.length === 1 ? [words[0]!] : [words[0]!, words[words.length - 1]!];
  return picked.map(firstGrapheme).join("").toLocaleUpperCase();
}

/** For people whose color the server does not choose. */
export function colorOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)!) >>> 0;
  return sum % PERSON_COLORS;
}

function firstGrapheme(word: string): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(word)) return segment;
  return "";
}
