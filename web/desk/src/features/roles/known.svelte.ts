// The roles of the workspace for a page that shows them: loaded with it, and again whenever one changed.
// Must stay true: made while a component begins, and ended with it.

import type { Role } from "@sapa/protocol";
import { Resource } from "../../app/resource.svelte";
import type { Session } from "../../sync/session";
import { topic } from "../../sync/store";
import { roleName } from "./names";

export class KnownRoles {
  readonly list;

  constructor(session: Session) {
    this.list = new Resource(() => session.api.roles());
    $effect(() => session.store.topics.subscribe(topic.roles, () => void this.list.reload()));
  }

  name(role: Role): string {
    const own = this.list.value?.items.find((one) => one.role === role)?.name;
    return roleName(role, own ?? null);
  }
}
