// On a phone the chat covers the page, so the back gesture closes it. The entry belongs to the frame's own
// history; the customer's page and its router see nothing of it.
export function keepWayBack(opened: boolean): void {
  if (!opened && history.state) history.back();
  else if (opened && matchMedia("(max-width: 480px)").matches) history.pushState(1, "");
}
