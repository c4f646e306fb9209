import type { VisitorEntry, VisitorKnown, WidgetConfig } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { askedRating } from "./asked";

const CONFIG = { rating: true } as WidgetConfig;

function entry(position: number, change: Partial<VisitorEntry>): VisitorEntry {
  return { position, kind: "message", ratable: false, score: null, ...change } as VisitorEntry;
}

function known(status: "open" | "closed", ...entries: VisitorEntry[]): VisitorKnown {
  return { conversation: { status } as VisitorKnown["conversation"], entries };
}

const CLOSED = entry(2, { kind: "closed", ratable: true });

describe("the question how it was", () => {
  it("comes after a closing that may be rated", () => {
    const shown = known("closed", entry(1, {}), CLOSED);
    expect(askedRating(CONFIG, shown)).toEqual({ closing: CLOSED, rating: null });
  });

  it("knows what was answered in this session only", () => {
    const old = entry(3, { kind: "rating", score: 2 });
    const again = entry(5, { kind: "closed", ratable: true });
    const shown = known("closed", CLOSED, old, entry(4, { kind: "reopened" }), again);
    expect(askedRating(CONFIG, shown)?.rating).toBeNull();
    const rating = entry(6, { kind: "rating", score: 5 });
    const rated = known("closed", ...shown.entries, rating);
    expect(askedRating(CONFIG, rated)).toEqual({ closing: again, rating });
  });

  it("does not come while it is open, after spam, or where nobody asks", () => {
    expect(askedRating(CONFIG, known("open", CLOSED))).toBeNull();
    expect(askedRating(CONFIG, known("closed", entry(2, { kind: "closed" })))).toBeNull();
    expect(askedRating({ ...CONFIG, rating: false }, known("closed", CLOSED))).toBeNull();
    expect(askedRating(null, known("closed", CLOSED))).toBeNull();
  });
});
