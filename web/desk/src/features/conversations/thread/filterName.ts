// The filters in words.

import { m } from "../../../paraglide/messages";
import type { Filter } from "./filter";

export function filterName(filter: Filter): string {
  switch (filter) {
    case "all":
      return m.filter_all();
    case "visitor":
      return m.filter_visitor();
    case "agent":
      return m.filter_agent();
    case "actions":
      return m.filter_actions();
  }
}
