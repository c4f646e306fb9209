// What the workspace wants to know of contacts: asked for once by each page of the desk, and kept up to date by events.

import type { Attribute } from "@sapa/protocol";
import { Resource } from "../../app/resource.svelte";
import type { Session } from "../../sync/session";

const known = new WeakMap<Session, Resource<Attribute[]>>();

export function attributesOf(session: Session): Resource<Attribute[]> {
  const kept = known.get(session);
  if (kept) return kept;
  const made = new Resource(async () => (await session.api.contactAttributes()).items);
  known.set(session, made);
  session.hear((event) => {
    if (event.kind === "contact_attribute.updated") void made.reload();
  });
  return made;
}
