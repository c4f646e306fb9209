// Makes an image small enough to be sent: fewer pixels first, and fewer still until it fits.
// Must stay true: it stands upright as it did; what may be seen through stays so; the name keeps its stem.
// Absent: which ones are offered (limits.ts).

/** The longer side, in pixels. */
const EDGES = [2_560, 1_920, 1_440, 1_080, 720];
const QUALITY = 0.85;

const ENDINGS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/png": "png",
};

/** Answers null when it cannot be decoded, or stays too large. Reading and writing it happen beside the page. */
export async function shrunk(file: File, max_bytes: number): Promise<File | null> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(
    () => null,
  );
  if (!picture) return null;
  // JPEG has no transparency. A browser that writes no WebP writes PNG.
  const type = ["image/jpeg", "image/bmp"].includes(file.type) ? "image/jpeg" : "image/webp";
  const small = await firstFitting(picture, max_bytes, async ({ width, height }) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (!context) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, width, height);
    return canvas.convertToBlob({ type, quality: QUALITY });
  });
  picture.close();
  return small && new File([small], renamed(file.name, small.type), { type: small.type });
}

export interface Size {
  width: number;
  height: number;
}

/** The largest that fits, of the sizes that are tried. */
export async function firstFitting(
  picture: Size,
  max_bytes: number,
  drawn: (size: Size) => Promise<Blob | null>,
): Promise<Blob | null> {
  for (const edge of EDGES) {
    const made = await drawn(within(picture, edge));
    if (made && made.size <= max_bytes) return made;
  }
  return null;
}

/** Of the same shape, never larger than it was. */
export function within({ width, height }: Size, edge: number): Size {
  const scale = Math.min(1, edge / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

export function renamed(name: string, type: string): string {
  const stem = name.replace(/(?<=.)\.[^.]*$/, "");
  return `${stem}.${ENDINGS[type] ?? "png"}`;
}
