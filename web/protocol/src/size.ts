// How large a file is, as desk and widget write it: "182 kB", "1.4 MB".

const BYTES_PER_UNIT = 1024;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function sizeText(bytes: number, tag: string): string {
  let value = bytes;
  let unit = 0;
  while (value >= BYTES_PER_UNIT && unit < UNITS.length - 1) {
    value /= BYTES_PER_UNIT;
    unit += 1;
  }
  return new Intl.NumberFormat(tag, {
    style: "unit",
    unit: UNITS[unit]!,
    // "10 byte" is no English; the others are read faster when they are short.
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit < 2 || value >= 10 ? 0 : 1,
  }).format(value);
}
