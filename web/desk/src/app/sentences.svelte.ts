// The sentences of the problem codes, loaded beside the start: nobody is refused before.
// Must stay true: what shows one shows it as soon as they are there.

type Say = (params: Record<string, string>) => string;

let here = $state.raw<Record<string, Say | undefined>>({});

export const sentences = {
  get current() {
    return here;
  },
  /** Also when they cannot be had: then the code stands for itself. */
  loaded: import("virtual:problems").then(
    (all) => void (here = all as unknown as typeof here),
    () => {},
  ),
};
