// What is shown of the data that pages tell: asked for once by each page of the desk, and kept up to date by events.

import type { DataField } from "@sapa/protocol";
import { Resource } from "../../app/resource.svelte";
import type { Session } from "../../sync/session";

const known = new WeakMap<Session, Resource<DataField[]>>();

export function dataFieldsOf(session: Session): Resource<DataField[]> {
  const kept = known.get(session);
  if (kept) return kept;
  const made = new Resource(async () => (await session.api.dataFields()).items);
  known.set(session, made);
  session.hear((event) => {
    if (event.kind === "data_fields.changed") void made.reload();
  });
  return made;
}
