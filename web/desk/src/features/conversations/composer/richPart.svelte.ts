// The part of the desk in which mails are written, which few need: loaded with the first mail that is opened.
// Must stay true: until it is here, or without a network, the plain box is there, and what was begun in it goes on in the
// other, with the caret where it was.

import { flushSync } from "svelte";
import type { TextBox } from "./textBox";

async function load() {
  const [box, signature] = await Promise.all([
    import("./rich/RichBox.svelte"),
    import("./rich/MailSignature.svelte"),
  ]);
  return { RichBox: box.default, MailSignature: signature.default };
}

type Part = Awaited<ReturnType<typeof load>>;

let here = $state.raw<Part | null>(null);

/** `area` is the plain box, `paper` the one that comes in its place. */
export function richBox(
  wanted: () => boolean,
  area: () => HTMLTextAreaElement | null,
  paper: () => TextBox | null,
) {
  $effect(() => {
    if (!wanted() || here) return;
    load().then(
      (part) => {
        const plain = area();
        const [from, to] = [plain?.selectionStart ?? 0, plain?.selectionEnd ?? 0];
        const writes = plain !== null && document.activeElement === plain && wanted();
        flushSync(() => (here = part));
        if (!writes) return;
        paper()?.focus();
        paper()?.setSelectionRange(from, to);
      },
      // The plain box does, too.
      () => undefined,
    );
  });
  return {
    get part() {
      return wanted() ? here : null;
    },
  };
}
