// Draws a component of the extras as soon as their code is there. Nothing is drawn until then.

import { Component, type ComponentType, h } from "preact";
import { extras, type Extras } from "../extras";

interface Props<P> {
  part: (parts: Extras) => ComponentType<P>;
  props: P;
}

interface State<P> {
  draw: ComponentType<P> | null;
}

export class Later<P extends object> extends Component<Props<P>, State<P>> {
  override state: State<P> = { draw: null };

  override componentDidMount() {
    extras().then(
      (parts) => this.setState({ draw: this.props.part(parts) }),
      // Without network it stays away; the next one of its kind asks again.
      () => undefined,
    );
  }

  override render({ props }: Props<P>, { draw }: State<P>) {
    return draw && h(draw, props);
  }
}
