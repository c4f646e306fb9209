// The shipped roles in words. What a role may do is the server's; these sentences only describe it.

import type { Role } from "@sapa/protocol";
import { m } from "../../paraglide/messages";

export const ROLES: readonly Role[] = [
  "administrator",
  "chat_administrator",
  "supervisor",
  "agent",
  "reader",
];

export function roleName(role: Role): string {
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
  }
}

export function roleAbout(role: Role): string {
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
  }
}
