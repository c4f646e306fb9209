// Whether the menu of lists stands beside the list, and which of its inboxes are folded, for this member on this device.
// Must stay true: harmless when storage is refused.
// Absent: what is in it (entries.ts).

import type { InboxId, MemberId } from "@sapa/protocol";
import { MediaQuery } from "svelte/reactivity";

interface Kept {
  open?: boolean;
  folded?: Partial<Record<InboxId, boolean>>;
}

class ViewMenuState {
  /** There is room for it beside the list; with less it opens over it. */
  readonly fits = new MediaQuery("(min-width: 1360px)");
  /** The keyboard is to go on in it. */
  called = $state(false);
  #of: MemberId | null = null;
  #kept = $state.raw<Kept>({});

  startFor(member: MemberId): void {
    this.#of = member;
    this.#kept = stored(keyOf(member));
  }

  get beside(): boolean {
    return this.fits.current && (this.#kept.open ?? true);
  }

  show(open: boolean): void {
    this.#keep({ ...this.#kept, open });
  }

  /** `usual`: where nothing was chosen. */
  isFolded(inbox: InboxId, usual: boolean): boolean {
    return this.#kept.folded?.[inbox] ?? usual;
  }

  fold(inbox: InboxId, folded: boolean): void {
    this.#keep({ ...this.#kept, folded: { ...this.#kept.folded, [inbox]: folded } });
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    try {
      if (this.#of) localStorage.setItem(keyOf(this.#of), JSON.stringify(kept));
    } catch {
      // The choice holds until the tab closes.
    }
  }
}

function keyOf(member: MemberId): string {
  return `sapa-desk-menu:${member}`;
}

function stored(key: string): Kept {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

export const menu = new ViewMenuState();
