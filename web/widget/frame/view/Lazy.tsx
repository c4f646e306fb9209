// Draws a component whose code arrives later. Nothing is drawn until then.

import { createElement, type FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Props<P> {
  load(): Promise<FunctionComponent<P>>;
  props: P;
}

export function Lazy<P extends object>({ load, props }: Props<P>) {
  const [part, setPart] = useState<{ draw: FunctionComponent<P> } | null>(null);
  useEffect(() => {
    load().then(
      (draw) => setPart({ draw }),
      // Without network it stays away; the next drawing asks again.
      () => undefined,
    );
  }, []);
  return part && createElement(part.draw, props);
}
