// Draws a component of the extras as soon as their code is there. Until then nothing is drawn, or plain words.

import { Component, type ComponentType, h } from "preact";
import { extras, type Extras } from "../extras";

const RETRY_MS = 3_000;

interface Props<P> {
  part: (parts: Extras) => ComponentType<P>;
  props: P;
  instead?: string;
}

interface State<P> {
  draw: ComponentType<P> | null;
}

export class Later<P extends object> extends Component<Props<P>, State<P>> {
  override state: State<P> = { draw: null };

  #timer = 0;

  override componentDidMount() {
    extras().then(
      (parts) => this.setState({ draw: this.props.part(parts) }),
      // Without network it stays away, and asks again.
      () => (this.#timer = window.setTimeout(() => this.componentDidMount(), RETRY_MS)),
    );
  }

  override componentWillUnmount() {
    clearTimeout(this.#timer);
  }

  override render({ props, instead }: Props<P>, { draw }: State<P>) {
    return draw ? h(draw, props) : instead;
  }
}
