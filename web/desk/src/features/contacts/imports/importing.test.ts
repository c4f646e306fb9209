import type { ShownImport } from "@sapa/protocol";
import { describe, expect, it } from "vitest";
import { codesOf } from "../fields";
import { firstChoices, missing, planOf, shareOf, withTarget } from "./importing";

const column = (name: string, guess: string | null) => ({ name, samples: [], guess });

function shown(columns: ShownImport["columns"]): ShownImport {
  return { columns, plan: null } as unknown as ShownImport;
}

describe("the plan of an import", () => {
  const possible = ["first_name", "email", "phone", "country", "tags"];

  it("begins with what the columns may be, and finds people by the best of them", () => {
    const choices = firstChoices(
      shown([column("Nama", "first_name"), column("HP", "phone"), column("ID", "external_id")]),
      possible,
    );
    expect(choices.columns).toEqual(["first_name", "phone", ""]);
    expect(choices.find_by).toBe("phone");
    expect(planOf(choices).columns).toEqual(["first_name", "phone", null]);
    expect(planOf(choices).countries).toEqual({});
  });

  it("lets each thing be one column, and finds nobody by what is left out", () => {
    const first = firstChoices(shown([column("a", "email"), column("b", null)]), possible);
    const moved = withTarget(first, 1, "email");
    expect(moved.columns).toEqual(["", "email"]);
    expect(moved.find_by).toBe("email");
    const gone = withTarget(moved, 1, "phone");
    expect(gone.find_by).toBe("phone");
    expect(withTarget({ ...moved, find_by: "" }, 0, "first_name").find_by).toBe("");
  });

  it("says what is missing", () => {
    const choices = firstChoices(shown([column("a", "tags")]), possible);
    expect(missing(choices)).not.toBeNull();
    expect(missing(withTarget(choices, 0, "email"))).toBeNull();
    expect(missing({ ...choices, columns: ["email", "external_id"] })).not.toBeNull();
  });

  it("knows countries and languages by their names", () => {
    expect(codesOf("country")).toMatchObject({ indonesia: "ID", jerman: "DE", germany: "DE" });
    expect(codesOf("language")).toMatchObject({ "bahasa indonesia": "id", english: "en" });
    expect(Object.keys(codesOf("country")).length).toBeLessThan(2_000);
  });

  it("counts what is taken back by what was done", () => {
    const one = { total: 10, reached: 4, made: 5, changed: 1, taken_back: 2, kept: 1 };
    const of = (state: string) => shareOf({ ...one, state } as never);
    expect(of("running")).toEqual({ done: 4, of: 10 });
    expect(of("taking_back")).toEqual({ done: 3, of: 6 });
  });
});
