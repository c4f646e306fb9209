import { describe, expect, it } from "vitest";
import { isolated } from "./isolate";

describe("isolated", () => {
  it("takes out what turns the text and keeps right-to-left names to themselves", () => {
    expect(isolated("Citra Dewi")).toBe("Citra Dewi");
    expect(isolated("gnp.\u202eexe")).toBe("gnp.exe");
    expect(isolated("\u2069يوسف")).toBe("\u2068يوسف\u2069");
  });
});
