// Makes any inbox color readable: the fill behind white text, and the ink on our surfaces.
// Must stay true: at least 4.5 : 1 for both, in light and in dark (color.test.ts tries many colors).

const MIN_CONTRAST = 4.5;
const STEP = 0.03;
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** The dark theme's lightest surface that carries colored text (style.css: --raised). */
const DARK_SURFACE: Rgb = [38, 45, 43];
const FALLBACK: Rgb = [11, 110, 105];

type Rgb = [number, number, number];

/** `fill` goes behind white text; `ink` is text on light surfaces, `ink_dark` on dark ones. */
export interface Palette {
  fill: string;
  deep: string;
  ink: string;
  ink_dark: string;
}

export function paletteOf(color: string): Palette {
  const base = parse(color) ?? FALLBACK;
  const fill = towards(base, BLACK, WHITE);
  return {
    fill: css(fill),
    deep: css(mix(fill, BLACK, 0.22)),
    ink: css(fill),
    ink_dark: css(towards(base, WHITE, DARK_SURFACE)),
  };
}

/** Set through the object model: the policy forbids style attributes, not this. */
export function paint({ fill, deep, ink, ink_dark }: Palette): void {
  const { style } = document.documentElement;
  style.setProperty("--fill", fill);
  style.setProperty("--deep", deep);
  style.setProperty("--ink-light", ink);
  style.setProperty("--ink-dark", ink_dark);
}

export function contrast(a: string, b: string): number {
  return ratio(parse(a) ?? BLACK, parse(b) ?? BLACK);
}

function towards(color: Rgb, goal: Rgb, against: Rgb): Rgb {
  let result = color;
  for (let share = STEP; ratio(result, against) < MIN_CONTRAST && share < 1; share += STEP) {
    result = mix(color, goal, share);
  }
  return result;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((part, index) => Math.round(part + (to[index]! - part) * share)) as Rgb;
}

function ratio(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function parse(color: string): Rgb | null {
  const digits = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (!digits) return null;
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as Rgb;
}

function css(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
