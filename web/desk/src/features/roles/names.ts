// Roles in words. What a role may do is the server's; these sentences only describe it.

import type { Role } from "@sapa/protocol";
import { isolated } from "../../app/isolate";
import { m } from "../../paraglide/messages";

/** `own` is the name of a role that the workspace made, where it is known. */
export function roleName(role: Role, own: string | null = null): string {
  switch (role) {
    case "administrator":
      return m.role_administrator();
    case "chat_administrator":
      return m.role_chat_administrator();
    case "supervisor":
      return m.role_supervisor();
    case "agent":
      return m.role_agent();
    case "reader":
      return m.role_reader();
    default:
      return own === null ? m.role_own() : isolated(own);
  }
}

/** What a shipped role is for. */
export function roleAbout(role: Role): string | null {
  switch (role) {
    case "administrator":
      return m.role_administrator_about();
    case "chat_administrator":
      return m.role_chat_administrator_about();
    case "supervisor":
      return m.role_supervisor_about();
    case "agent":
      return m.role_agent_about();
    case "reader":
      return m.role_reader_about();
    default:
      return null;
  }
}
