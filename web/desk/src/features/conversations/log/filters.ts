// What of the log is shown: between two days of the viewer, of one side or one member, of one kind.
// Must stay true: both days belong to it, in the zone of the screen.

import {
  isMemberId,
  type AuthorKind,
  type LogKind,
  type LogRequest,
  type MemberId,
} from "@sapa/protocol";
import { spanOf } from "../../../app/days";

export interface LogFilters {
  kind: LogKind | "all";
  actor: AuthorKind | MemberId | "all";
  /** `2026-11-29`, or empty. */
  from: string;
  until: string;
}

export const EVERYTHING: LogFilters = { kind: "all", actor: "all", from: "", until: "" };

export function isEverything({ kind, actor, from, until }: LogFilters): boolean {
  return kind === "all" && actor === "all" && from === "" && until === "";
}

/** Its last day comes before its first. */
export function isReversed({ from, until }: LogFilters): boolean {
  return from !== "" && until !== "" && until < from;
}

export function requestOf({ kind, actor, from, until }: LogFilters): LogRequest {
  return {
    ...(kind === "all" ? {} : { kind }),
    ...(actor === "all" ? {} : isMemberId(actor) ? { member: actor } : { actor }),
    ...spanOf(from, until),
  };
}
