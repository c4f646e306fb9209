// A finger that rests on something means more than one that taps it.
// Must stay true: the tap that ends a long touch opens nothing; a finger that moves is scrolling.

const LONG_MS = 450;
const MOVED_PX = 10;

/** Returns how to stop. */
export function onLongTouch(node: HTMLElement, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start = { x: 0, y: 0 };
  let done = false;

  const stop = () => clearTimeout(timer);
  const swallow = (event: Event) => {
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "click") done = false;
  };
  const down = (event: PointerEvent) => {
    done = false;
    if (event.pointerType !== "touch") return;
    start = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      done = true;
      run();
    }, LONG_MS);
  };
  const move = (event: PointerEvent) => {
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > MOVED_PX) stop();
  };

  const ending = new AbortController();
  const { signal } = ending;
  node.addEventListener("pointerdown", down, { signal });
  node.addEventListener("pointermove", move, { signal });
  for (const end of ["pointerup", "pointercancel"]) node.addEventListener(end, stop, { signal });
  for (const after of ["click", "contextmenu"]) {
    node.addEventListener(after, swallow, { signal, capture: true });
  }
  return () => {
    stop();
    ending.abort();
  };
}
