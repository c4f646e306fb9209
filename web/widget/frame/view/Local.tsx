// A picture from the visitor's own disk; its address lives as long as it is on screen.

import { Component, h } from "preact";

interface Props {
  content: Blob;
  alt: string;
}

export class Local extends Component<Props> {
  #address = URL.createObjectURL(this.props.content);

  override componentWillUnmount() {
    URL.revokeObjectURL(this.#address);
  }

  override render({ alt }: Props) {
    return <img src={this.#address} alt={alt} />;
  }
}
