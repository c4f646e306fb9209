// Replays the event cases that the server's tests wrote: snapshot before + events = snapshot after.
// Must stay true: every file in fixtures/ is replayed, and an empty folder is a failure.

import { describe, expect, it } from "vitest";
import type { DeskEvent } from "./api";
import { applyDeskEvent, deskSnapshotOf, deskStateOf, type DeskSnapshot } from "./reduce";

interface EventCase {
  before: DeskSnapshot;
  events: DeskEvent[];
  after: DeskSnapshot;
}

const files = import.meta.glob<EventCase>("../fixtures/*.json", { eager: true, import: "default" });

/** Order of lists and threads without entries carry no meaning here. */
function settled(snapshot: DeskSnapshot): DeskSnapshot {
  return deskSnapshotOf(deskStateOf(snapshot));
}

describe("event cases of the server", () => {
  it("exist", () => {
    expect(Object.keys(files)).not.toHaveLength(0);
  });

  it.each(Object.entries(files))("%s", (_name, { before, events, after }) => {
    const end = events.reduce(applyDeskEvent, deskStateOf(before));
    expect(deskSnapshotOf(end)).toEqual(settled(after));
  });

  it.each(Object.entries(files))("%s, every event twice", (_name, { before, events, after }) => {
    const twice = events.flatMap((event) => [event, event]);
    expect(deskSnapshotOf(twice.reduce(applyDeskEvent, deskStateOf(before)))).toEqual(
      settled(after),
    );
  });
});
