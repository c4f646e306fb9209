// Files that are held over the chat: says where they go, and takes them.

import { Component, h } from "preact";
import { t } from "../i18n";
import { Icon } from "./Icon";

interface Props {
  attach(files: File[]): void;
}

export class Drop extends Component<Props, { held: boolean }> {
  override state = { held: false };

  override componentDidMount() {
    addEventListener("dragover", this.#drag);
    addEventListener("drop", this.#drag);
    addEventListener("dragleave", ({ relatedTarget }) => {
      if (relatedTarget === null) this.setState({ held: false });
    });
  }

  #drag = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.setState({ held: event.type === "dragover" });
    if (event.type === "drop") this.props.attach([...event.dataTransfer.files]);
  };

  override render(_: Props, { held }: { held: boolean }) {
    return (
      held && (
        <div class="drop">
          <Icon name="clip" />
          {t("drop")}
        </div>
      )
    );
  }
}
