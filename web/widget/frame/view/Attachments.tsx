// Pictures and files of one message. Loaded when the first one appears.
// Must stay true: a picture's box has its final size before the picture is there; files are only saved,
// never opened as a page of ours.

import type { StoredFile } from "@sapa/protocol";
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "../chat";
import { sizeParts } from "../files";
import { t } from "../i18n";
import type { OutgoingFile } from "../outbox";
import { Icon } from "./Icon";
import { showPicture } from "./Viewer";

interface Props {
  chat: Chat;
  stored: readonly StoredFile[];
  unsent: readonly OutgoingFile[];
}

export function Attachments({ chat, stored, unsent }: Props) {
  return (
    <>
      {stored.map((file) => (
        <Attachment key={file.id} file={file} chat={chat} />
      ))}
      {unsent.map(({ name, content }, index) => (
        <Unsent key={index} name={name} content={content} />
      ))}
    </>
  );
}

function Attachment({ file, chat }: { file: StoredFile; chat: Chat }) {
  const drawn = file.kind === "image" && file.preview !== "none" && file.preview !== "failed";
  return drawn ? <Picture file={file} chat={chat} /> : <Card file={file} chat={chat} />;
}

function Picture({ file, chat }: { file: StoredFile; chat: Chat }) {
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const ready = file.preview === "ready" || chat.files.has(file.id);

  useEffect(() => {
    if (!ready) return;
    let current = true;
    chat.files.picture(file).then(
      (found) => current && setAddress(found),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [file.id, ready]);

  if (failed) return <Card file={file} chat={chat} />;
  // A box of the final size, so that nothing moves when the picture arrives.
  const shape = file.width && file.height ? { aspectRatio: `${file.width} / ${file.height}` } : {};
  const label = t("picture", { name: file.name });
  return (
    <button
      type="button"
      class="picture"
      aria-label={label}
      disabled={!address}
      onClick={() => showPicture(file, address!, chat)}
    >
      {address ? <img src={address} alt="" style={shape} /> : <span class="blank" style={shape} />}
    </button>
  );
}

function Unsent({ name, content }: { name: string; content: Blob }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!content.type.startsWith("image/")) return;
    const made = URL.createObjectURL(content);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  if (!address) return <CardBody name={name} size={content.size} />;
  return (
    <span class="picture">
      <img src={address} alt={t("picture", { name })} />
    </span>
  );
}

function Card({ file, chat }: { file: StoredFile; chat: Chat }) {
  const [failed, setFailed] = useState(false);
  const save = () => {
    setFailed(false);
    chat.files.save(file).catch(() => setFailed(true));
  };
  return (
    <button
      type="button"
      class="card-button"
      aria-label={t("download", { name: file.name })}
      onClick={save}
    >
      <CardBody name={file.name} size={file.size} saves note={failed ? t("download_failed") : ""} />
    </button>
  );
}

interface CardBodyProps {
  name: string;
  size: number;
  saves?: boolean;
  note?: string;
}

function CardBody({ name, size, saves, note }: CardBodyProps) {
  const parts = sizeParts(size);
  return (
    <span class="card">
      <Icon name={saves ? "save" : "file"} />
      <span class="card-text">
        <bdi>{name}</bdi>
        <small>{note || t(parts.unit, { size: parts.size })}</small>
      </span>
    </span>
  );
}
