// Pictures and files of one message. Loaded when the first one appears.
// Must stay true: a picture's box has its final size before the picture is there; files are only saved,
// never opened as a page of ours.

import type { StoredFile } from "@sapa/protocol";
import { sizeText } from "@sapa/protocol/size";
import { Component, h, Fragment } from "preact";
import type { Chat } from "../chat";
import { t, tag } from "../i18n";
import type { OutgoingFile } from "../outbox";
import { Icon } from "./Icon";
import { Local } from "./Local";
import { showPicture } from "./Viewer";

interface Props {
  chat: Chat;
  stored: readonly StoredFile[];
  unsent: readonly OutgoingFile[];
}

export function Attachments({ chat, stored, unsent }: Props) {
  return (
    <>
      {stored.map((file) =>
        isDrawn(file) ? (
          <Picture key={file.id} file={file} chat={chat} />
        ) : (
          <Card key={file.id} file={file} chat={chat} />
        ),
      )}
      {unsent.map(({ name, content }, index) =>
        content.type.startsWith("image/") ? (
          <span key={index} class="picture">
            <Local
              content={content}
              alt={t("picture", { name })}
              instead={<CardBody icon="file" name={name} note={sizeText(content.size, tag)} />}
            />
          </span>
        ) : (
          <CardBody key={index} icon="file" name={name} note={sizeText(content.size, tag)} />
        ),
      )}
    </>
  );
}

function isDrawn(file: StoredFile): boolean {
  return file.kind === "image" && file.preview !== "none" && file.preview !== "failed";
}

interface FileProps {
  file: StoredFile;
  chat: Chat;
}

interface PictureState {
  address: string | null;
  failed: boolean;
}

class Picture extends Component<FileProps, PictureState> {
  override state: PictureState = { address: null, failed: false };

  override componentDidMount() {
    void this.#load();
  }

  override componentDidUpdate(before: FileProps) {
    if (before.file.preview !== this.props.file.preview) void this.#load();
  }

  async #load() {
    if (this.state.address) return;
    const { file, chat } = this.props;
    try {
      this.setState({ address: await (await chat.files()).picture(file) });
    } catch {
      this.setState({ failed: true });
    }
  }

  override render({ file, chat }: FileProps, { address, failed }: PictureState) {
    if (failed) return <Card file={file} chat={chat} />;
    const { width, height, name } = file;
    const shape = width && height ? { aspectRatio: `${width} / ${height}` } : {};
    return (
      <button
        type="button"
        class="picture"
        aria-label={t("picture", { name })}
        disabled={!address}
        onClick={() => address && showPicture(file, address, chat)}
      >
        {address ? (
          <img src={address} alt="" style={shape} />
        ) : (
          <span class="blank" style={shape} />
        )}
      </button>
    );
  }
}

class Card extends Component<FileProps, { failed: boolean }> {
  override state = { failed: false };

  #save = async () => {
    this.setState({ failed: false });
    try {
      await (await this.props.chat.files()).save(this.props.file);
    } catch {
      this.setState({ failed: true });
    }
  };

  override render({ file: { name, size } }: FileProps, { failed }: { failed: boolean }) {
    const note = failed ? t("download_failed") : sizeText(size, tag);
    return (
      <button
        type="button"
        class="card-button"
        aria-label={t("download", { name })}
        onClick={() => void this.#save()}
      >
        <CardBody icon="save" name={name} note={note} />
      </button>
    );
  }
}

interface CardBodyProps {
  icon: "save" | "file";
  name: string;
  note: string;
}

function CardBody({ icon, name, note }: CardBodyProps) {
  return (
    <span class="card">
      <Icon name={icon} />
      <span class="card-text">
        <bdi>{name}</bdi>
        <small>{note}</small>
      </span>
    </span>
  );
}
