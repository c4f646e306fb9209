// Initials and a stable color for a name.
// Must stay true: works by grapheme, so that emoji and combining marks are never cut in half; signs are no initials.

const PERSON_COLORS = 10;
const INITIAL = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

export function initialsOf(name: string): string {
  const initials = name.split(/\s+/).map(initialOf).filter(Boolean);
  const first = initials.shift() ?? "?";
  return `${first}${initials.pop() ?? ""}`.toLocaleUpperCase();
}

/** For people whose color the server does not choose. */
export function colorOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)!) >>> 0;
  return sum % PERSON_COLORS;
}

function initialOf(word: string): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  for (const { segment } of segmenter.segment(word)) if (INITIAL.test(segment)) return segment;
  return "";
}
