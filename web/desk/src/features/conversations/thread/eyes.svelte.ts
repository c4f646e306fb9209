// Is a person looking at this tab? Visible and focused.
// Must stay true: what nobody looks at is never marked read.

import { onDestroy } from "svelte";

export class Eyes {
  here = $state(false);

  constructor() {
    const look = () => (this.here = document.visibilityState === "visible" && document.hasFocus());
    look();
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener("focus", look, { signal });
    addEventListener("blur", look, { signal });
    document.addEventListener("visibilitychange", look, { signal });
    onDestroy(() => ending.abort());
  }
}
