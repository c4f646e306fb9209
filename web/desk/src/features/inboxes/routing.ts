// How an inbox is routed that nobody set up.

import type { Routing } from "@sapa/protocol";

export const PLAIN_ROUTING: Routing = {
  claim: "on_reply",
  order: "in_turn",
  last_handler_first: false,
  skills: false,
  open_limit: 0,
  absence: "keep",
  reopening: "keep",
};
