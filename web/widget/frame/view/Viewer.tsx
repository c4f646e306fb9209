// One picture over everything, with download.

import type { StoredFile } from "@sapa/protocol";
import { render } from "preact";
import type { Chat } from "../chat";
import { t } from "../i18n";
import { Icon } from "./Icon";

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
  render(
    <>
      <img src={address} alt={file.name} onClick={close} />
      <div class="viewer-bar">
        <button
          type="button"
          class="round"
          aria-label={t("download", { name: file.name })}
          onClick={() => void chat.files.save(file).catch(close)}
        >
          <Icon name="save" />
        </button>
        <button type="button" class="round" aria-label={t("close")} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
    </>,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
}
