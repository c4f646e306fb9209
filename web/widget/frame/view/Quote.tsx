// The message that another one answers: who wrote it and a line or two of it. Pressed, it shows the message.
// Must stay true: words from outside are text nodes with their own direction, whatever they contain.

import type { VisitorQuote } from "@sapa/protocol";
import { h } from "preact";
import { t, tn } from "../i18n";
import { Words } from "./Words";

const FLASH_MS = 1_200;

export function Quote({ id, author, text, files }: VisitorQuote) {
  const name = author.kind === "visitor" ? t("you") : (author.name ?? t("team"));
  return (
    <button type="button" class="quote" onClick={() => jump(id)}>
      <b dir="auto">{name}</b>
      <span dir="auto">
        {text ? <Words text={text} flat /> : files > 0 ? tn("files", files) : t("removed")}
      </span>
    </button>
  );
}

/** Older ones that are not loaded stay where they are. */
function jump(id: string): void {
  const message = document.getElementById(id);
  message?.scrollIntoView({ block: "center" });
  message?.classList.add("flash");
  setTimeout(() => message?.classList.remove("flash"), FLASH_MS);
}
