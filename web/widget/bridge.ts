// The words that loader (on the customer's page) and frame (our origin) exchange.
// Must stay true: both sides check the other's window and origin before the port changes hands, and
// after that only the port is used. Absent: the visitor's words. They never reach the page.

/** Posted to the window of the other side, before the port exists. */
export const READY = "sapa:ready";
export const PORT = "sapa:port";

/** The page that carries the widget, as it is told; the frame makes of it what may leave the browser. */
export interface HostPage {
  /** What the browser shows. */
  href: string;
  /** What the page tells by hand instead; may be relative. */
  url?: string;
  title: string;
  /** The page that led here. */
  referrer: string;
}

/** Loader to frame: what happened, and what the page calls. */
export type ToFrame =
  | ["open"]
  | ["close"]
  | ["token", string]
  | ["page", HostPage]
  | ["data", json: string | undefined]
  /** Signed by the site's server; nothing: its visitor is nobody any more. */
  | ["identify", token: unknown];

/** Frame to loader. */
export type ToLoader =
  | ["open"]
  | ["close"]
  /** Shows so much of the closed frame beside the launcher; 0: nothing. Only where the inbox greets. */
  | ["peek", height_px: number]
  | ["unread", count: number]
  /**
   * This visitor has a conversation: load the frame at idle next time, in this color; "none": he is offered no chat
   * now, and sees nothing of it. The token comes along only where the browser denies the frame a storage of its own
   * (most private windows do).
   */
  | ["known", color: string, token: string];
