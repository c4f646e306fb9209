// The files that will go with the next message. Loaded when the first one is added.

import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import type { OutgoingFile } from "../outbox";
import { Icon } from "./Icon";

interface Props {
  files: readonly OutgoingFile[];
  remove(file: OutgoingFile): void;
}

export function Tray({ files, remove }: Props) {
  return (
    <ul class="tray">
      {files.map((file) => (
        <Waiting key={file} file={file} remove={() => remove(file)} />
      ))}
    </ul>
  );
}

function Waiting({ file, remove }: { file: OutgoingFile; remove(): void }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!file.content.type.startsWith("image/")) return;
    const made = URL.createObjectURL(file.content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <li>
      {address ? <img src={address} alt="" /> : <Icon name="file" />}
      <bdi>{file.name}</bdi>
      <button type="button" aria-label={t("remove_file", { name: file.name })} onClick={remove}>
        <Icon name="close" />
      </button>
    </li>
  );
}
