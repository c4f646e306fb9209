// The files that will go with the next message. Loaded when the first one is added.

import { h } from "preact";
import { t } from "../i18n";
import type { OutgoingFile } from "../outbox";
import { Icon } from "./Icon";
import { Local } from "./Local";

interface Props {
  files: readonly OutgoingFile[];
  remove(file: OutgoingFile): void;
}

export function Tray({ files, remove }: Props) {
  return (
    <ul class="tray">
      {files.map((file) => (
        <li key={file}>
          {file.content.type.startsWith("image/") ? (
            <Local content={file.content} alt="" instead={<Icon name="file" />} />
          ) : (
            <Icon name="file" />
          )}
          <bdi>{file.name}</bdi>
          <button
            type="button"
            aria-label={t("remove_file", { name: file.name })}
            onClick={() => remove(file)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
