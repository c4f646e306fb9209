// Hours in which this browser neither sounds nor notifies. Must stay true: they may reach over midnight.

export interface Quiet {
  on: boolean;
  /** `22:00`, in the zone of the screen; from it on … */
  from: string;
  /** … and before this. The same as `from`: the whole day. */
  until: string;
}

export function isQuiet({ on, from, until }: Quiet, now: Date): boolean {
  if (!on) return false;
  const time = `${two(now.getHours())}:${two(now.getMinutes())}`;
  return from < until ? from <= time && time < until : from <= time || time < until;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
