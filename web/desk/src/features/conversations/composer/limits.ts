// Checks a message before it leaves, with the numbers the server sent.
// Must stay true: characters are counted as the server counts them: Unicode code points of the trimmed text, and beside
// them what the channel counts.
// Absent: numbers of our own. They come with the workspace and the inbox.

import type { ChannelLimits, MessageLimits } from "@sapa/protocol";

/** The counter appears when so few are left. */
export const COUNTER_FROM = 400;

export interface TextCheck {
  left: number;
  too_long: boolean;
  empty: boolean;
}

export function checkText(text: string, limits: MessageLimits): TextCheck {
  const trimmed = text.trim();
  const characters = [...trimmed].length;
  const bytes = new TextEncoder().encode(trimmed).length;
  const lengths = { characters, bytes, utf16: trimmed.length };
  const { channel } = limits;
  const left = Math.min(
    limits.message_characters - characters,
    channel ? channel.text_length - lengths[channel.text_unit] : Infinity,
  );
  return {
    left,
    too_long: left < 0 || bytes > limits.message_bytes,
    empty: characters === 0,
  };
}

/** A text in so many parts is a document, and goes better as a file. */
export const PARTS_MAX = 10;

/** Where a long text is cut, the best place first: after a paragraph, a line, a sentence, a word. */
const CUTS = [
  { at: /\n{2,}/, join: "\n\n" },
  { at: /\n/, join: "\n" },
  { at: /(?<=[.!?…。！？])\s+/, join: " " },
  { at: /\s+/, join: " " },
] as const;

/** The text as messages that each fit, in order. */
export function partsOf(text: string, limits: MessageLimits): string[] {
  return cut(text.trim(), limits, 0);
}

function cut(text: string, limits: MessageLimits, level: number): string[] {
  if (!checkText(text, limits).too_long) return text === "" ? [] : [text];
  const place = CUTS[level];
  // One endless word.
  if (!place) return halves(text).flatMap((half) => cut(half, limits, level));
  const parts: string[] = [];
  for (const piece of text.split(place.at)) {
    const before = parts.at(-1);
    const joined = before === undefined ? piece : before + place.join + piece;
    if (before !== undefined && !checkText(joined, limits).too_long)
      parts[parts.length - 1] = joined;
    else parts.push(...cut(piece, limits, level + 1));
  }
  return parts;
}

function halves(text: string): string[] {
  const characters = [...text];
  const middle = Math.ceil(characters.length / 2);
  return [characters.slice(0, middle).join(""), characters.slice(middle).join("")];
}

/** Images that every browser can decode. One that moves would stand still afterwards; a drawing has no pixels. */
const SHRINKABLE = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/bmp"];

export function isShrinkable({ type }: Pick<File, "type">): boolean {
  return SHRINKABLE.includes(type);
}

export type FileFault = "empty" | "too_large" | "too_many" | "not_taken";
export type FileKind = keyof NonNullable<ChannelLimits["file_bytes"]>;

/** By what the browser says of it; the server looks at the bytes. */
export function kindOf({ type }: Pick<File, "type">): FileKind {
  const [family] = type.split("/");
  // Drawings are sent as they are, on every channel.
  if (type === "image/svg+xml") return "other";
  return family === "image" || family === "audio" || family === "video" ? family : "other";
}

/** How large such a file may be; 0: the channel takes none. What is larger may go as any other file. */
export function largestFile(file: Pick<File, "type">, limits: MessageLimits): number {
  const { channel, file_bytes: most } = limits;
  if (!channel?.file_bytes) return most;
  const types = channel.file_types ?? [];
  const other = types.length === 0 || types.includes(file.type) ? channel.file_bytes.other : 0;
  const kind = kindOf(file);
  return Math.min(most, kind === "other" ? other : Math.max(channel.file_bytes[kind], other));
}

export function checkFile(
  file: Pick<File, "size" | "type">,
  already: number,
  limits: MessageLimits,
): FileFault | null {
  if (file.size === 0) return "empty";
  const most = largestFile(file, limits);
  if (most === 0) return "not_taken";
  if (file.size > most) return "too_large";
  return already >= limits.message_files ? "too_many" : null;
}
