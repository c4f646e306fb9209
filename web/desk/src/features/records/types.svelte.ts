// What the workspace keeps records of: asked for once by each page of the desk, and kept up to date by events.

import type { RecordType } from "@sapa/protocol";
import { Resource } from "../../app/resource.svelte";
import type { Session } from "../../sync/session";

const known = new WeakMap<Session, Resource<RecordType[]>>();

export function recordTypesOf(session: Session): Resource<RecordType[]> {
  const kept = known.get(session);
  if (kept) return kept;
  const made = new Resource(async () => (await session.api.recordTypes()).items);
  known.set(session, made);
  session.hear((event) => {
    if (event.kind === "record_types.changed") void made.reload();
  });
  return made;
}
