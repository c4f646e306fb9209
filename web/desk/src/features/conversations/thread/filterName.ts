// The filters in words.

import { m } from "../../../paraglide/messages";
import type { Filter } from "./filter";

/** `pages`: how many were viewed, where that is known. */
export function filterName(filter: Filter, pages = 0): string {
  switch (filter) {
    case "all":
      return m.filter_all();
    case "visitor":
      return m.filter_visitor();
    case "agent":
      return m.filter_agent();
    case "actions":
      return m.filter_actions();
    case "navigation":
      return m.filter_navigation();
    case "everything":
      return pages === 0 ? m.filter_everything() : m.filter_everything_count({ count: pages });
  }
}
