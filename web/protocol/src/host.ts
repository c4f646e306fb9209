// The host of an address as people read it: an international domain in its own letters, as far as they can only be read
// as what they are.
// Must stay true: pure; a domain of mixed or look-alike letters never stands without the form that tells it from the one
// that it imitates.

const PREFIX = "xn--";

/** Scripts that are written together; Latin letters in a label stand with none of the others. */
const WRITTEN_TOGETHER = [
  /^[\p{Script=Latin}]+$/u,
  /^[\p{Script=Cyrillic}]+$/u,
  /^[\p{Script=Greek}]+$/u,
  /^[\p{Script=Arabic}]+$/u,
  /^[\p{Script=Hebrew}]+$/u,
  /^[\p{Script=Thai}]+$/u,
  /^[\p{Script=Devanagari}]+$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u,
  /^[\p{Script=Han}\p{Script=Hangul}]+$/u,
];

/** Letters of other scripts, and rare Latin ones, that look like usual Latin ones. */
const CYRILLIC_ALIKE = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмтвн]+$/u;
const GREEK_ALIKE = /^[αγικνορτυωχϲϳ]+$/u;
const LATIN_ALIKE = /[ıĸſ\u0250-\u02af\u1d00-\u1d7f\ua720-\ua7ff]/u;

/** `host` as a browser tells it, perhaps with a port: "xn--mnchen-3ya.de" is read as "münchen.de". */
export function readableHost(host: string): string {
  const labels = host.split(".").map((label) => {
    const letters = label.startsWith(PREFIX) ? decoded(label.slice(PREFIX.length)) : label;
    return letters === null ? label : letters;
  });
  const readable = labels.join(".");
  if (readable === host) return host;
  return labels.every(isPlain) ? readable : `${host} (${readable})`;
}

/** Of one script, as it is usually written, and no imitation of Latin letters. */
function isPlain(label: string): boolean {
  const letters = label.replace(/[\p{N}\p{M}:-]/gu, "");
  if (label.normalize("NFC") !== label || /[^\p{L}\p{N}\p{M}:-]/u.test(label)) return false;
  if (letters !== "" && !WRITTEN_TOGETHER.some((script) => script.test(letters))) return false;
  return !CYRILLIC_ALIKE.test(letters) && !GREEK_ALIKE.test(letters) && !LATIN_ALIKE.test(letters);
}

const BASE = 36;
const THRESHOLD_MIN = 1;
const THRESHOLD_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;
const LAST_CODE = 0x10_ffff;

/** Punycode (RFC 3492, section 6.2); null: it is none. */
function decoded(label: string): string | null {
  const end = label.lastIndexOf("-");
  const codes = [...label.slice(0, Math.max(0, end))].map((letter) => letter.codePointAt(0)!);
  let [code, at, bias] = [FIRST_CODE, 0, FIRST_BIAS];
  for (let index = end + 1; index < label.length;) {
    const before = at;
    for (let [weight, step] = [1, BASE]; ; step += BASE) {
      const digit = Number.parseInt(label[index++] ?? "", BASE);
      if (Number.isNaN(digit)) return null;
      // Punycode counts letters before digits, and base 36 the other way around.
      const value = digit < 10 ? digit + 26 : digit - 10;
      at += value * weight;
      const threshold = Math.min(THRESHOLD_MAX, Math.max(THRESHOLD_MIN, step - bias));
      if (value < threshold) break;
      weight *= BASE - threshold;
      if (at > Number.MAX_SAFE_INTEGER / BASE) return null;
    }
    const count = codes.length + 1;
    bias = adapted(at - before, count, before === 0);
    code += Math.floor(at / count);
    at %= count;
    if (code > LAST_CODE) return null;
    codes.splice(at++, 0, code);
  }
  return codes.some((code) => code >= FIRST_CODE) ? String.fromCodePoint(...codes) : null;
}

function adapted(distance: number, count: number, is_first: boolean): number {
  let left = Math.floor(distance / (is_first ? DAMP : 2));
  left += Math.floor(left / count);
  let bias = 0;
  for (; left > ((BASE - THRESHOLD_MIN) * THRESHOLD_MAX) / 2; bias += BASE)
    left = Math.floor(left / (BASE - THRESHOLD_MIN));
  return bias + Math.floor(((BASE - THRESHOLD_MIN + 1) * left) / (left + SKEW));
}
