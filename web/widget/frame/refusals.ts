// Why something was not taken, in words: by the server, or by this frame before it asks the server.
// Loaded with the first refusal, and at idle.
// Must stay true: a file that cannot go never keeps the others from going, and is told by its name.

import { newUploadId, type Limits, type Problem } from "@sapa/protocol";
import { sizeText } from "@sapa/protocol/size";
import { fill, load, locale, t, tag, type Params } from "./i18n";
import type { OutgoingFile } from "./outbox";
import enProblems from "./problems/en.json?url";
import idProblems from "./problems/id.json?url";

const PROBLEMS = { en: enProblems, id: idProblems };

let sentences: Record<string, string> = {};

export type Refusal = Pick<Problem, "code" | "params">;

/** Before a refusal is shown; without network the general sentence has to do. */
export async function loadProblems(): Promise<void> {
  const loaded = await load<{ problem: Record<string, string> }>(PROBLEMS[locale]).catch(
    () => null,
  );
  sentences = loaded?.problem ?? sentences;
}

export function problemText({ code, params }: Refusal): string {
  const words: Params = { name: t("the_file") };
  for (const [name, value] of Object.entries(params)) {
    words[name] = name.endsWith("_bytes") ? sizeText(Number(value), tag) : value;
  }
  return fill(sentences[code] ?? t("problem"), words);
}

/** What the server would refuse anyway, said before the upload; the others go along. */
export function choose(files: readonly File[], already: number, limits: Limits | undefined) {
  const faults = files.map((file) => limits && fault(file, limits));
  const good = files.filter((_, index) => !faults[index]);
  const room = Math.max(0, (limits?.message_files ?? Infinity) - already);
  return {
    taken: good.slice(0, room),
    refused: faults.filter((one) => one !== undefined && one !== null),
    left_out: good.slice(room).map(({ name }) => name),
  };
}

/** The choice ready to go, with one line of text for each reason against the others. */
export async function chooseAloud(
  files: readonly File[],
  already: number,
  limits: Limits | undefined,
): Promise<{ files: OutgoingFile[]; problem: string }> {
  const { taken, refused, left_out } = choose(files, already, limits);
  if (refused.length > 0) await loadProblems();
  const lines = refused.map(problemText);
  if (limits && left_out.length > 0) {
    const names = new Intl.ListFormat(tag, { type: "unit" }).format(left_out);
    lines.push(t("files_left_out", { max: limits.message_files, names }));
  }
  return {
    files: taken.map((file) => ({
      name: file.name,
      content: file,
      stored: null,
      upload: newUploadId(),
    })),
    problem: lines.join("\n"),
  };
}

function fault({ name, size }: File, { file_bytes }: Limits): Refusal | null {
  if (size === 0) return { code: "file_empty", params: { name } };
  if (size <= file_bytes) return null;
  return { code: "file_too_large", params: { name, max_bytes: file_bytes } };
}
