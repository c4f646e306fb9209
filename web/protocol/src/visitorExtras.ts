// What a visitor's browser asks for later: apart from visitor.ts, so that the widget's first load does not carry it.

import type { PageDataRequest, RatingRequest, VisitorEntry } from "./api";
import type { EntryId } from "./ids";
import { createClient, type ClientOptions } from "./rest";

const API = "/w/api/v1";

export function createVisitorExtras(options: ClientOptions = {}) {
  const { json, empty } = createClient({ ...options, base: (options.base ?? "") + API });
  const one = (id: EntryId) => `/messages/${id}`;

  return {
    edit: (id: EntryId, text: string) => json<VisitorEntry>("PATCH", one(id), { body: { text } }),
    remove: (id: EntryId) => json<VisitorEntry>("DELETE", one(id)),
    tellData: (body: PageDataRequest) => empty("PUT", "/data", { body }),
    click: (id: EntryId) => empty("PUT", `${one(id)}/click`),
    rate: (body: RatingRequest) => json<VisitorEntry>("PUT", "/rating", { body }),
  };
}
