// One picture over everything, with download.

import type { StoredFile } from "@sapa/protocol";
import { render, h, Fragment } from "preact";
import type { Chat } from "../chat";
import { t } from "../i18n";
import { Tool } from "./Tool";

export function showPicture(file: StoredFile, address: string, chat: Chat): void {
  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  dialog.ariaLabel = t("picture", { name: file.name });
  dialog.onclose = () => {
    render(null, dialog);
    dialog.remove();
  };
  // Esc closes the picture, not the chat behind it.
  dialog.onkeydown = (event) => {
    if (event.key === "Escape") event.stopPropagation();
  };
  const close = () => dialog.close();
  const save = async () => (await chat.files()).save(file);
  render(
    <>
      <img src={address} alt={file.name} onClick={close} />
      <div class="viewer-bar">
        <Tool
          icon="save"
          label={t("download", { name: file.name })}
          act={() => void save().catch(close)}
        />
        <Tool icon="close" label={t("close")} act={close} />
      </div>
    </>,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
}
