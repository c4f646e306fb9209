// A picture from the visitor's own disk, or something else when it only was named like one; its address lives as long as it is on screen.

import { Component, h, type ComponentChild } from "preact";

interface Props {
  content: Blob;
  alt: string;
  instead: ComponentChild;
}

export class Local extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  #address = URL.createObjectURL(this.props.content);

  override componentWillUnmount() {
    URL.revokeObjectURL(this.#address);
  }

  override render({ alt, instead }: Props, { failed }: { failed: boolean }) {
    if (failed) return instead;
    return <img src={this.#address} alt={alt} onError={() => this.setState({ failed: true })} />;
  }
}
