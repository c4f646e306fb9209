// Ties a component to keys of the store: it draws again when one of them was touched.
// Must stay true: one counter and one subscription per component, ended with it (a subscription per reading
// expression doubles the cost of mounting).

import type { Topics } from "../sync/topics";

export function watch<T>(
  topics: Topics,
  keys: () => readonly string[],
  read: () => T,
): { readonly current: T } {
  let version = $state(0);
  $effect.pre(() => {
    const ends = keys().map((key) => topics.subscribe(key, () => (version += 1)));
    return () => ends.forEach((end) => end());
  });
  const value = $derived.by(() => {
    void version;
    return read();
  });
  return {
    get current() {
      return value;
    },
  };
}
