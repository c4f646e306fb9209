// The counters outside the page, the same as in the rail: title "(3) …" and the icon with a number.
// Must stay true: mine, red; where nothing of mine is unread, what waits in the queue, blue; the plain icon comes back
// at zero.

const SIZE = 64;
const COUNT_MAX = 99;

let plain: string | null = null;
/** What the icon shows: drawing it is dear. */
let drawn = "";

export interface Badge {
  mine: number;
  queue: number;
}

export function showBadge({ mine, queue }: Badge, title: string): void {
  const count = mine || queue;
  document.title = count > 0 ? `(${count}) ${title}` : title;
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  plain ??= link.href;
  const now = `${mine > 0} ${count}`;
  if (now === drawn) return;
  drawn = now;
  if (count === 0) {
    link.href = plain;
    link.type = "image/svg+xml";
    return;
  }
  const url = draw(count, mine > 0 ? "#c0271b" : "#1766c4");
  if (!url) return;
  link.type = "image/png";
  link.href = url;
}

function draw(count: number, color: string): string | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.fillStyle = "#0b6e69";
  context.beginPath();
  context.roundRect(0, 4, 54, 50, 18);
  context.fill();
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(18, 22, 46, 42, 21);
  context.fill();
  context.fillStyle = "#ffffff";
  context.font = "bold 34px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(count > COUNT_MAX ? "99" : String(count), 41, 44);
  return canvas.toDataURL("image/png");
}
